using StoreCreditAdmin.Features.Accounting;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounting;

/// <summary>What credit paid and broke and what staff gave, and what reading it costs.</summary>
public sealed class ActivityReportTests
{
    [Fact]
    public async Task Usage_counts_what_credit_paid_and_what_orders_gave_in_other_ways()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.ApplyAfterCheckoutAsync();
        var replay = RetailReplayChecks.OfCustomers(6);
        foreach (var told in replay.Events)
        {
            database.Clock.Now = told.At > database.Clock.Now || told == replay.Events[0] ? told.At : database.Clock.Now;
            _ = await database.Get<OrderEvents>().ApplyAsync(TestDatabase.Robot, told.Request);
        }

        var usage = (await database.Get<ActivityReports>().UsageAsync(TestDatabase.Robot, new ReportRequest { From = "2009-12-01", Currency = "GBP" })).Value;

        var total = usage.Items.Single().Total;
        Assert.Equal((replay.OrderTotal, replay.Captured), (total.OrderValue.Minor, total.PaidWithCredit.Minor));
        Assert.Equal(replay.OrderCount, total.Orders);
        Assert.Equal(total.Orders, usage.Items.Single().Rows.Sum(row => row.Orders));
        Assert.Equal(total.RefundedAsCredit.Minor, total.OtherCredits.Minor);
        Assert.Equal((long)Math.Round(1000m * replay.Captured / replay.OrderTotal, MidpointRounding.AwayFromZero), total.ShareInThousand);
    }

    [Fact]
    public async Task Breakage_is_what_expired_less_what_came_back_and_given_is_what_staff_issued_or_added()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (_, agent) = await AccountingScene.PlayAsync(database);
        var reports = database.Get<ActivityReports>();

        var breakage = (await reports.BreakageAsync(TestDatabase.Robot, new ReportRequest { Currency = "USD" })).Value.Items.Single();
        var given = (await reports.GivenAsync(TestDatabase.Robot, new ReportRequest { Currency = "USD" })).Value.Items.Single();
        var entries = (await database.Get<EntryList>().ListAsync(TestDatabase.Robot, new EntryListRequest { Report = new ReportRequest { Currency = "USD" }, ByHand = true, By = agent.Actor.Id }, new PageRequest())).Value;

        Assert.Equal(["2027-03 12.00 0.00 12.00", "2027-02 0.00 12.00 -12.00", "2026-12 12.00 0.00 12.00"], breakage.Rows.Select(row => $"{row.From:yyyy-MM} {row.Expired} {row.Reinstated} {row.Net}"));
        Assert.Equal("12.00", breakage.Total.Net.ToString());
        Assert.Equal(
            ["Gift Card  1 100.00", "Goodwill Goodwill 2 53.00", "Promotion  3 24.00"],
            given.Rows.Select(row => $"{row.TypeName} {row.ReasonName} {row.Entries} {row.Amount}"));
        Assert.Equal(("177.00", 6L), (given.Amount.ToString(), given.Entries));
        Assert.Equal([("USD", 6L, 17700L)], entries.Totals.Select(total => (total.Currency, total.Entries, total.Change.Minor)));
    }

    [Fact]
    public async Task A_refund_that_staff_give_as_credit_is_no_gift_of_theirs()
    {
        await using var database = await TestDatabase.CreateAsync();
        var agent = await database.SignInNewAsync("Agnes", Roles.Agent);
        var feed = new ShopFeed(database);
        await feed.PaidAsync(ShopFeed.Order("1", "30", payments: ShopFeed.Card("30")));
        var refunded = await database.Get<OrderService>().RefundWithCreditAsync(agent, OperationKey.ForForm(), "1", new RefundWithCreditRequest { Amount = new PartialAmount("12") });
        Assert.True(refunded.IsOk, refunded.Refusal?.Message);

        Assert.Empty((await database.Get<ActivityReports>().GivenAsync(TestDatabase.Robot, new ReportRequest())).Value.Items);
    }

    [Fact]
    public async Task Neither_dashboard_nor_reports_nor_entries_read_the_ledger_from_end_to_end()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        await AccountingScene.PlayAsync(database);
        await AccountingScene.FoldAsync(database);
        var accountant = await database.SignInNewAsync("Amy", Roles.Accountant);
        plans.Start();

        await database.Get<DashboardQueries>().GetAsync(accountant);
        await database.Get<LiabilityReports>().LiabilityAsync(accountant, new ReportRequest { AsOf = "2027-02-15", Store = "main" });
        await database.Get<LiabilityReports>().RollForwardAsync(accountant, new ReportRequest { From = "2027-01-01", Currency = "USD" });
        await database.Get<ActivityReports>().BreakageAsync(accountant, new ReportRequest());
        await database.Get<ActivityReports>().UsageAsync(accountant, new ReportRequest());
        await database.Get<ActivityReports>().GivenAsync(accountant, new ReportRequest());
        await database.Get<EntryList>().ListAsync(accountant, new EntryListRequest { Report = new ReportRequest { Type = "promotion" }, Of = EntryMeasure.Outstanding }, new PageRequest());
        await database.Get<EntryList>().ListAsync(accountant, new EntryListRequest { ByHand = true }, new PageRequest());

        string[] small = ["\"Stores\"", "\"CreditTypes\"", "\"Reasons\"", "\"MovementFolds\""];
        Assert.DoesNotContain(plans.Scans, scan => !small.Any(table => scan.Contains(table, StringComparison.Ordinal)));
        Assert.DoesNotContain(plans.Steps, step => step.Contains("AUTOMATIC", StringComparison.Ordinal));
        Assert.True(plans.Queries.Count < 70, $"{plans.Queries.Count} queries");
    }
}
