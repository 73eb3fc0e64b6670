using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;
using Xunit.Abstractions;

namespace StoreCreditAdmin.Tests.Features.Earning;

/// <summary>A real shop's year of 22,190 orders and refunds under three sets of rules, with the clock going along. Each customer has what plain sums say.</summary>
public sealed class EarningReplayTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(12);
    private static readonly DateTimeOffset End = new(2012, 1, 10, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Days between runs of the expiry, so that many a run is late.</summary>
    private const int ExpiryEvery = 5;

    [Fact]
    public async Task Every_customer_of_a_year_has_earned_given_back_and_lost_what_the_rules_say()
    {
        var replay = EarningReplay.Of(OnlineRetail.Read(Repository.RetailOrders), DateOnly.FromDateTime(End.UtcDateTime));
        await using var database = await TestDatabase.CreateAsync(new NoSync());
        database.Clock.Now = replay.Events[0].At;
        await MakeRulesAsync(database);

        var watch = Stopwatch.StartNew();
        var unexpected = await TellAsync(database, replay, watch);
        database.Clock.Now = End;
        await database.Get<DueJobs>().RunAsync();

        Assert.Empty(unexpected);
        Assert.Equal(22_190, replay.Events.Count(told => told.Type != "customer.registered"));
        await using var db = database.Open();
        var entries = await db.LedgerEntries
            .GroupBy(entry => new { entry.Account.ExternalId, entry.Kind })
            .Select(group => new { group.Key.ExternalId, group.Key.Kind, Sum = group.Sum(entry => entry.AmountMinor) })
            .ToListAsync();
        var left = await db.AccountBalances
            .Select(balance => new { balance.Account.ExternalId, balance.Buckets.Available })
            .ToDictionaryAsync(balance => balance.ExternalId!, balance => balance.Available);
        var sums = entries.ToLookup(one => one.ExternalId!);
        long Sum(string customer, EntryKind kind) => sums[customer].Where(one => one.Kind == kind).Sum(one => one.Sum);
        Assert.Equal(
            replay.Customers.Select(one => (one.Key, one.Value.Figures)).OrderBy(one => one.Key),
            replay.Customers.Keys.Order().Select(id => (id, (Sum(id, EntryKind.Issue), Sum(id, EntryKind.Reclaim), Sum(id, EntryKind.Expire), left.GetValueOrDefault(id)))));
        Assert.Equal(
            replay.Customers.Values.SelectMany(customer => customer.Grants).Sum(grant => grant.Earned),
            await db.Awards.SumAsync(award => award.AmountMinor));
        Assert.All(await db.Awards.Select(award => award.ShortfallMinor).Distinct().ToListAsync(), missing => Assert.Equal(0, missing));
        var report = await database.VerifyAsync();
        Assert.True(report.Ok, report.FirstBroken);
        output.WriteLine($"{await db.Awards.CountAsync(award => award.AmountMinor > 0)} awards, {entries.Count} sums");
    }

    private static async Task MakeRulesAsync(TestDatabase database)
    {
        await using (var db = database.Open())
        {
            db.Stores.Single().CurrencyCode = "GBP";
            db.Stores.AddRange(EarningReplay.Shops.Skip(1).Select(code => new Store(code, code, "GBP", "UTC")));
            await db.SaveChangesAsync();
        }

        var desk = new EarningDesk(database);
        await desk.SetExpiryAsync(new ExpirySettings
        {
            SameForAll = false,
            Default = new() { Kind = "never" },
            PerMethod = new Dictionary<string, ExpiryPolicyInput?>
            {
                ["spend-history"] = new() { Kind = "after-days", Days = 90 },
                ["order-placed"] = new() { Kind = "after-days", Days = 30 },
                ["registration"] = new() { Kind = "after-days", Days = 10 },
            },
        });
        await AddAsync("main", "first-order", new() { Mode = RuleModes.Fixed, Amount = "10" });
        await AddAsync("main", "spend-history", new() { Mode = RuleModes.Every, Every = "100", Give = "8" });
        await AddAsync("second", "order-placed", new() { Mode = RuleModes.PerAmount, Every = "20", Give = "1", MinimumSpend = "50" });
        await AddAsync("second", "order-history", new() { Steps = [new() { At = "1", Give = "2" }, new() { At = "3", Give = "5" }, new() { At = "5", Give = "10" }] });
        await AddAsync("third", "first-order", new() { Mode = RuleModes.PerAmount, Every = "30", Give = "3" });
        await AddAsync("third", "spend-history", new() { Mode = RuleModes.Steps, Steps = [new() { At = "300", Give = "10" }, new() { At = "1000", Give = "40" }] });
        await AddAsync("third", "registration", new() { Amount = "5" });

        async Task AddAsync(string store, string method, RuleConfig config) => Assert.True((await database.Get<RuleService>().AddAsync(
            TestDatabase.Robot, OperationKey.ForForm(), new SaveRuleRequest { Store = store, Method = method, Config = config })).IsOk);
    }

    /// <returns>What was answered otherwise than it must be.</returns>
    private static async Task<List<string>> TellAsync(TestDatabase database, EarningReplay replay, Stopwatch watch)
    {
        var (events, expiry) = (database.Get<OrderEvents>(), database.Get<DueJobs>());
        var unexpected = new List<string>();
        var nextExpiry = replay.Events[0].At.AddDays(ExpiryEvery);
        foreach (var (index, told) in replay.Events.Index())
        {
            Assert.True(watch.Elapsed < Limit, $"Only {index} of {replay.Events.Count} events in {watch.Elapsed}.");
            database.Clock.Now = told.At;
            if (told.At >= nextExpiry)
            {
                await expiry.RunAsync();
                nextExpiry = told.At.AddDays(ExpiryEvery);
            }

            var answer = await events.ApplyAsync(TestDatabase.Robot, told.Request);
            if (answer.Refusal?.Code != told.Code)
            {
                unexpected.Add($"{told.Id}: {answer.Refusal?.Code} in place of {told.Code}");
            }
        }

        return unexpected;
    }
}
