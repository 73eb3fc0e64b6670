using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages;
using StoreCreditAdmin.Components.Pages.Accounting;
using StoreCreditAdmin.Components.Pages.Credits;
using StoreCreditAdmin.Components.Pages.Orders;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
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

    [Fact]
    public async Task What_expires_soon_opens_just_that_credit_also_where_it_is_not_good_yet()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        database.Clock.Now = database.Clock.Now.AddDays(-2);
        await database.IssueAsync(account, "9", expiresOn: new DateOnly(2026, 11, 21));
        database.Clock.Now = database.Clock.Now.AddDays(2);
        await database.IssueAsync(account, "20", expiresOn: new DateOnly(2026, 11, 22));
        await database.IssueAsync(account, "3", expiresOn: new DateOnly(2026, 11, 29), effectiveOn: new DateOnly(2026, 11, 25));
        await database.IssueAsync(account, "4", expiresOn: new DateOnly(2026, 11, 30));
        await database.IssueAsync(account, "50", "EUR", expiresOn: new DateOnly(2026, 11, 25));
        var gone = await database.IssueAsync(account, "7", expiresOn: new DateOnly(2026, 11, 25));
        Assert.True((await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), gone.Id, new InvalidateCreditRequest { Reason = "fraud" })).IsOk);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<Home>();
        page.WaitForElement("#glance-main-USD");
        var week = page.FindAll("#glance-main-USD ~ dl > div").Single(one => PageSearch.Words(one).StartsWith("Expiring in 7 days", StringComparison.Ordinal)).QuerySelector("a")!;

        var list = desk.Show<AllCredits>(week.GetAttribute("href")!);
        list.WaitForElement("tbody tr");

        Assert.Equal("23.00 USD", PageSearch.Words(week));
        Assert.Equal(["20.00 USD", "3.00 USD"], list.FindAll("td[data-label=Remaining]").Select(PageSearch.Words));
        Assert.Equal("yes", list.Labelled("Remaining").GetAttribute("value"));
        list.Labelled("Remaining").Change("");
        list.WaitForAssertion(() => Assert.Equal(3, list.FindAll("td[data-label=Remaining]").Count));
    }

    [Fact]
    public async Task Each_figure_of_usage_opens_the_orders_that_it_sums()
    {
        await using var database = await TestDatabase.CreateAsync();
        var earning = new EarningDesk(database);
        await earning.Feed.ApplyAfterCheckoutAsync();
        await earning.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "5", MinimumSpend = "50" });
        await earning.PayAsync("1", "130");
        await earning.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r-1", "26", "store-credit"));
        await earning.PayAsync("2", "20");
        await earning.PayAsync("3", "80", "EUR");
        await earning.Feed.PlacedAsync(ShopFeed.Order("4", "60"));
        await earning.PayAsync("5", "70", change: order => order["placedAt"] = "2026-10-31T11:00:00Z");
        await earning.PayAsync("6", "10", change: order => order["kind"] = "credit-purchase");
        await earning.PayAsync("7", "11");
        await earning.Feed.CancelledAsync("7");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);
        var page = desk.Show<LiabilityPage>("accounting?tab=usage&store=main&currency=USD");
        page.WaitForElement("#usage-main-USD");
        var opened = new List<string>();

        foreach (var row in page.FindAll("tbody tr, tfoot tr"))
        {
            foreach (var figure in row.QuerySelectorAll("a"))
            {
                var orders = desk.Show<OrdersPage>(figure.GetAttribute("href")!);
                orders.WaitForElement("tbody tr");
                opened.Add($"{PageSearch.Words(row.Children[0])} {figure.ParentElement!.GetAttribute("data-label")} {PageSearch.Words(figure)}: {string.Join(' ', orders.FindAll("tbody a.row-link").Select(link => link.TextContent).Order())}");
            }
        }

        Assert.Equal(
            [
                "2026-11 Orders 2: 1 2",
                "2026-11 Order value 150.00: 1 2",
                "2026-11 With credit 1: 2",
                "2026-11 Paid with credit 20.00: 2",
                "2026-11 Refunded as credit 26.00: 1",
                "2026-11 Earned 5.00: 1",
                "2026-11 Reclaimed 1.00: 1",
                "2026-11 Other credits 30.00: 1",
                "2026-10 Orders 1: 5",
                "2026-10 Order value 70.00: 5",
                "2026-10 With credit 1: 5",
                "2026-10 Paid with credit 10.00: 5",
                "2026-10 Earned 5.00: 5",
                "2026-10 Other credits 5.00: 5",
                "Together Orders 3: 1 2 5",
                "Together Order value 220.00: 1 2 5",
                "Together With credit 2: 2 5",
                "Together Paid with credit 30.00: 2 5",
                "Together Refunded as credit 26.00: 1",
                "Together Earned 10.00: 1 5",
                "Together Reclaimed 1.00: 1",
                "Together Other credits 35.00: 1 5",
            ],
            opened);
    }

    private static void AssertOpens(StaffDesk desk, AngleSharp.Dom.IElement figure, string total)
    {
        var entries = desk.Show<EntriesPage>(figure.GetAttribute("href")!);
        entries.WaitForElement(".totals");
        Assert.Equal(total, PageSearch.Words(entries.Find(".totals td strong")));
        Assert.Equal(figure.GetAttribute("href"), desk.Services.GetRequiredService<NavigationManager>().ToBaseRelativePath(desk.Services.GetRequiredService<NavigationManager>().Uri));
    }
}
