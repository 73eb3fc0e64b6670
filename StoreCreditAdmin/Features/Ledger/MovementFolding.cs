using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>
/// Folds ledger entries into sums by day and closings by month. No figure waits for it: whoever reads sums adds the entries that are not folded yet. How far it came is
/// kept in the same commit as the sums, so a fold that is killed or repeated changes nothing.
/// </summary>
public sealed class MovementFolding(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts) : IDueJob
{
    /// <summary>Few enough that others wait only shortly.</summary>
    private const int EntriesInOneCommit = 10_000;

    private const string Movement = "EffectiveOn, StoreId, CurrencyCode, TypeId, IssueMonth, Kind, \"From\", \"To\"";

    private const string AddDays = $"""
        INSERT INTO DailyMovements ({Movement}, AmountMinor, Entries)
        SELECT entry.EffectiveOn, entry.StoreId, entry.CurrencyCode, credit.TypeId, substr(credit.IssuedOn, 1, 7) || '-01', entry.Kind, entry."From", entry."To",
               SUM(entry.AmountMinor), COUNT(*)
        FROM LedgerEntries AS entry JOIN Credits AS credit ON credit.Id = entry.CreditId
        WHERE entry.Id > @after AND entry.Id <= @last
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ON CONFLICT ({Movement}) DO UPDATE SET AmountMinor = AmountMinor + excluded.AmountMinor, Entries = Entries + excluded.Entries
        """;

    private const string CloseMonths = """
        WITH RECURSIVE
        Months (Month) AS (SELECT @first UNION ALL SELECT date(Month, '+1 month') FROM Months WHERE Month < @through),
        Opening AS (SELECT * FROM MonthClosings WHERE Month = date(@first, '-1 month')),
        Moved AS (
            SELECT substr(EffectiveOn, 1, 7) || '-01' AS Month, StoreId, CurrencyCode, TypeId, IssueMonth,
                   SUM(AmountMinor * (("To" IN (1, 2)) - ("From" IN (1, 2)))) AS Outstanding, SUM(AmountMinor * (("To" = 2) - ("From" = 2))) AS Authorized
            FROM DailyMovements WHERE EffectiveOn >= @first AND EffectiveOn < date(@through, '+1 month')
            GROUP BY 1, 2, 3, 4, 5),
        Lots AS (
            SELECT StoreId, CurrencyCode, TypeId, IssueMonth FROM Opening
            UNION SELECT StoreId, CurrencyCode, TypeId, IssueMonth FROM Moved),
        Closed AS (
            SELECT Months.Month, lot.StoreId, lot.CurrencyCode, lot.TypeId, lot.IssueMonth,
                   COALESCE(opening.OutstandingMinor, 0) + SUM(COALESCE(moved.Outstanding, 0)) OVER passed AS Outstanding,
                   COALESCE(opening.AuthorizedMinor, 0) + SUM(COALESCE(moved.Authorized, 0)) OVER passed AS Authorized
            FROM Months CROSS JOIN Lots AS lot
            LEFT JOIN Opening AS opening USING (StoreId, CurrencyCode, TypeId, IssueMonth)
            LEFT JOIN Moved AS moved ON moved.Month = Months.Month AND moved.StoreId = lot.StoreId AND moved.CurrencyCode = lot.CurrencyCode
                AND moved.TypeId = lot.TypeId AND moved.IssueMonth = lot.IssueMonth
            WINDOW passed AS (PARTITION BY lot.StoreId, lot.CurrencyCode, lot.TypeId, lot.IssueMonth ORDER BY Months.Month))
        INSERT INTO MonthClosings (Month, StoreId, CurrencyCode, TypeId, IssueMonth, OutstandingMinor, AuthorizedMinor)
        SELECT * FROM Closed WHERE Outstanding <> 0 OR Authorized <> 0
        """;

    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(10);

    private static readonly Caller Folding = Caller.Job("sums");

    public string Name => "movement-sums";

    public string Title => "Sum the ledger by day";

    public string Purpose => "Adds new ledger entries to the sums by day from which reports are read. Reports are exact whether it has run or not.";

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var after = await FoldedAsync(db, cancellationToken);
        var first = await db.LedgerEntries.Where(entry => entry.Id > after).OrderBy(entry => entry.Id).Select(entry => (DateTimeOffset?)entry.RecordedAt).FirstOrDefaultAsync(cancellationToken);
        return first + Delay;
    }

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        var folded = 0;
        for (var added = EntriesInOneCommit; added == EntriesInOneCommit; folded += added)
        {
            cancellationToken.ThrowIfCancellationRequested();
            added = await FoldAsync(cancellationToken);
        }

        return JobReport.Of(folded, "1 ledger entry was added to the sums.", "{0} ledger entries were added to the sums.");
    }

    internal static async Task<long> FoldedAsync(StoreCreditDbContext db, CancellationToken cancellationToken = default) =>
        await db.MovementFolds.Select(fold => (long?)fold.LastEntryId).SingleOrDefaultAsync(cancellationToken) ?? 0;

    private async Task<int> FoldAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var after = await FoldedAsync(db, cancellationToken);
        if (!await db.LedgerEntries.AnyAsync(entry => entry.Id > after, cancellationToken))
        {
            return 0;
        }

        var key = OperationKey.ForJob(string.Create(CultureInfo.InvariantCulture, $"movement-sums:{after}"));
        var folded = await gate.ExecuteAsync<Folded>(new OperationRequest("ledger.sum", key, Folding, Permission.RunJobs), FoldAsync);
        return folded.Value.Count;
    }

    private static async Task<Result<Folded>> FoldAsync(WriteScope write)
    {
        var db = write.Db;
        var fold = await db.MovementFolds.AsNoTracking().SingleOrDefaultAsync();
        var after = fold?.LastEntryId ?? 0;
        var batch = db.LedgerEntries.Where(entry => entry.Id > after).OrderBy(entry => entry.Id).Take(EntriesInOneCommit);
        var found = await batch.GroupBy(_ => 1).Select(entries => new { Count = entries.Count(), Last = entries.Max(entry => entry.Id), First = entries.Min(entry => entry.EffectiveOn) }).SingleOrDefaultAsync();
        if (found is null)
        {
            return new Folded(0);
        }

        await db.Database.ExecuteSqlRawAsync(AddDays, Parameter("@after", after), Parameter("@last", found.Last));
        var newest = (await db.DailyMovements.MaxAsync(sum => sum.EffectiveOn)).StartOfMonth();
        var closedThrough = newest.AddMonths(-1);
        var first = found.First.StartOfMonth();
        first = fold?.ClosedThrough is { } closed && closed.AddMonths(1) < first ? closed.AddMonths(1) : first;
        if (first <= closedThrough)
        {
            await db.MonthClosings.Where(closing => closing.Month >= first).ExecuteDeleteAsync();
            await db.Database.ExecuteSqlRawAsync(CloseMonths, Parameter("@first", Text(first)), Parameter("@through", Text(closedThrough)));
        }

        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO MovementFolds (Id, LastEntryId, ClosedThrough) VALUES ({MovementFold.OnlyId}, {found.Last}, {closedThrough}) ON CONFLICT (Id) DO UPDATE SET LastEntryId = excluded.LastEntryId, ClosedThrough = excluded.ClosedThrough");
        return new Folded(found.Count);
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static SqliteParameter Parameter(string name, object value) => new(name, value);

    private sealed record Folded(int Count);
}
