using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;

namespace StoreCreditAdmin.Tests.TestSupport;

public static class RetailReplayChecks
{
    public static RetailReplay Whole() => RetailReplay.Of(OnlineRetail.Read(Repository.RetailOrders));

    /// <summary>All events before a day.</summary>
    public static RetailReplay Before(DateTime day) => RetailReplay.Of([.. OnlineRetail.Read(Repository.RetailOrders).Where(invoice => invoice.At.UtcDateTime < day)]);

    /// <summary>The events of a few customers, those who came first.</summary>
    public static RetailReplay OfCustomers(int count)
    {
        var invoices = OnlineRetail.Read(Repository.RetailOrders);
        var first = invoices.Where(invoice => !invoice.IsRefund).Select(invoice => invoice.Customer).Distinct().Take(count).ToHashSet();
        return RetailReplay.Of([.. invoices.Where(invoice => first.Contains(invoice.Customer))]);
    }

    /// <summary>Holds what the database has against the sums.</summary>
    public static async Task AssertAsync(this RetailReplay replay, TestDatabase database)
    {
        await using var db = database.Open();
        Task<long> Moved(EntryKind kind) => db.LedgerEntries.Where(entry => entry.Kind == kind).SumAsync(entry => entry.AmountMinor);
        var refunds = db.Orders.SelectMany(order => order.Refunds);
        Assert.Equal((replay.Issued, replay.Captured, replay.Returned), (await Moved(EntryKind.Issue), await Moved(EntryKind.Capture), await Moved(EntryKind.Refund)));
        Assert.Equal((replay.GivenAsMoney, replay.Returned), (await refunds.SumAsync(refund => refund.MoneyMinor), await refunds.SumAsync(refund => refund.ReturnedMinor)));
        Assert.Equal(replay.AskedBackFromCards, await db.CardRefunds.SumAsync(refund => refund.AmountMinor));
        Assert.Equal(replay.OrderTotal, await db.Orders.Where(order => order.Kind != OrderKind.CreditPurchase).SumAsync(order => order.TotalMinor));
        Assert.Equal(0, await db.Orders.CountAsync(order => order.PaidAt == null));
        Assert.Equal(replay.Deferred, await db.DeferredEvents.CountAsync(one => one.AppliedAt == null));
        Assert.Equal(replay.Events.Count(told => told.Code is not null), await db.OperationOutcomes.CountAsync(outcome => outcome.RefusalCode != null));
        Assert.Equal(replay.Events.Count, await db.Operations.CountAsync(operation => operation.Key.StartsWith("event:")));
        var balances = await db.AccountBalances.Select(balance => new { balance.Account.ExternalId, balance.Buckets }).ToListAsync();
        Assert.Equal(
            replay.Customers.Where(one => one.Value.Available + one.Value.Used > 0).Select(one => (one.Key, one.Value.Available, 0L, one.Value.Used)).Order(),
            balances.Where(one => one.Buckets.Available + one.Buckets.Used > 0).Select(one => (one.ExternalId!, one.Buckets.Available, one.Buckets.Authorized, one.Buckets.Used)).Order());
        var report = await database.VerifyAsync();
        Assert.True(report.Ok, report.FirstBroken);
    }
}
