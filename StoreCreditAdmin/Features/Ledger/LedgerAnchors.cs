using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>
/// Takes an anchor of the ledger once a day, in UTC, where entries came since the last one. A day on which no job ran has none, and gets none afterwards:
/// the next anchor has its own day and covers what came since.
/// </summary>
public sealed class LedgerAnchors(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock) : IDueJob
{
    private static readonly Caller Anchors = Caller.Job("ledger anchor");

    public string Name => "ledger-anchor";

    public string Title => "Anchor the ledger";

    public string Purpose => "Takes a hash over the whole ledger once a day where entries came, by which a change of history is found.";

    public string Schedule => "01:00:00";

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await LastAsync(db, cancellationToken);
        var after = last?.LastEntryId ?? 0;
        var firstNew = await db.LedgerEntries.Where(entry => entry.Id > after).OrderBy(entry => entry.Id).Select(entry => (DateTimeOffset?)entry.RecordedAt).FirstOrDefaultAsync(cancellationToken);
        if (firstNew is null)
        {
            return null;
        }

        var day = DayOf(firstNew.Value);
        return StartOf(last is not null && last.Day >= day ? last.Day.AddDays(1) : day);
    }

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await NextDueAsync(cancellationToken) is { } due && due <= now)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"ledger-anchor:{DayOf(now):yyyy-MM-dd}");
            var taken = await gate.ExecuteAsync<LedgerAnchorView>(new OperationRequest("ledger.anchor", OperationKey.ForJob(key), Anchors, Permission.RunJobs), TakeAsync);
            return taken is { IsOk: true, Replayed: false } ? new JobReport(1, $"The anchor covers {taken.Value.Entries} entries.") : JobReport.Nothing;
        }

        return JobReport.Nothing;
    }

    internal static Task<LedgerAnchor?> LastAsync(StoreCreditDbContext db, CancellationToken cancellationToken) =>
        db.LedgerAnchors.AsNoTracking().OrderByDescending(anchor => anchor.Id).FirstOrDefaultAsync(cancellationToken);

    private static async Task<Result<LedgerAnchorView>> TakeAsync(WriteScope write)
    {
        var (db, day) = (write.Db, DayOf(write.Now));
        var last = await LastAsync(db, CancellationToken.None);
        var after = last?.LastEntryId ?? 0;
        var added = db.LedgerEntries.Where(entry => entry.Id > after);
        var moved = added.Select(entry => entry.AccountId).Distinct()
            .Join(db.Accounts, id => id, account => account.Id, (id, account) => account)
            .OrderBy(account => account.Id)
            .Select(account => new { account.PublicId, account.LastSequence, account.LastHash });
        using var hash = new AnchorHash(last?.Hash, day, write.Now);
        await foreach (var head in moved.AsAsyncEnumerable())
        {
            hash.AddHead(head.PublicId, head.LastSequence, head.LastHash);
        }

        var entries = (last?.Entries ?? 0) + await added.LongCountAsync();
        var anchor = new LedgerAnchor(day, write.Now, await added.MaxAsync(entry => entry.Id), entries, hash.End(entries));
        db.LedgerAnchors.Add(anchor);
        var view = LedgerAnchorView.Of(anchor);
        write.Audit("Ledger", null, newValues: view);
        return view;
    }

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

/// <summary>An anchor as people keep it: the hash in hexadecimal digits.</summary>
public sealed record LedgerAnchorView(DateOnly Day, long Entries, string Hash)
{
    public static LedgerAnchorView Of(LedgerAnchor anchor) => new(anchor.Day, anchor.Entries, Convert.ToHexStringLower(anchor.Hash));
}
