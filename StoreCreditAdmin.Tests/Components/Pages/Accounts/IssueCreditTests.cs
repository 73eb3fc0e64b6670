using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Components.Pages.Accounts;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Accounts;

public sealed class IssueCreditTests
{
    [Fact]
    public async Task Credit_that_is_added_stands_in_the_grid_and_the_header()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = OpenForm(desk, account);

        page.Labelled("Amount").Change("1,000.5");
        page.Labelled("Type").Change("goodwill");
        page.Labelled("Memo").Change("  Late parcel ");
        page.Labelled("Name").Change("Sorry");
        page.Labelled("Note to the customer").Change("Our mistake.");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(
            ["1,000.50 USD", "0.00 USD", "0.00 USD", "Goodwill Sorry", "Test Agent", "2026-11-22", "–", "1,000.50 USD", "Never", "Late parcel"],
            page.Row("1,000.50")!));
        Assert.Contains("1,000.50", page.Find(".balance").TextContent, StringComparison.Ordinal);
        await using var db = database.Open();
        var credit = await db.Credits.SingleAsync();
        Assert.Equal(("Our mistake.", "Late parcel", 100_050), (credit.CustomerNote, credit.Memo, credit.Buckets.Available));
    }

    [Fact]
    public async Task The_expiry_that_is_offered_is_the_one_that_all_credit_shares_where_the_type_has_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new EarningDesk(database).SetExpiryAsync(new ExpirySettings { SameForAll = true, Default = new() { Kind = "after-days", Days = 30 } });
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = OpenForm(desk, account);

        page.Labelled("Type").Change("goodwill");
        Assert.Equal("2026-12-22", page.Labelled("Expires after").GetAttribute("value"));
        Assert.Contains("By the expiry that all credit shares, since Goodwill has none of its own.", page.Markup, StringComparison.Ordinal);
        page.Labelled("Type").Change("gift-card");
        Assert.Equal("", page.Labelled("Expires after").GetAttribute("value") ?? "");
        Assert.Contains("Empty: never expires.", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "USD", "Enter an amount.")]
    [InlineData("0", "USD", "The amount must be more than zero.")]
    [InlineData("-5", "USD", "The amount must be more than zero.")]
    [InlineData("1.005", "USD", "USD has 2 decimals. Write at most 2 digits after the point.")]
    [InlineData("10.5", "JPY", "JPY has no decimals. Write a whole number.")]
    [InlineData("1e3", "USD", "'1e3' is not an amount. Write it as 1,000.50.")]
    [InlineData("1e3", "JPY", "'1e3' is not an amount. Write it as 1,000.")]
    [InlineData("10,00", "USD", "'10,00' is not an amount. Write it as 1,000.50.")]
    [InlineData("ten", "KWD", "'ten' is not an amount. Write it as 1,000.500.")]
    [InlineData("1234567890123456", "USD", "The amount is too large. The most is 10000000000000.00 USD.")]
    public async Task An_amount_that_makes_no_sense_is_refused_at_its_field_and_nothing_is_written(string amount, string currency, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = OpenForm(desk, account);

        page.Labelled("Amount").Change(amount);
        page.Labelled("Currency").Change(currency);
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(sentence, page.ErrorAt("Amount")));
        Assert.Equal("true", page.Labelled("Amount").GetAttribute("aria-invalid"));
        Assert.Equal(page.Find(".field-error").Id, page.Labelled("Amount").GetAttribute("aria-describedby"));
        Assert.Empty(await database.ReadEntriesAsync(account));
    }

    [Fact]
    public async Task Refusals_of_other_fields_stand_at_those_fields_and_the_form_keeps_what_was_typed()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = OpenForm(desk, account);
        page.Labelled("Amount").Change("5");

        page.Labelled("Memo").Change(new string('m', 10_000));
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Write at most 2000 characters; this has 10000.", page.ErrorAt("Memo")));
        page.Labelled("Memo").Change("short");
        page.Labelled("Expires after").Change("2026-11-21");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("The expiry date cannot be before 2026-11-22.", page.ErrorAt("Expires after")));
        page.Labelled("Expires after").Change("2026-11-22");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("2026-11-22", page.Row("5.00")![8]));
        Assert.Single(await database.ReadEntriesAsync(account));
    }

    [Fact]
    public async Task The_expiry_of_the_type_is_offered_and_can_be_cleared()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ChangeTypeAsync("promotion", type => type.DefaultExpiry = ExpiryPolicy.AfterDays(30));
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = OpenForm(desk, account);
        Assert.Null(page.Labelled("Expires after").GetAttribute("value"));

        page.Labelled("Type").Change("promotion");
        Assert.Equal("2026-12-22", page.Labelled("Expires after").GetAttribute("value"));
        page.Labelled("Expires after").Change("");
        page.Labelled("Amount").Change("3");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Never", page.Row("3.00")![8]));
    }

    [Fact]
    public async Task A_type_that_needs_a_reason_asks_for_one_and_a_type_that_never_expires_asks_for_no_date()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ChangeTypeAsync("goodwill", type => (type.RequiresReason, type.MayExpire) = (true, false));
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = OpenForm(desk, account);
        Assert.DoesNotContain("Reason", page.FindAll("label").Select(label => label.TextContent));

        page.Labelled("Type").Change("goodwill");
        Assert.Contains("Goodwill never expires.", page.Markup, StringComparison.Ordinal);
        page.Labelled("Amount").Change("4");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Choose a reason.", page.ErrorAt("Reason")));
        page.Labelled("Reason").Change("customer-request");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("4.00 USD", page.Row("4.00")![7]));
        Assert.Equal("customer-request", Assert.Single(await database.ReadEntriesAsync(account)).Reason?.Code);
    }

    [Fact]
    public async Task A_person_whose_access_was_taken_away_is_told_and_nothing_is_written()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = OpenForm(desk, account);
        page.Labelled("Amount").Change("5");

        await desk.DisableAsync();
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Your sign-in is no longer valid. Sign in again.", page.Find(".form-refusal").TextContent));
        Assert.Empty(await database.ReadEntriesAsync(account));
    }

    [Fact]
    public async Task A_double_click_opens_one_form()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = OpenForm(desk, account);

        page.ButtonNamed("addAdd store creditn").Click();
        Assert.Single(page.FindAll(".rz-dialog"));
        page.ButtonNamed("Cancel").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".rz-dialog")));
        page.ButtonNamed("addAdd store creditn").Click();

        page.WaitForElement("form");
    }

    [Fact]
    public async Task A_store_brings_its_currency_and_its_day()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddStoreAsync("tokyo", "Tokyo", "JPY", "Asia/Tokyo");
        database.Clock.Now = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = OpenForm(desk, account);
        Assert.Equal("USD", page.Labelled("Currency").GetAttribute("value"));

        page.Labelled("Store").Change("tokyo");
        Assert.Equal("JPY", page.Labelled("Currency").GetAttribute("value"));
        Assert.Equal("2026-11-23", page.Labelled("Can be spent from").GetAttribute("value"));
        page.Labelled("Amount").Change("1,500");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("2026-11-23", page.Row("1,500 JPY")![5]));
    }

    private static IRenderedComponent<IComponent> OpenForm(StaffDesk desk, Account account)
    {
        var page = desk.Show<UserPage>($"users/{account.PublicId}", (nameof(UserPage.Id), account.PublicId));
        page.WaitForElement(".tab-bar");
        page.ButtonNamed("addAdd store creditn").Click();
        page.WaitForElement("form");
        return page;
    }
}
