using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Credits;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Credits;

public sealed class CreditDetailsTests
{
    [Fact]
    public async Task The_page_shows_where_the_value_lies_and_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "150");
        var shop = new Shop(database, account);
        _ = (await shop.CaptureAsync((await shop.AuthorizeAsync("1", "10")).Value.Code)).Value;
        _ = (await shop.AuthorizeAsync("2", "40")).Value;
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = Show(desk, credit.Id);

        Assert.Equal("Store Credit 150.00\u00A0USD", page.Find("h1").TextContent);
        Assert.Equal(["Opening balance 150.00 USD", "Current balance 140.00 USD"], page.FindAll(".strip-heads > div").Select(PageSearch.Words));
        Assert.Equal(
            ["Remaining 100.00", "Authorized + 40.00", "Used + 10.00", "Expired + 0.00", "Reclaimed + 0.00", "Invalidated + 0.00", "Credited = 150.00 USD"],
            page.FindAll(".strip-parts > div").Select(PageSearch.Words));
        Assert.Equal(
            ["150.00 USD was issued on 2026-11-22 by test.", "10.00 USD was used on order 1.", "40.00 USD is held for order 2.", "So 100.00 USD is left: 150.00 USD credited − 10.00 USD used − 40.00 USD held."],
            page.WaitForElements(".story li").Select(line => line.TextContent));
        Assert.Equal(4, page.WaitForElements(".entry-table tbody tr").Count);
        Assert.DoesNotContain("Delete", page.FindAll("button").Select(PageSearch.Words));
    }

    [Fact]
    public async Task Texts_are_edited_without_a_reason_and_an_expiry_only_with_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        var credit = await database.IssueAsync(await database.AddAccountAsync(), "10");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, credit.Id);

        page.ButtonNamed("Edit").Click();
        page.WaitForElement("form");
        page.Labelled("Memo").Change("Asked twice");
        Assert.DoesNotContain("Reason for the new expiry", page.FindAll("label").Select(label => label.TextContent));
        page.Labelled("Expires after").Change("2027-01-31");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Choose a reason.", page.ErrorAt("Reason for the new expiry")));
        page.Labelled("Reason for the new expiry").Change("customer-request");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("2027-01-31", page.Find(".facts-list").TextContent, StringComparison.Ordinal));
        Assert.Contains("Asked twice", page.Find(".facts-list").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_of_two_people_who_edit_at_once_is_told_and_overwrites_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var credit = await database.IssueAsync(await database.AddAccountAsync(), "10");
        await using var first = await StaffDesk.OpenAsync(database, Roles.Agent);
        await using var second = await StaffDesk.OpenAsync(database, Roles.Agent);
        var mine = Show(first, credit.Id);
        var theirs = Show(second, credit.Id);
        foreach (var page in new[] { mine, theirs })
        {
            page.ButtonNamed("Edit").Click();
            page.WaitForElement("form");
        }

        theirs.Labelled("Memo").Change("theirs");
        await theirs.Find("form").SubmitAsync();
        theirs.WaitForAssertion(() => Assert.Empty(theirs.FindAll("form")));
        mine.Labelled("Memo").Change("mine");
        await mine.Find("form").SubmitAsync();

        mine.WaitForAssertion(() => Assert.StartsWith("Somebody else changed this credit meanwhile.", mine.Find(".form-refusal").TextContent, StringComparison.Ordinal));
        mine.ButtonNamed("Cancel").Click();
        mine.WaitForAssertion(() => Assert.Contains("theirs", mine.Find(".facts-list").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_amount_below_what_is_used_and_held_is_refused_at_its_field()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "100");
        _ = (await new Shop(database, account).AuthorizeAsync("1", "15")).Value;
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, credit.Id);

        page.ButtonNamed("Change amount").Click();
        page.WaitForElement("form");
        Assert.Equal("100.00", page.Labelled("New amount").GetAttribute("value"));
        Assert.Contains("At least 15.00", page.Find(".field-hint").TextContent, StringComparison.Ordinal);
        page.Labelled("New amount").Input("14");
        Assert.Equal("−86.00\u00A0USD", page.Find("output").TextContent);
        page.Labelled("Reason").Change("correction");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("The amount cannot be less than what is used and held. The least is 15.00 USD.", page.ErrorAt("New amount")));
        page.Labelled("New amount").Input("15");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Remaining 0.00", PageSearch.Words(page.Find(".strip-parts > div"))));
    }

    [Fact]
    public async Task While_something_is_held_a_credit_is_not_invalidated_and_the_dialog_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "100");
        var shop = new Shop(database, account);
        var held = await shop.AuthorizeAsync("1", "15");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, credit.Id);

        page.ButtonNamed("Invalidate").Click();
        page.WaitForElement("form");
        Assert.Equal(
            "85.00 USD is taken away from Ada Byron for good. 15.00 USD is held for an order: void that authorization first.",
            PageSearch.Words(page.Find(".form-note")).Replace('\u00A0', ' '));
        page.Labelled("Reason").Change("fraud");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("15.00 USD of this credit is held for an order. Void that authorization first.", page.Find(".form-refusal").TextContent));

        _ = (await shop.VoidAsync(held.Value.Code)).Value;
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Invalidated", page.Find(".page-title .badge").TextContent));
        Assert.DoesNotContain("Invalidate", page.FindAll("button").Select(button => button.QuerySelector(".rz-button-text")?.TextContent));
    }

    [Fact]
    public async Task A_credit_that_was_never_used_is_deleted_and_the_person_is_led_to_the_user()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "100");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, credit.Id);

        page.ButtonNamed("Delete").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Delete").Click();

        page.WaitForAssertion(() => Assert.EndsWith($"/users/{account.PublicId}", desk.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.Equal("The credit of 100.00\u00A0USD is deleted.", desk.LastToast);
        Assert.True((await database.ReadCreditAsync(credit.Id)).IsDeleted);
    }

    [Fact]
    public async Task Extending_a_credit_that_expired_says_that_its_value_comes_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        var credit = await database.IssueAsync(await database.AddAccountAsync(), "100", expiresOn: new DateOnly(2026, 11, 23));
        database.Clock.Now = database.Clock.Now.AddDays(3);
        await database.ExpireAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, credit.Id);
        Assert.Equal("Expired", page.Find(".page-title .badge").TextContent);

        page.ButtonNamed("Edit").Click();
        page.WaitForElement("form");
        page.Labelled("Expires after").Change("2026-12-31");
        Assert.Contains("100.00\u00A0USD that expired comes back.", page.Markup, StringComparison.Ordinal);
        page.Labelled("Reason for the new expiry").Change("goodwill");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Active", page.Find(".page-title .badge").TextContent));
    }

    private static IRenderedComponent<IComponent> Show(StaffDesk desk, Guid credit)
    {
        var page = desk.Show<CreditDetails>($"credits/{credit}", (nameof(CreditDetails.Id), credit));
        page.WaitForElement(".credit-strip");
        return page;
    }
}
