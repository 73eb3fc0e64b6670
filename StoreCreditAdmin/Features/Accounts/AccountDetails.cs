using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounts;

/// <param name="Store">A store's code, and <paramref name="Currency"/> a currency's; null for all.</param>
/// <param name="AsOf">The balance at the end of this day, by the dates on which entries took effect; null for now.</param>
public sealed record BalanceQuery(string? Store = null, string? Currency = null, DateOnly? AsOf = null);

public sealed record BalanceList(IReadOnlyList<BalanceItem> Items);

public sealed record BalanceItem(string Store, string Currency, Amount Available, Amount Authorized, Amount Used, Amount Expired, NextExpiry? NextExpiry);

/// <summary>What is available now and expires next, and the last day on which it can be spent.</summary>
public sealed record NextExpiry(DateOnly On, Amount Amount);

/// <summary>Reads one account: itself and what it had on a day.</summary>
public sealed class AccountDetails(IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    public async Task<Result<AccountView>> GetAsync(Caller caller, string accountReference, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var id = await db.Accounts.WithReference(accountReference).Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken);
        return id is null ? AccountLookups.NotFound : await db.LoadViewAsync(id.Value, cancellationToken);
    }

    public async Task<Result<BalanceList>> BalanceAsync(Caller caller, string accountReference, BalanceQuery query, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var accountId = await db.Accounts.WithReference(accountReference).Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken);
        if (accountId is null)
        {
            return AccountLookups.NotFound;
        }

        var stores = await db.Stores.AsNoTracking().ToDictionaryAsync(store => store.Id, cancellationToken);
        var storeId = stores.Values.FirstOrDefault(store => store.Code == query.Store)?.Id;
        if (!string.IsNullOrEmpty(query.Store) && storeId is null)
        {
            return new Refusal("store-unknown", $"There is no store '{query.Store}'.", "store");
        }

        if (!string.IsNullOrEmpty(query.Currency) && CatalogueLookups.FindCurrency(query.Currency).Refusal is { } unknown)
        {
            return unknown;
        }

        var currency = string.IsNullOrEmpty(query.Currency) ? null : query.Currency;
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var values = query.AsOf is { } asOf
            ? await ValuesOnAsync(db, accountId.Value, storeId, currency, asOf, cancellationToken)
            : await ValuesNowAsync(db, accountId.Value, storeId, currency, cancellationToken);
        var expiring = await ExpiringAsync(db, accountId.Value, storeId, currency, query.AsOf, cancellationToken);
        return new BalanceList(
        [
            .. values.OrderBy(value => stores[value.StoreId].Code, StringComparer.Ordinal).ThenBy(value => value.Currency, StringComparer.Ordinal)
                .Select(value => ItemOf(value, stores[value.StoreId], expiring, query.AsOf ?? stores[value.StoreId].DateOf(clock.GetUtcNow()))),
        ]);
    }

    private static BalanceItem ItemOf(Value value, Store store, List<Expiring> expiring, DateOnly today)
    {
        var currency = Currency.Of(value.Currency);
        var next = expiring
            .Where(one => one.StoreId == value.StoreId && one.Currency == value.Currency && one.On >= today && one.AvailableMinor > 0)
            .GroupBy(one => one.On)
            .MinBy(day => day.Key);
        return new BalanceItem(
            store.Code,
            currency.Code,
            Amount.Of(value.Available, currency),
            Amount.Of(value.Authorized, currency),
            Amount.Of(value.Used, currency),
            Amount.Of(value.Expired, currency),
            next is null ? null : new NextExpiry(next.Key, Amount.Of(next.Sum(one => one.AvailableMinor), currency)));
    }

    private static Task<List<Value>> ValuesNowAsync(StoreCreditDbContext db, long accountId, int? storeId, string? currency, CancellationToken cancellationToken) =>
        db.AccountBalances
            .Where(balance => balance.AccountId == accountId && (storeId == null || balance.StoreId == storeId) && (currency == null || balance.CurrencyCode == currency))
            .Select(balance => new Value(
                balance.StoreId, balance.CurrencyCode, balance.Buckets.Available, balance.Buckets.Authorized, balance.Buckets.Used, balance.Buckets.Expired))
            .ToListAsync(cancellationToken);

    private static async Task<List<Value>> ValuesOnAsync(
        StoreCreditDbContext db, long accountId, int? storeId, string? currency, DateOnly asOf, CancellationToken cancellationToken)
    {
        var moved = await EntriesUntil(db, accountId, storeId, currency, asOf)
            .GroupBy(entry => new { entry.StoreId, entry.CurrencyCode, entry.From, entry.To })
            .Select(entries => new { entries.Key, Minor = entries.Sum(entry => entry.AmountMinor) })
            .ToListAsync(cancellationToken);
        return
        [
            .. moved.GroupBy(one => (one.Key.StoreId, one.Key.CurrencyCode)).Select(group =>
            {
                long Of(Bucket bucket) => group.Sum(one => one.Key.To == bucket ? one.Minor : one.Key.From == bucket ? -one.Minor : 0);
                return new Value(group.Key.StoreId, group.Key.CurrencyCode, Of(Bucket.Available), Of(Bucket.Authorized), Of(Bucket.Used), Of(Bucket.Expired));
            }),
        ];
    }

    private static Task<List<Expiring>> ExpiringAsync(
        StoreCreditDbContext db, long accountId, int? storeId, string? currency, DateOnly? asOf, CancellationToken cancellationToken) =>
        asOf is { } day
            ? EntriesUntil(db, accountId, storeId, currency, day)
                .Where(entry => entry.Credit.ExpiresOn != null && (entry.From == Bucket.Available || entry.To == Bucket.Available))
                .GroupBy(entry => new { entry.StoreId, entry.CurrencyCode, entry.Credit.ExpiresOn })
                .Select(entries => new Expiring(
                    entries.Key.StoreId,
                    entries.Key.CurrencyCode,
                    entries.Key.ExpiresOn!.Value,
                    entries.Sum(entry => entry.To == Bucket.Available ? entry.AmountMinor : -entry.AmountMinor)))
                .ToListAsync(cancellationToken)
            : db.Credits
                .Where(credit => credit.AccountId == accountId && credit.Buckets.Available > 0 && credit.ExpiresOn != null)
                .Where(credit => (storeId == null || credit.StoreId == storeId) && (currency == null || credit.CurrencyCode == currency))
                .GroupBy(credit => new { credit.StoreId, credit.CurrencyCode, credit.ExpiresOn })
                .Select(credits => new Expiring(credits.Key.StoreId, credits.Key.CurrencyCode, credits.Key.ExpiresOn!.Value, credits.Sum(credit => credit.Buckets.Available)))
                .ToListAsync(cancellationToken);

    private static IQueryable<LedgerEntry> EntriesUntil(StoreCreditDbContext db, long accountId, int? storeId, string? currency, DateOnly day) =>
        db.LedgerEntries.Where(entry => entry.AccountId == accountId && entry.EffectiveOn <= day
            && (storeId == null || entry.StoreId == storeId) && (currency == null || entry.CurrencyCode == currency));

    private sealed record Value(int StoreId, string Currency, long Available, long Authorized, long Used, long Expired);

    private sealed record Expiring(int StoreId, string Currency, DateOnly On, long AvailableMinor);
}
