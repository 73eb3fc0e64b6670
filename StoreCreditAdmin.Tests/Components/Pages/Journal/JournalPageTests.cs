using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Journal;
using StoreCreditAdmin.Features.Journal;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.Features.Journal;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Journal;

public sealed class JournalPageTests
{
    [Fact]
    public async Task The_next_range_is_shown_with_both_sides_and_exported()
    {
        await using var database = await TestDatabase.CreateAsync();
        database.At("2026-10-05");
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "60", type: "gift-card");
        database.At("2026-11-03");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = desk.Show<JournalPage>("accounting/journal");
        page.WaitForElement(".journal-totals");

        Assert.Contains("2026-10-05 to 2026-10-31", page.Find("#preview-heading").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Assets:Credit sales clearing", "Liabilities:Store credit:Paid for", "Both sides in USD"], page.FindAll(".journal-totals .card-title").Select(cell => cell.TextContent.Trim()));
        Assert.StartsWith("exports/journal?store=main&from=2026-10-05&to=2026-10-31&lines=day&format=csv", page.Find(".journal-actions a").GetAttribute("href"), StringComparison.Ordinal);

        page.FindAll("button").Single(button => button.TextContent.Contains("Export and lock", StringComparison.Ordinal)).Click();
        page.WaitForElement("form button[type=submit]").Click();
        page.WaitForAssertion(() => Assert.Contains("Locked through 2026-10-31.", page.Find(".journal-books").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll(".journal-exports tbody a[download]").Count));
        Assert.Single((await database.Get<JournalService>().ListAsync(TestDatabase.Robot, "main", new PageRequest())).Items);
    }

    [Theory]
    [InlineData("?from=2026-10-20&to=2026-10-10", "The range ends before it begins. Choose a last day that is the first one or later.")]
    [InlineData("?from=2026-10-20", "Choose the last day.")]
    [InlineData("?store=nowhere", "There is no store 'nowhere'.")]
    public async Task What_makes_no_sense_in_the_address_is_said(string query, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = desk.Show<JournalPage>("accounting/journal" + query);

        page.WaitForAssertion(() => Assert.Contains(sentence, page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_without_entries_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = desk.Show<JournalPage>("accounting/journal");

        page.WaitForAssertion(() => Assert.Contains("This store has no entries yet.", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Nothing is exported yet", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Managers_change_accounts_and_accountants_read_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var reader = await StaffDesk.OpenAsync(database, Roles.Accountant);
        var table = reader.Show<AccountMappingPage>("accounting/journal/accounts");
        table.WaitForElement("table");
        Assert.Empty(table.FindAll("form"));

        await using var manager = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = manager.Show<AccountMappingPage>("accounting/journal/accounts");
        page.WaitForElement("form");
        PaidForIssuing(page).Change("a;b");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Write letters, digits", page.Find(".field-error").TextContent, StringComparison.Ordinal));
        PaidForIssuing(page).Change("1200 Card sales");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Version 2, set by", page.Markup, StringComparison.Ordinal));
        Assert.Equal("1200 Card sales", (await database.Get<AccountMappingService>().GetAsync(TestDatabase.Robot)).Mapping.PaidFor.Issued);
    }

    /// <summary>The second field of the first set.</summary>
    private static AngleSharp.Dom.IElement PaidForIssuing(IRenderedComponent<IComponent> page) => page.FindAll("fieldset input")[1];
}
