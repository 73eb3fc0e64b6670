using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>Sums orders by the month in which they were placed, each store by its own calendar, in one query.</summary>
internal static class OrderUsage
{
    /// <summary>
    /// What credit paid is what was taken and not returned by a void, and what an order's refund returned: the same that an order shows as paid with credit.
    /// Orders of kind 2 only bought credit; refunds of method 1 were given as store credit.
    /// </summary>
    private const string ByMonth = """
        SELECT StoreId, CurrencyCode, Month, COUNT(*) AS Orders, SUM(TotalMinor) AS ValueMinor,
               SUM(UsedMinor + ReturnedMinor > 0) AS OrdersWithCredit, SUM(UsedMinor + ReturnedMinor) AS PaidMinor,
               SUM(AsCreditMinor) AS AsCreditMinor, SUM(EarnedMinor) AS EarnedMinor, SUM(ReclaimedMinor) AS ReclaimedMinor
        FROM (
            SELECT placed.StoreId, placed.CurrencyCode, asked.value ->> 'Month' AS Month, placed.TotalMinor,
                COALESCE((SELECT SUM(line.CapturedMinor - line.RefundedMinor) FROM Authorizations AS held JOIN AuthorizationLines AS line ON line.AuthorizationId = held.Id
                    WHERE held.OrderNumber = placed.Number AND held.StoreId = placed.StoreId AND held.CurrencyCode = placed.CurrencyCode), 0) AS UsedMinor,
                COALESCE((SELECT SUM(refund.ReturnedMinor) FROM OrderRefunds AS refund WHERE refund.OrderId = placed.Id), 0) AS ReturnedMinor,
                COALESCE((SELECT SUM(refund.ReturnedMinor + refund.NewCreditMinor) FROM OrderRefunds AS refund WHERE refund.OrderId = placed.Id AND refund.Method = 1), 0) AS AsCreditMinor,
                COALESCE((SELECT SUM(award.AmountMinor) FROM Awards AS award WHERE award.OrderId = placed.Id), 0) AS EarnedMinor,
                COALESCE((SELECT SUM(award.ReclaimedMinor) FROM Awards AS award WHERE award.OrderId = placed.Id), 0) AS ReclaimedMinor
            FROM json_each(@months) AS asked
            JOIN Orders AS placed ON placed.StoreId = asked.value ->> 'StoreId' AND placed.PlacedAt >= asked.value ->> 'Start' AND placed.PlacedAt < asked.value ->> 'End'
            WHERE placed.PaidAt IS NOT NULL AND placed.CancelledAt IS NULL AND placed.Kind <> 2 AND (@currency IS NULL OR placed.CurrencyCode = @currency))
        GROUP BY StoreId, CurrencyCode, Month
        """;

    public static async Task<List<Sum>> SumAsync(StoreCreditDbContext db, ReportScope scope, CancellationToken cancellationToken)
    {
        var months = scope.Stores.Values
            .Where(store => scope.Movements.StoreId is null || store.Id == scope.Movements.StoreId)
            .SelectMany(_ => scope.Months(), (store, month) => new
            {
                StoreId = store.Id,
                Month = ReportRequest.Text(month),
                Start = store.StartOf(scope.FirstOf(month)).UtcTicks,
                End = store.StartOf(scope.LastOf(month).AddDays(1)).UtcTicks,
            });
        return await db.Database
            .SqlQueryRaw<Sum>(
                ByMonth,
                new SqliteParameter("@months", JsonSerializer.Serialize(months)),
                new SqliteParameter("@currency", (object?)scope.Movements.Currency ?? DBNull.Value))
            .ToListAsync(cancellationToken);
    }

    public static UsageRow Total(ReportScope scope, IReadOnlyList<Sum> sums) => new Sum(
        sums[0].StoreId,
        sums[0].CurrencyCode,
        default,
        sums.Sum(sum => sum.Orders),
        MovementSums.Sum(sums.Select(sum => sum.ValueMinor)),
        sums.Sum(sum => sum.OrdersWithCredit),
        MovementSums.Sum(sums.Select(sum => sum.PaidMinor)),
        MovementSums.Sum(sums.Select(sum => sum.AsCreditMinor)),
        MovementSums.Sum(sums.Select(sum => sum.EarnedMinor)),
        MovementSums.Sum(sums.Select(sum => sum.ReclaimedMinor))).View(scope.From, scope.To);

    internal sealed record Sum(
        int StoreId,
        string CurrencyCode,
        DateOnly Month,
        long Orders,
        long ValueMinor,
        long OrdersWithCredit,
        long PaidMinor,
        long AsCreditMinor,
        long EarnedMinor,
        long ReclaimedMinor)
    {
        public UsageRow View(ReportScope scope) => View(scope.FirstOf(Month), scope.LastOf(Month));

        public UsageRow View(DateOnly from, DateOnly to)
        {
            var currency = Currency.Of(CurrencyCode);
            return new UsageRow
            {
                From = from,
                To = to,
                Orders = Orders,
                OrderValue = Amount.Of(ValueMinor, currency),
                OrdersWithCredit = OrdersWithCredit,
                PaidWithCredit = Amount.Of(PaidMinor, currency),
                RefundedAsCredit = Amount.Of(AsCreditMinor, currency),
                Earned = Amount.Of(EarnedMinor, currency),
                Reclaimed = Amount.Of(ReclaimedMinor, currency),
            };
        }
    }
}
