using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Earning;

/// <summary>What staff read of what rules gave.</summary>
public sealed class EarningQueriesTests
{
    private static readonly RuleConfig Fixed10 = new() { Mode = RuleModes.Fixed, Amount = "10" };

    [Fact]
    public async Task The_awards_of_an_account_come_page_by_page_the_newest_first()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        var rule = await desk.AddAsync("order-placed", Fixed10 with { MinimumSpend = "20" });
        await desk.PayAsync("1", "40");
        await desk.ChangeAsync(rule, Fixed10 with { Amount = "11", MinimumSpend = "20" });
        await desk.PayAsync("2", "10");
        await desk.PayAsync("3", "50");
        await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("3", "r1", "25"));
        var account = (await desk.CustomerAsync()).PublicId.ToString();

        var first = await database.Get<EarningQueries>().AwardsAsync(TestDatabase.Robot, account, new PageRequest(0, 2));
        var second = await database.Get<EarningQueries>().AwardsAsync(TestDatabase.Robot, account, new PageRequest(2, 2));

        Assert.Equal(3, first.TotalCount);
        Assert.Equal(
            [("3", 2, "11.00", null, "5.50"), ("2", 2, "0.00", "below-minimum-spend", "0.00"), ("1", 1, "10.00", null, "0.00")],
            first.Items.Concat(second.Items).Select(award => (award.OrderNumber!, award.RuleVersion, award.Amount.ToString(), award.Reason, award.Reclaimed.ToString())));
        Assert.All(first.Items.Concat(second.Items), award => Assert.Equal(award.Reason is null, award.CreditId is not null));
    }

    [Fact]
    public async Task How_far_a_customer_is_follows_what_they_paid()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("first-order", Fixed10);
        await desk.AddAsync("registration", new() { Amount = "5" });
        await desk.AddAsync("order-history", new() { Steps = [new() { At = "3", Give = "5" }] });
        var every = await desk.AddAsync("spend-history", new() { Mode = RuleModes.Every, Every = "100", Give = "8" });
        var account = (await desk.Feed.CustomerAsync()).PublicId.ToString();
        var queries = database.Get<EarningQueries>();
        Task<IReadOnlyList<RuleProgress>> Progress() => queries.ProgressAsync(TestDatabase.Robot, account);
        Assert.Equal([0L, 0L, 0L, 0L], (await Progress()).Select(rule => rule.Orders));

        await desk.PayAsync("1", "130");
        await desk.PayAsync("2", "20", currency: "EUR");
        await desk.RegisterAsync();

        var progress = await Progress();
        Assert.Equal([2L, 2L, 2L, 2L], progress.Select(rule => rule.Orders));
        Assert.Equal([false, true, false, false], progress.Select(rule => rule.Method == EarningMethod.Registration && rule.Registered));
        Assert.Equal((13000L, 3000L), (progress[3].SpentMinor, progress[3].CarryMinor));
        await desk.DeleteAsync(every);
        Assert.Equal(3, (await Progress()).Count);
        await desk.SwitchAsync(false);
        Assert.Empty(await Progress());
    }

    [Fact]
    public async Task Shortfalls_are_listed_by_store_and_summed_by_currency_from_their_index()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        await using (var db = database.Open())
        {
            db.Stores.Add(new Store("tokyo", "Tokyo", "JPY", "Asia/Tokyo"));
            await db.SaveChangesAsync();
        }

        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", Fixed10);
        foreach (var number in new[] { "1", "2" })
        {
            await desk.PayAsync(number, "100");
        }

        var shop = new Shop(database, await desk.CustomerAsync());
        Assert.True((await shop.CaptureAsync((await shop.AuthorizeAsync("other", "17")).Value.Code)).IsOk);
        await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "50"));
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await desk.Feed.CancelledAsync("2");
        await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r2", "50"));
        plans.Start();

        var queries = database.Get<EarningQueries>();
        var all = await queries.ShortfallsAsync(TestDatabase.Robot, null, new PageRequest());
        var other = await queries.ShortfallsAsync(TestDatabase.Robot, "tokyo", new PageRequest());
        var none = await queries.ShortfallsAsync(TestDatabase.Robot, "nowhere", new PageRequest());

        Assert.Equal([("USD", "17.00")], all.Totals.Select(total => (total.Currency, total.Missing.ToString())));
        Assert.Equal([("2", "3.00", "7.00"), ("1", "0.00", "10.00")], all.Items.Select(row => (row.OrderNumber, row.Reclaimed.ToString(), row.Missing.ToString())));
        Assert.All(all.Items, row => Assert.Equal(database.Clock.Now, row.GivenBackAt));
        Assert.Equal((2, 0, 0), (all.TotalCount, other.TotalCount, none.TotalCount));
        Assert.Contains(plans.Steps, step => step.Contains("IX_Awards_Shortfall", StringComparison.Ordinal));
        Assert.DoesNotContain(plans.Scans, scan => scan.Contains("\"Awards\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_expiry_that_a_type_gets_is_its_own_or_the_shared_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new EarningDesk(database).SetExpiryAsync(new ExpirySettings { SameForAll = true, Default = new() { Kind = "after-days", Days = 30 } });

        var expiries = await database.Get<EarningSettingsService>().IssuedExpiriesAsync(TestDatabase.Robot);

        Assert.Equal((ExpiryPolicy.AfterDays(30), true), (expiries["goodwill"].Policy, expiries["goodwill"].Shared));
        Assert.Equal((ExpiryPolicy.Never, false), (expiries["gift-card"].Policy, expiries["gift-card"].Shared));
    }
}
