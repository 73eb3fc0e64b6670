using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>The result of a verification: how many entries were read, the first thing that is wrong, if any, and the last anchor, if any.</summary>
public sealed record LedgerReport(bool Ok, long Entries, string? FirstBroken, LedgerAnchorView? Anchor = null);

/// <summary>
/// Recomputes every bucket, balance, authorization, sequence, hash, anchor and sum by day from the entries in one snapshot, and names the first thing that is wrong.
/// </summary>
public sealed class LedgerVerification(IDbContextFactory<StoreCreditDbContext> contexts)
{
    private const int AccountsAtATime = 200;

    /// <param name="progress">Told the number of entries read so far.</param>
    public async Task<LedgerReport> VerifyAsync(Caller caller, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.VerifyLedger, cancellationToken);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTrackingWithIdentityResolution;
        await using var snapshot = await db.BeginReadAsync(cancellationToken);

        List<LedgerAnchor> anchors;
        try
        {
            anchors = await db.LedgerAnchors.AsNoTracking().OrderBy(anchor => anchor.Id).ToListAsync(cancellationToken);
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return new LedgerReport(false, 0, $"An anchor cannot be read. {unreadable.Message}", null);
        }

        using var anchored = new AnchorCheck(anchors);
        LedgerReport Report(long entries, string? broken) => new(broken is null, entries, broken, anchors.Count == 0 ? null : LedgerAnchorView.Of(anchors[^1]));
        long read = 0;
        long lastAccountId = 0;
        while (true)
        {
            var heads = await db.Accounts
                .Where(account => account.Id > lastAccountId).OrderBy(account => account.Id).Take(AccountsAtATime)
                .Select(account => new AccountHead(account.Id, account.PublicId, account.LastSequence, account.LastHash))
                .ToListAsync(cancellationToken);
            if (heads.Count == 0)
            {
                return Report(read, await StrayAsync(db, cancellationToken) ?? anchored.FirstWrong() ?? await MovementCheck.FirstWrongAsync(db, cancellationToken));
            }

            lastAccountId = heads[^1].Id;
            var (entries, broken) = await CheckReadableAsync(db, heads, anchored, cancellationToken);
            read += entries;
            if (broken is not null)
            {
                return Report(read, broken);
            }

            progress?.Report(read);
        }
    }

    /// <summary>A value that was overwritten with something that is no value of its column stops the reading: then account by account, to name the one.</summary>
    private static async Task<(long Entries, string? Broken)> CheckReadableAsync(
        StoreCreditDbContext db, IReadOnlyList<AccountHead> heads, AnchorCheck anchored, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckAsync(db, heads, anchored, cancellationToken);
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            if (heads is [var head])
            {
                return (0, $"Account {head.PublicId}: something stored for it cannot be read. {unreadable.Message}");
            }

            long read = 0;
            foreach (var one in heads)
            {
                var (entries, broken) = await CheckReadableAsync(db, [one], anchored, cancellationToken);
                read += entries;
                if (broken is not null)
                {
                    return (read, broken);
                }
            }

            return (read, null);
        }
    }

    private static async Task<(long Entries, string? Broken)> CheckAsync(
        StoreCreditDbContext db, IReadOnlyList<AccountHead> heads, AnchorCheck anchored, CancellationToken cancellationToken)
    {
        var (from, to) = (heads[0].Id, heads[^1].Id);
        var checks = heads.ToDictionary(head => head.Id, head => new AccountCheck(head));
        var anchoredOf = heads.ToDictionary(head => head.Id, head => new AnchoredEntries(head.PublicId));
        long read = 0;
        await foreach (var one in db.LedgerEntries
            .AsNoTracking()
            .Where(entry => entry.AccountId >= from && entry.AccountId <= to)
            .OrderBy(entry => entry.AccountId).ThenBy(entry => entry.Sequence)
            .Select(entry => new HashedEntry(entry, entry.Operation.PublicId, entry.Credit.PublicId, entry.Reason!.Code, entry.Authorization!.Code))
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            read++;
            if (!checks.TryGetValue(one.Entry.AccountId, out var check))
            {
                continue;
            }

            if (check.Next(one) is { } broken)
            {
                return (read, broken);
            }

            if (anchored.PositionOf(one.Entry.Id) is { } position)
            {
                anchoredOf[one.Entry.AccountId].Next(position, one.Entry);
            }
        }

        var credits = await db.Credits.Where(credit => credit.AccountId >= from && credit.AccountId <= to).ToListAsync(cancellationToken);
        var balances = await db.AccountBalances.Where(balance => balance.AccountId >= from && balance.AccountId <= to).ToListAsync(cancellationToken);
        var authorizations = await db.Authorizations
            .Include(authorization => authorization.Lines)
            .Where(authorization => authorization.AccountId >= from && authorization.AccountId <= to)
            .AsSingleQuery().ToListAsync(cancellationToken);
        var creditsOf = credits.ToLookup(credit => credit.AccountId);
        var balancesOf = balances.ToLookup(balance => balance.AccountId);
        var linesOf = authorizations.SelectMany(authorization => authorization.Lines).ToLookup(line => line.Authorization.AccountId);
        var first = heads
            .Select(head => checks[head.Id].Finish(creditsOf[head.Id], balancesOf[head.Id], linesOf[head.Id]))
            .FirstOrDefault(broken => broken is not null);
        foreach (var head in heads)
        {
            anchored.Add(anchoredOf[head.Id]);
        }

        return (read, first);
    }

    /// <summary>What reading a value throws that is none of its column's.</summary>
    private static bool IsUnreadable(Exception exception) =>
        exception is FormatException or ArgumentException or InvalidCastException or OverflowException or InvalidOperationException;

    /// <summary>What no account leads to, and so no check above came upon.</summary>
    private static async Task<string?> StrayAsync(StoreCreditDbContext db, CancellationToken cancellationToken)
    {
        if (await db.LedgerEntries.Where(entry => !db.Accounts.Any(account => account.Id == entry.AccountId)).Select(entry => (Guid?)entry.PublicId).FirstOrDefaultAsync(cancellationToken) is { } entryId)
        {
            return $"Entry {entryId}: its account is missing.";
        }

        if (await db.Credits.Where(credit => !db.Accounts.Any(account => account.Id == credit.AccountId)).Select(credit => (Guid?)credit.PublicId).FirstOrDefaultAsync(cancellationToken) is { } creditId)
        {
            return $"Credit {creditId}: its account is missing.";
        }

        return await db.Operations.Where(one => !db.OperationOutcomes.Any(outcome => outcome.OperationId == one.Id)).Select(one => (Guid?)one.PublicId).FirstOrDefaultAsync(cancellationToken) is { } operationId
            ? $"Operation {operationId}: its outcome is missing."
            : null;
    }
}
