using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages;
using StoreCreditAdmin.Components.Pages.Accounting;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.Features.Accounting;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Accounting;

/// <summary>The reports as an accountant sees them, and the dashboard as each role does.</summary>
public sealed class LiabilityPageTests
{
    [Fact]
    public async Task Each_report_shows_its_figures_and_every_figure_opens_entries_that_come_to_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AccountingScene.PlayAsync(database);
        await AccountingScene.FoldAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = desk.Show<LiabilityPage>("accounting?asOf=2027-01-31");
        page.WaitForElement("#liability-main-USD");
        Assert.EndsWith("USD at the end of 2027-01-31 UTC", PageSearch.Words(page.Find("#liability-main-USD")), StringComparison.Ordinal);
        Assert.Equal(["Gift Card", "Paid-for"], page.Row("Gift Card")![..2]);
        Assert.Equal("130.00 USD", PageSearch.Words(page.FindAll("tfoot td.num")[2]));
        AssertOpens(desk, page.FindAll("#liability-main-USD ~ .table-box tfoot a")[^1], "+130.00 USD");

        page = desk.Show<LiabilityPage>("accounting?tab=roll-forward&from=2027-01-01&to=2027-05-10&store=main&currency=USD");
        page.WaitForElement("#roll-forward-main-USD");
        Assert.Equal(["Opening", "Issued", "Adjusted up", "Refunded", "Reinstated", "Used", "Expired", "Invalidated", "Reclaimed", "Adjusted down", "Closing"], page.FindAll("tbody th, tfoot th").Select(PageSearch.Words));
        Assert.Equal(["Expired", "1", "−12.00 USD"], page.Row("Expired")!);
        AssertOpens(desk, page.FindAll("tbody tr").Single(row => PageSearch.Words(row).StartsWith("Expired", StringComparison.Ordinal)).QuerySelector("a")!, "−12.00 USD");

        page = desk.Show<LiabilityPage>("accounting?tab=breakage&from=2026-11-01&to=2027-05-10");
        page.WaitForElement("#breakage-main-USD");
        Assert.Equal(["2027-03", "2027-02", "2026-12", "Together"], page.FindAll("tbody th, tfoot th").Select(PageSearch.Words));
        Assert.Equal(["2027-02", "Promotion", "Promotional", "0.00 USD", "12.00 USD", "−12.00 USD"], page.Row("2027-02")!);

        page = desk.Show<LiabilityPage>("accounting?tab=given&store=main&currency=USD");
        page.WaitForElement("#given-main-USD");
        Assert.Equal(["Agnes", "Gift Card", "No reason asked for", "1", "100.00 USD"], page.Row("Agnes")!);
        AssertOpens(desk, page.FindAll("tbody tr").Single(row => PageSearch.Words(row).Contains("Goodwill Goodwill", StringComparison.Ordinal)).QuerySelector("a")!, "+53.00 USD");
    }

    [Fact]
    public async Task A_question_that_makes_no_sense_is_answered_with_a_sentence()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);

        Assert.Equal("There is no store 'nowhere'.", desk.Show<LiabilityPage>("accounting?store=nowhere").WaitForElement("[role=alert]").TextContent);
        Assert.Contains("before it starts", desk.Show<LiabilityPage>("accounting?tab=roll-forward&from=2026-11-02&to=2026-11-01").WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing is owed", desk.Show<LiabilityPage>("accounting").WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);
        Assert.Contains("No entry matches", desk.Show<EntriesPage>("accounting/entries").WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_is_refused_by_the_service_though_the_page_were_open()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        foreach (var tab in new[] { "liability", "roll-forward", "breakage", "usage", "given" })
        {
            Assert.Contains("Your role does not allow this.", desk.Show<LiabilityPage>("accounting?tab=" + tab).WaitForElement(".state-error").TextContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Roles.Agent, "credits?store=main&currency=USD", null)]
    [InlineData(Roles.Accountant, "accounting/entries?store=main&currency=USD&of=outstanding", "accounting/entries?store=main&currency=USD&from=2027-04-11&to=2027-05-10&line=issued")]
    public async Task The_dashboard_leads_each_role_to_what_it_may_see(string role, string outstanding, string? issued)
    {
        await using var database = await TestDatabase.CreateAsync();
        var (account, _) = await AccountingScene.PlayAsync(database);
        await database.IssueAsync(account, "20", expiresOn: new DateOnly(2027, 5, 15));
        await using var desk = await StaffDesk.OpenAsync(database, role);

        var page = desk.Show<Home>();
        page.WaitForElement("#glance-main-USD");

        var figures = page.FindAll("#glance-main-USD ~ dl > div").ToDictionary(one => PageSearch.Words(one.QuerySelector("dt")!), one => one.QuerySelector("dd")!);
        Assert.Equal(outstanding, figures["Outstanding"].QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("20.00 USD", PageSearch.Words(figures["Expiring in 7 days"]));
        Assert.Equal("20.00 USD", PageSearch.Words(figures["Expiring in 30 days"]));
        Assert.Equal(issued, figures["Issued"].QuerySelector("a")?.GetAttribute("href"));
        Assert.Contains("Ada Byron", page.FindAll("tbody")[^1].TextContent, StringComparison.Ordinal);
        Assert.Equal("0", PageSearch.Words(page.Find("a[href='users/on-hold']")));
        Assert.Contains("No account is on hold", desk.Show<OnHoldPage>("users/on-hold").WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);
    }

    private static void AssertOpens(StaffDesk desk, AngleSharp.Dom.IElement figure, string total)
    {
        var entries = desk.Show<EntriesPage>(figure.GetAttribute("href")!);
        entries.WaitForElement(".totals");
        Assert.Equal(total, PageSearch.Words(entries.Find(".totals td strong")));
        Assert.Equal(figure.GetAttribute("href"), desk.Services.GetRequiredService<NavigationManager>().ToBaseRelativePath(desk.Services.GetRequiredService<NavigationManager>().Uri));
    }
}
