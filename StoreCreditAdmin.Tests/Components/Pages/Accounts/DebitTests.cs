using Bunit;
using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Pages.Accounts;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Accounts;

public sealed class DebitTests
{
    [Fact]
    public async Task A_deduction_says_before_what_would_be_left_and_after_from_which_credits_it_was_taken()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "20", type: "promotion", expiresOn: new DateOnly(2026, 11, 30));
        await database.IssueAsync(account, "30");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = OpenForm(desk, account);

        page.Labelled("Amount").Input("25");
        Assert.Equal("25.00\u00A0USD", page.Find("output").TextContent);
        page.Labelled("Amount").Input("50.01");
        Assert.Equal("Only 50.00\u00A0USD is there", page.Find("output").TextContent);
        page.Labelled("Amount").Input("25");
        page.Labelled("Reason").Change("correction");
        await page.Find("form").SubmitAsync();

        page.WaitForElement(".debit-lines");
        Assert.Equal(
            ["20.00 USD from Promotion issued on 2026-11-22 , 0.00 USD left", "5.00 USD from Store Credit issued on 2026-11-22 , 25.00 USD left"],
            page.FindAll(".debit-lines li").Select(PageSearch.Words));
        page.ButtonNamed("Close").Click();
        page.WaitForAssertion(() => Assert.Contains("25.00", page.Find(".balance").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_is_left_and_a_missing_reason_are_refused_at_their_fields()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = OpenForm(desk, account);

        page.Labelled("Amount").Input("15");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Choose a reason.", page.ErrorAt("Reason")));
        page.Labelled("Reason").Change("correction");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Only 10.00 USD is left.", page.ErrorAt("Amount")));
        Assert.Single(await database.ReadEntriesAsync(account));
    }

    [Fact]
    public async Task Where_nothing_is_available_nothing_can_be_deducted()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<UserPage>($"users/{account.PublicId}", (nameof(UserPage.Id), account.PublicId));

        page.WaitForElement(".tab-bar");

        Assert.True(page.ButtonNamed("Deduct credit").HasAttribute("disabled"));
        Assert.Contains("No store credit", page.WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);
    }

    private static IRenderedComponent<IComponent> OpenForm(StaffDesk desk, Account account)
    {
        var page = desk.Show<UserPage>($"users/{account.PublicId}", (nameof(UserPage.Id), account.PublicId));
        page.WaitForElement(".tab-bar");
        page.ButtonNamed("Deduct credit").Click();
        page.WaitForElement("form");
        return page;
    }
}
