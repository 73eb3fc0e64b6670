using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>The result of a verification: how many entries were read and the first thing that is wrong, if any.</summary>
public sealed record LedgerReport(bool Ok, long Entries, string? FirstBroken);

/// <summary>
/// Recomputes every bucket, balance, sequence and hash from the entries and names the first thing that is wrong. Reads one account at a time, in one snapshot.
/// </summary>
public sealed class LedgerVerification(IDbContextFactory<StoreCreditDbContext> contexts)
{
    private const int AccountsAtATime = 200;

    /// <param name="progress">Told the number of entries read so far.</param>
    public async Task<LedgerReport> VerifyAsync(Caller caller, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.VerifyLedger, cancellationToken);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await using var snapshot = await db.BeginReadAsync(cancellationToken);

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
                return new LedgerReport(true, read, null);
            }

            var (from, to) = (heads[0].Id, heads[^1].Id);
            lastAccountId = to;
            var entries = await db.LedgerEntries
                .Where(entry => entry.AccountId >= from && entry.AccountId <= to)
                .OrderBy(entry => entry.AccountId).ThenBy(entry => entry.Sequence)
                .Select(entry => new HashedEntry(entry, entry.Operation.PublicId, entry.Credit.PublicId, entry.Reason!.Code, entry.Authorization!.Code))
                .ToListAsync(cancellationToken);
            var credits = await db.Credits.Where(credit => credit.AccountId >= from && credit.AccountId <= to).ToListAsync(cancellationToken);
            var balances = await db.AccountBalances.Where(balance => balance.AccountId >= from && balance.AccountId <= to).ToListAsync(cancellationToken);
            var held = await db.Authorizations
                .Where(authorization => authorization.IsOpen && authorization.AccountId >= from && authorization.AccountId <= to)
                .SelectMany(authorization => authorization.Lines)
                .GroupBy(line => line.CreditId)
                .Select(lines => new { lines.Key, Open = lines.Sum(line => line.AuthorizedMinor - line.CapturedMinor - line.ReleasedMinor) })
                .ToDictionaryAsync(lines => lines.Key, lines => lines.Open, cancellationToken);

            read += entries.Count;
            var entriesOf = entries.ToLookup(one => one.Entry.AccountId);
            var creditsOf = credits.ToLookup(credit => credit.AccountId);
            var balancesOf = balances.ToLookup(balance => balance.AccountId);
            foreach (var head in heads)
            {
                var broken = FirstBroken(head, [.. entriesOf[head.Id]], [.. creditsOf[head.Id]], [.. balancesOf[head.Id]], held);
                if (broken is not null)
                {
                    return new LedgerReport(false, read, broken);
                }
            }

            progress?.Report(read);
        }
    }

    private static string? FirstBroken(
        AccountHead head, List<HashedEntry> entries, List<Credit> credits, List<AccountBalance> balances, Dictionary<long, long> held)
    {
        var ofCredit = new Dictionary<long, Buckets>();
        var ofBalance = new Dictionary<(int, string), Buckets>();
        var opening = new Dictionary<long, long>();
        var hash = EntryHash.Genesis;
        long sequence = 0;
        foreach (var (entry, operationId, creditId, reasonCode, authorizationCode) in entries)
        {
            string At(string what) => $"Account {head.PublicId}, entry {entry.Sequence}: {what}.";
            sequence++;
            if (entry.Sequence != sequence)
            {
                return $"Account {head.PublicId}, entry {sequence}: missing.";
            }

            if (!entry.PreviousHash.AsSpan().SequenceEqual(hash))
            {
                return At("does not follow the entry before");
            }

            hash = EntryHash.Of(entry, head.PublicId, operationId, creditId, reasonCode, authorizationCode);
            if (!entry.Hash.AsSpan().SequenceEqual(hash))
            {
                return At("was changed after it was written");
            }

            var creditBuckets = Of(ofCredit, entry.CreditId);
            var balanceBuckets = Of(ofBalance, (entry.StoreId, entry.CurrencyCode));
            if (!entry.Kind.Allows(entry.From, entry.To) || (entry.From != Bucket.Outside && creditBuckets[entry.From] < entry.AmountMinor))
            {
                return At("moves what was not there");
            }

            creditBuckets.Move(entry.From, entry.To, entry.AmountMinor);
            balanceBuckets.Move(entry.From, entry.To, entry.AmountMinor);
            opening.TryAdd(entry.CreditId, entry.AmountMinor);
            if (entry.AvailableAfter != creditBuckets.Available
                || entry.AccountAvailableAfter != balanceBuckets.Available
                || entry.AccountAuthorizedAfter != balanceBuckets.Authorized)
            {
                return At("states a balance that its entries do not give");
            }
        }

        if (head.LastSequence != sequence || !head.LastHash.AsSpan().SequenceEqual(hash))
        {
            return $"Account {head.PublicId}: its head says entry {head.LastSequence}, its entries end at {sequence} or with another hash.";
        }

        foreach (var credit in credits)
        {
            if (!Same(credit.Buckets, Of(ofCredit, credit.Id)) || credit.OpeningMinor != opening.GetValueOrDefault(credit.Id))
            {
                return $"Credit {credit.PublicId} of account {head.PublicId}: its amounts are not what its entries give.";
            }

            if (credit.Buckets.Authorized != held.GetValueOrDefault(credit.Id))
            {
                return $"Credit {credit.PublicId} of account {head.PublicId}: what it holds is not what its open authorizations hold.";
            }
        }

        return balances.Find(balance => !Same(balance.Buckets, Of(ofBalance, (balance.StoreId, balance.CurrencyCode)))) is { } wrong
            ? $"Balance of account {head.PublicId} in {wrong.CurrencyCode}: it is not what its entries give."
            : ofBalance.Keys.FirstOrDefault(key => balances.TrueForAll(balance => (balance.StoreId, balance.CurrencyCode) != key)) is (not 0, var currency)
                ? $"Balance of account {head.PublicId} in {currency}: missing."
                : null;
    }

    private static Buckets Of<TKey>(Dictionary<TKey, Buckets> all, TKey key)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var buckets))
        {
            buckets = new Buckets();
            all.Add(key, buckets);
        }

        return buckets;
    }

    private static bool Same(Buckets one, Buckets other) =>
        Enum.GetValues<Bucket>().Where(bucket => bucket != Bucket.Outside).All(bucket => one[bucket] == other[bucket]);

    private sealed record AccountHead(long Id, Guid PublicId, long LastSequence, byte[] LastHash);

    private sealed record HashedEntry(LedgerEntry Entry, Guid OperationId, Guid CreditId, string? ReasonCode, string? AuthorizationCode);
}
