using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;
using Xunit.Abstractions;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>A real shop's year of 22,190 orders and refunds, told event by event. What comes of it equals plain sums.</summary>
public sealed class RetailReplayTests(ITestOutputHelper output)
{
    /// <summary>Every so many events the shop sends one a second time.</summary>
    private const int RepeatEvery = 100;

    [Fact(Timeout = 15 * 60 * 1000)]
    public async Task A_year_of_orders_and_refunds_ends_with_the_sums_that_it_must()
    {
        var invoices = OnlineRetail.Read();
        var replay = RetailReplay.Of(invoices);
        Assert.Equal((18_536, 3_654), (invoices.Count(invoice => !invoice.IsRefund), invoices.Count(invoice => invoice.IsRefund)));
        Assert.Equal((18_536, 891_140_790L, 536), (replay.OrderCount, replay.OrderTotal, replay.Deferred));
        await using var database = await TestDatabase.CreateAsync(new NoSync());
        await new ShopFeed(database).ApplyAfterCheckoutAsync();

        var watch = Stopwatch.StartNew();
        var unexpected = await TellAsync(database, replay.Events);
        output.WriteLine($"{replay.Events.Count} events in {watch.Elapsed.TotalSeconds:0.0} s, {replay.Events.Count / watch.Elapsed.TotalSeconds:0} a second");

        Assert.Empty(unexpected);
        await using var db = database.Open();
        Assert.Equal(replay.Issued, await SumAsync(db.LedgerEntries, EntryKind.Issue));
        Assert.Equal(replay.Captured, await SumAsync(db.LedgerEntries, EntryKind.Capture));
        Assert.Equal(replay.Returned, await SumAsync(db.LedgerEntries, EntryKind.Refund));
        Assert.Equal(replay.AskedBackFromCards, await db.CardRefunds.SumAsync(refund => refund.AmountMinor));
        Assert.Equal((replay.GivenAsMoney, replay.Returned), (await db.Orders.SelectMany(order => order.Refunds).SumAsync(refund => refund.MoneyMinor), await db.Orders.SelectMany(order => order.Refunds).SumAsync(refund => refund.ReturnedMinor)));
        Assert.Equal(replay.OrderTotal, await db.Orders.Where(order => order.Kind != OrderKind.CreditPurchase).SumAsync(order => order.TotalMinor));
        Assert.Equal(0, await db.Orders.CountAsync(order => order.PaidAt == null));
        Assert.Equal(replay.Deferred, await db.DeferredEvents.CountAsync(one => one.AppliedAt == null));
        Assert.Equal(replay.Events.Count(told => told.Code is not null), await db.OperationOutcomes.CountAsync(outcome => outcome.RefusalCode != null));
        Assert.Equal(
            replay.Customers.Where(customer => customer.Value.Available + customer.Value.Used > 0).Select(customer => (customer.Key, customer.Value.Available, 0L, customer.Value.Used)).Order(),
            (await db.AccountBalances.Select(balance => new { balance.Account.ExternalId, balance.Buckets.Available, balance.Buckets.Authorized, balance.Buckets.Used }).ToListAsync())
                .Where(one => one.Available + one.Authorized + one.Used > 0).Select(one => (one.ExternalId!, one.Available, one.Authorized, one.Used)).Order());
        var report = await database.VerifyAsync();
        Assert.True(report.Ok, report.FirstBroken);
    }

    /// <returns>What was answered otherwise than it must be.</returns>
    private static async Task<List<string>> TellAsync(TestDatabase database, IReadOnlyList<RetailReplay.Told> told)
    {
        var events = database.Get<OrderEvents>();
        var unexpected = new List<string>();
        for (var index = 0; index < told.Count; index++)
        {
            var one = told[index];
            var request = new EventRequest { Id = one.Id, Type = one.Type, OccurredAt = one.At, Data = JsonSerializer.SerializeToElement(one.Data) };
            var answer = await events.ApplyAsync(TestDatabase.Robot, request);
            if (answer.Refusal?.Code != one.Code || (answer.IsOk && answer.Value.Outcome != EventAnswer.Processed))
            {
                unexpected.Add($"{one.Id}: {answer.Refusal?.Code ?? answer.Value.Outcome} in place of {one.Code ?? EventAnswer.Processed}");
            }

            if (index % RepeatEvery == 0)
            {
                var again = await events.ApplyAsync(TestDatabase.Robot, request);
                if (again.Refusal?.Code != one.Code || (again.IsOk && again.Value.Outcome != EventAnswer.Duplicate))
                {
                    unexpected.Add($"{one.Id} again: {again.Refusal?.Code ?? again.Value.Outcome}");
                }
            }
        }

        return unexpected;
    }

    private static Task<long> SumAsync(IQueryable<LedgerEntry> entries, EntryKind kind) => entries.Where(entry => entry.Kind == kind).SumAsync(entry => entry.AmountMinor);
}
