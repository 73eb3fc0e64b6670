using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>Holds the sums by day against the entries that are folded into them, and the closings of months against the sums by day.</summary>
internal static class MovementCheck
{
    /// <summary>The days or lots on which both sides differ, each way, so that what is missing on either side is found.</summary>
    private const string WrongDays = """
        WITH Summed AS (
            SELECT entry.EffectiveOn, entry.StoreId, entry.CurrencyCode, credit.TypeId, substr(credit.IssuedOn, 1, 7) || '-01' AS IssueMonth, entry.Kind, entry."From", entry."To",
                   SUM(entry.AmountMinor) AS AmountMinor, COUNT(*) AS Entries
            FROM LedgerEntries AS entry JOIN Credits AS credit ON credit.Id = entry.CreditId
            WHERE entry.Id <= (SELECT COALESCE(MAX(LastEntryId), 0) FROM MovementFolds)
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8)
        SELECT EffectiveOn AS Day, Kind FROM (SELECT * FROM Summed EXCEPT SELECT EffectiveOn, StoreId, CurrencyCode, TypeId, IssueMonth, Kind, "From", "To", AmountMinor, Entries FROM DailyMovements)
        UNION ALL
        SELECT EffectiveOn, Kind FROM (SELECT EffectiveOn, StoreId, CurrencyCode, TypeId, IssueMonth, Kind, "From", "To", AmountMinor, Entries FROM DailyMovements EXCEPT SELECT * FROM Summed)
        ORDER BY 1, 2 LIMIT 1
        """;

    private const string WrongMonths = """
        WITH RECURSIVE Months (Month) AS (
            SELECT MIN(substr(EffectiveOn, 1, 7) || '-01') FROM DailyMovements
            UNION ALL SELECT date(Month, '+1 month') FROM Months WHERE Month < (SELECT ClosedThrough FROM MovementFolds)),
        Moved AS (
            SELECT substr(EffectiveOn, 1, 7) || '-01' AS Month, StoreId, CurrencyCode, TypeId, IssueMonth,
                   SUM(AmountMinor * (("To" IN (1, 2)) - ("From" IN (1, 2)))) AS Outstanding, SUM(AmountMinor * (("To" = 2) - ("From" = 2))) AS Authorized
            FROM DailyMovements GROUP BY 1, 2, 3, 4, 5),
        Summed AS (
            SELECT Months.Month, StoreId, CurrencyCode, TypeId, IssueMonth, SUM(Outstanding) AS Outstanding, SUM(Authorized) AS Authorized
            FROM Months JOIN Moved ON Moved.Month <= Months.Month
            WHERE Months.Month <= (SELECT ClosedThrough FROM MovementFolds)
            GROUP BY 1, 2, 3, 4, 5 HAVING SUM(Outstanding) <> 0 OR SUM(Authorized) <> 0)
        SELECT Month AS Day, 0 AS Kind FROM (SELECT * FROM Summed EXCEPT SELECT Month, StoreId, CurrencyCode, TypeId, IssueMonth, OutstandingMinor, AuthorizedMinor FROM MonthClosings)
        UNION ALL
        SELECT Month, 0 FROM (SELECT Month, StoreId, CurrencyCode, TypeId, IssueMonth, OutstandingMinor, AuthorizedMinor FROM MonthClosings EXCEPT SELECT * FROM Summed)
        ORDER BY 1 LIMIT 1
        """;

    public static async Task<string?> FirstWrongAsync(StoreCreditDbContext db, CancellationToken cancellationToken)
    {
        if (await FirstAsync(db, WrongDays, cancellationToken) is { } day)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Sums of {day.Day:yyyy-MM-dd}: those of kind {EntryWords.NameOf((EntryKind)day.Kind)} do not equal their entries.");
        }

        return await FirstAsync(db, WrongMonths, cancellationToken) is { } month
            ? string.Create(CultureInfo.InvariantCulture, $"Closing of {month.Day:yyyy-MM}: it does not equal the sums by day.")
            : null;
    }

    private static async Task<Wrong?> FirstAsync(StoreCreditDbContext db, string sql, CancellationToken cancellationToken) =>
        (await db.Database.SqlQueryRaw<Wrong>(sql).ToListAsync(cancellationToken)).FirstOrDefault();

    private sealed record Wrong(DateOnly Day, int Kind);
}
