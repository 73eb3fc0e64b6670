using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounting;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounting;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounting;

/// <summary>What is owed and how it came about ties out to the ledger, folded or not.</summary>
public sealed class LiabilityReportTests
{
    [Fact]
    public async Task Every_figure_equals_a_naive_sum_before_and_after_folding_and_with_entries_that_are_not_folded_yet()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (account, _) = await AccountingScene.PlayAsync(database);
        var before = await LiabilityAgainstNaiveSums.CheckAsync(database);
        await AccountingScene.FoldAsync(database);
        Assert.Equal(before, await LiabilityAgainstNaiveSums.CheckAsync(database));

        await database.IssueAsync(account, "3.33");
        database.Clock.Now = database.Clock.Now.AddMonths(3);
        await database.IssueAsync(account, "1.11", "EUR");

        Assert.True(await LiabilityAgainstNaiveSums.CheckAsync(database) > before);
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task What_is_owed_now_is_what_all_accounts_and_each_credit_have()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AccountingScene.PlayAsync(database);
        await AccountingScene.FoldAsync(database);

        var view = await LiabilityAsync(database, new ReportRequest());

        await using var db = database.Open();
        var balances = await db.AccountBalances.Include(balance => balance.Store).ToListAsync();
        Assert.Equal(
            balances.Where(one => one.Buckets.Available + one.Buckets.Authorized > 0).Select(one => (one.Store.Code, one.CurrencyCode, one.Buckets.Available, one.Buckets.Authorized)).Order(),
            view.Items.Select(one => (one.Store, one.Currency, one.Available.Minor, one.Authorized.Minor)).Order());
        var credits = await db.Credits.Include(credit => credit.Type).Include(credit => credit.Store).ToListAsync();
        Assert.All(view.Items, store => Assert.All(store.Types, type => Assert.Equal(
            credits.Where(one => one.Store.Code == store.Store && one.CurrencyCode == store.Currency && one.Type.Code == type.Type).Sum(one => one.Buckets.Available + one.Buckets.Authorized),
            type.Outstanding.Minor)));
        Assert.Equal([("main", "EUR"), ("main", "USD"), ("tokyo", "JPY")], view.Items.Select(one => (one.Store, one.Currency)));
    }

    [Fact]
    public async Task Each_figure_opens_entries_that_come_to_the_same()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AccountingScene.PlayAsync(database);
        await AccountingScene.FoldAsync(database);
        var entries = database.Get<EntryList>();
        var asOf = new ReportRequest { AsOf = "2027-01-31" };
        var usd = (await LiabilityAsync(database, asOf)).Items.Single(one => one.Currency == "USD");
        async Task<long> TotalAsync(EntryListRequest request)
        {
            var page = (await entries.ListAsync(TestDatabase.Robot, request with { Report = request.Report with { Store = "main", Currency = "USD" } }, new PageRequest(Take: 200))).Value;
            Assert.Equal(page.Totals.Sum(total => total.Entries), page.Items.Count);
            Assert.Equal(page.Totals.Sum(total => total.Change.Minor), page.Items.Sum(one => one.Change.Minor));
            return page.Totals.Sum(total => total.Change.Minor);
        }

        var through = new ReportRequest { To = "2027-01-31" };
        Assert.Equal(usd.Outstanding.Minor, await TotalAsync(new EntryListRequest { Report = through, Of = EntryMeasure.Outstanding }));
        Assert.Equal(usd.Available.Minor, await TotalAsync(new EntryListRequest { Report = through, Of = EntryMeasure.Available }));
        Assert.Equal(400, usd.Authorized.Minor);
        Assert.Equal(400, await TotalAsync(new EntryListRequest { Report = through, Of = EntryMeasure.Authorized }));
        foreach (var age in usd.Ages)
        {
            Assert.Equal(age.Outstanding.Minor, await TotalAsync(new EntryListRequest { Report = through, Of = EntryMeasure.Outstanding, IssuedFrom = age.IssuedFrom, IssuedTo = age.IssuedTo }));
        }

        var period = new ReportRequest { From = "2026-12-01", To = "2027-05-10", Currency = "USD" };
        var forward = (await database.Get<LiabilityReports>().RollForwardAsync(TestDatabase.Robot, period)).Value.Items.Single();
        Assert.Equal(
            "issued 74.00, adjusted-up 3.00, refunded 5.00, reinstated 12.00, used -20.00, expired -24.00, invalidated -10.00, reclaimed 0.00, adjusted-down -9.00",
            string.Join(", ", forward.Lines.Select(line => $"{line.Line} {line.Change}")));
        foreach (var line in forward.Lines)
        {
            var named = LiabilityLines.All.Single(one => LiabilityLines.NameOf(one) == line.Line);
            Assert.Equal(line.Change.Minor, await TotalAsync(new EntryListRequest { Report = period, Line = named }));
        }
    }

    [Fact]
    public async Task Pages_of_entries_follow_one_another_without_gap_or_repeat()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AccountingScene.PlayAsync(database);
        await AccountingScene.FoldAsync(database);
        var entries = database.Get<EntryList>();
        var all = await entries.ReadAllAsync(TestDatabase.Robot, new EntryListRequest()).Select(one => one.Entry.Id).ToListAsync();
        await using var db = database.Open();
        Assert.Equal(await db.LedgerEntries.CountAsync(), all.Count);

        var paged = new List<Guid>();
        while (paged.Count < all.Count)
        {
            paged.AddRange((await entries.ListAsync(TestDatabase.Robot, new EntryListRequest(), new PageRequest(paged.Count, 4))).Value.Items.Select(one => one.Entry.Id));
        }

        Assert.Equal(all, paged);
        Assert.Empty((await entries.ListAsync(TestDatabase.Robot, new EntryListRequest(), new PageRequest(1000, 4))).Value.Items);
    }

    [Theory]
    [InlineData("?store=nowhere", "store-unknown", "There is no store 'nowhere'.")]
    [InlineData("?currency=XXX", "currency-unknown", "'XXX' is not a currency. Write an ISO 4217 code such as USD.")]
    [InlineData("?type=nothing", "type-unknown", "There is no credit type 'nothing'.")]
    [InlineData("?paidFor=maybe", "invalid-request", "Write yes for paid-for credit or no for promotional credit.")]
    [InlineData("?asOf=2026-11-23", "invalid-request", "2026-11-23 is still to come. The last day is 2026-11-22.")]
    [InlineData("?asOf=yesterday", "invalid-request", "Write the date as 2026-11-22.")]
    [InlineData("?from=2026-11-20&to=2026-11-19", "invalid-request", "The period ends on 2026-11-19, before it starts on 2026-11-20.")]
    [InlineData("?from=2026-11-20&to=2026-12-01", "invalid-request", "2026-12-01 is still to come. The last day is 2026-11-22.")]
    public async Task What_makes_no_sense_is_refused_with_a_sentence(string query, string code, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync();
        var request = ReportRequest.Parse(query);

        var liability = await database.Get<LiabilityReports>().LiabilityAsync(TestDatabase.Robot, request);
        var forward = await database.Get<LiabilityReports>().RollForwardAsync(TestDatabase.Robot, request);

        Assert.Equal((code, sentence), (liability.Refusal!.Code, liability.Refusal.Message));
        Assert.Equal((code, sentence), (forward.Refusal!.Code, forward.Refusal.Message));
    }

    [Fact]
    public async Task Before_the_first_entry_nothing_was_owed_and_fifty_years_are_one_period()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AccountingScene.PlayAsync(database);
        await AccountingScene.FoldAsync(database);
        Assert.Empty((await LiabilityAsync(database, new ReportRequest { AsOf = "1999-12-31" })).Items);
        Assert.Empty((await LiabilityAsync(database, new ReportRequest { AsOf = "0001-01-01" })).Items);

        var reports = database.Get<LiabilityReports>();
        var long_ = (await reports.RollForwardAsync(TestDatabase.Robot, new ReportRequest { From = "1977-05-10", To = "2027-05-10", Currency = "USD" })).Value.Items.Single();
        var whole = (await reports.RollForwardAsync(TestDatabase.Robot, new ReportRequest { From = "0001-01-01", To = "2027-05-10", Currency = "USD" })).Value.Items.Single();
        Assert.Equal((0, whole.Closing), (long_.Opening.Minor, long_.Closing));
        Assert.Equal(whole.Lines, long_.Lines);
        Assert.Equal("period-too-long", (await database.Get<ActivityReports>().BreakageAsync(TestDatabase.Robot, new ReportRequest { From = "1977-05-10" })).Refusal!.Code);
    }

    [Fact]
    public async Task Who_may_not_see_reports_is_shown_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        var agent = await database.SignInNewAsync("Agnes", Roles.Agent);
        var feed = Caller.ApiKey(Guid.NewGuid(), "Feed", [Scopes.Events]);
        foreach (var caller in new[] { agent, feed })
        {
            await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<LiabilityReports>().LiabilityAsync(caller, new ReportRequest()));
            await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<LiabilityReports>().RollForwardAsync(caller, new ReportRequest()));
            await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<ActivityReports>().BreakageAsync(caller, new ReportRequest()));
            await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<ActivityReports>().UsageAsync(caller, new ReportRequest()));
            await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<ActivityReports>().GivenAsync(caller, new ReportRequest()));
            await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<EntryList>().ListAsync(caller, new EntryListRequest(), new PageRequest()));
        }

        Assert.Empty((await database.Get<DashboardQueries>().GetAsync(agent)).Stores);
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<DashboardQueries>().GetAsync(feed));
    }

    [Fact]
    public void A_roll_forward_that_does_not_tie_out_is_not_made()
    {
        var usd = StoreCreditAdmin.Domain.Currency.Of("USD");
        RollForwardLine[] moved = [new(LiabilityLine.Issued, 1000, 1), new(LiabilityLine.Issued, 200, 2), new(LiabilityLine.Used, -300, 1)];

        var proven = RollForward.Prove(usd, 50, moved, 950);

        Assert.Equal((1200, 3L), (proven.Lines[0].ChangeMinor, proven.Lines[0].Entries));
        var wrong = Assert.Throws<InvalidOperationException>(() => RollForward.Prove(usd, 50, moved, 951));
        Assert.Equal("The roll-forward in USD comes to 9.50, while 9.51 was owed at its end.", wrong.Message);
    }

    [Fact]
    public async Task A_sum_that_is_not_that_of_the_accounts_is_never_shown()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        await AccountingScene.FoldAsync(database);
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("UPDATE DailyMovements SET AmountMinor = 999");
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => LiabilityAsync(database, new ReportRequest()));
    }

    private static async Task<LiabilityView> LiabilityAsync(TestDatabase database, ReportRequest request) =>
        (await database.Get<LiabilityReports>().LiabilityAsync(TestDatabase.Robot, request)).Value;
}
