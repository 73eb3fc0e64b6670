using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>What an account had in a store and currency by the days on which entries took effect, in minor units.</summary>
public readonly record struct EffectiveBalance(long AvailableMinor, long AuthorizedMinor)
{
    public long TotalMinor => checked(AvailableMinor + AuthorizedMinor);
}

/// <summary>
/// Finds the balance of any day without adding up the history. Entries that are not back-dated take effect in the order in which they were written. So the
/// running balance of the last of them before a day holds all entries up to it, and of the entries after it only back-dated ones can belong before the day too.
/// </summary>
public static class EffectiveBalances
{
    private static readonly Func<StoreCreditDbContext, long, int, string, DateOnly, CancellationToken, Task<RunningBalance?>> FindLastInOrder =
        EF.CompileAsyncQuery((StoreCreditDbContext db, long account, int store, string currency, DateOnly day, CancellationToken cancellationToken) => db.LedgerEntries
            .Where(entry => entry.AccountId == account && entry.StoreId == store && entry.CurrencyCode == currency && entry.EffectiveOn < day && !entry.IsBackDated)
            .OrderByDescending(entry => entry.EffectiveOn).ThenByDescending(entry => entry.Sequence)
            .Select(entry => new RunningBalance(entry.Sequence, entry.AccountAvailableAfter, entry.AccountAuthorizedAfter))
            .FirstOrDefault());

    private static readonly Func<StoreCreditDbContext, long, int, string, DateOnly, long, IAsyncEnumerable<Moved>> SumBackDated =
        EF.CompileAsyncQuery((StoreCreditDbContext db, long account, int store, string currency, DateOnly day, long sequence) => db.LedgerEntries
            .Where(entry => entry.AccountId == account && entry.StoreId == store && entry.CurrencyCode == currency
                && entry.IsBackDated && entry.Sequence > sequence && entry.EffectiveOn < day)
            .GroupBy(entry => new { entry.From, entry.To })
            .Select(entries => new Moved(entries.Key.From, entries.Key.To, entries.Sum(entry => entry.AmountMinor))));

    /// <summary>The sum of all movements that took effect before the day.</summary>
    public static async Task<EffectiveBalance> BalanceBeforeAsync(
        this StoreCreditDbContext db, long accountId, int storeId, string currencyCode, DateOnly day, CancellationToken cancellationToken = default)
    {
        var last = await FindLastInOrder(db, accountId, storeId, currencyCode, day, cancellationToken) ?? new RunningBalance(0, 0, 0);
        var (available, authorized) = (last.AvailableMinor, last.AuthorizedMinor);
        await foreach (var moved in SumBackDated(db, accountId, storeId, currencyCode, day, last.Sequence).WithCancellation(cancellationToken))
        {
            available = checked(available + moved.Into(Bucket.Available));
            authorized = checked(authorized + moved.Into(Bucket.Authorized));
        }

        return new EffectiveBalance(available, authorized);
    }

    private sealed record RunningBalance(long Sequence, long AvailableMinor, long AuthorizedMinor);

    private sealed record Moved(Bucket From, Bucket To, long AmountMinor)
    {
        public long Into(Bucket bucket) => To == bucket ? AmountMinor : From == bucket ? -AmountMinor : 0;
    }
}
