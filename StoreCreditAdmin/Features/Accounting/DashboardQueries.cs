using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounting;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>How the shop's credit stands, at one glance.</summary>
public sealed record DashboardView
{
    /// <summary>By store and currency, never added up across them.</summary>
    public required IReadOnlyList<StoreGlance> Stores { get; init; }

    public required int AccountsOnHold { get; init; }

    /// <summary>Every age, in all stores.</summary>
    public required IReadOnlyList<HoldAgeTotal> OpenAuthorizations { get; init; }

    /// <summary>The newest entries first.</summary>
    public required IReadOnlyList<LatestEntry> Latest { get; init; }
}

/// <summary>One store in one currency.</summary>
public sealed record StoreGlance
{
    /// <summary>The store's code.</summary>
    public required string Store { get; init; }

    public required string Currency { get; init; }

    /// <summary>The date that it is now in the store.</summary>
    public required DateOnly Today { get; init; }

    public required Amount Outstanding { get; init; }

    public required Amount Available { get; init; }

    public required Amount Authorized { get; init; }

    /// <summary>The last thirty days, today among them, the earliest first; every day is there.</summary>
    public required IReadOnlyList<DayGlance> Days { get; init; }

    public required Amount Issued { get; init; }

    public required Amount Used { get; init; }

    public required Amount Expired { get; init; }

    /// <summary>What has its last good day from today on and within so many days: 7 and 30.</summary>
    public required IReadOnlyList<ExpiringGlance> Expiring { get; init; }
}

public sealed record DayGlance(DateOnly On, Amount Issued, Amount Used, Amount Expired);

public sealed record ExpiringGlance(int Days, int Credits, Amount Amount);

public sealed record AccountOnHold(Guid AccountId, string Name, DateTimeOffset Since, string? By, string? Reason, string? Note);

public sealed record LatestEntry(EntryView Entry, Guid AccountId, string AccountName);

/// <summary>Reads the dashboard. Every part is found by an index or read from sums, however long the history is.</summary>
public sealed class DashboardQueries(IDbContextFactory<StoreCreditDbContext> contexts, AuthorizationQueries authorizations, TimeProvider clock)
{
    private const int Days = 30;
    private const int LatestEntries = 10;

    private static readonly int[] Windows = [7, 30];

    private static readonly Expression<Func<Account, AccountOnHold>> OnHold = account =>
        new AccountOnHold(account.PublicId, account.Name, account.HeldSince!.Value, account.HeldBy, account.HoldReason!.Name, account.HoldNote);

    public async Task<DashboardView> GetAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var now = clock.GetUtcNow();
        var stores = await db.Stores.AsNoTracking().ToDictionaryAsync(store => store.Id, cancellationToken);
        var sums = await MovementSums.OpenAsync(db, cancellationToken);
        var lots = (await sums.BalancesAsync(new MovementScope(), null, cancellationToken)).ToLookup(lot => (lot.StoreId, lot.Currency));
        var firstDay = stores.Values.Min(store => store.DateOf(now)).AddDays(1 - Days);
        var moved = (await sums.MovedByDayAsync(new MovementScope { Kinds = [EntryKind.Issue, EntryKind.Capture, EntryKind.Expire] }, firstDay, DateOnly.MaxValue, cancellationToken))
            .ToLookup(movement => (movement.StoreId, movement.Currency));
        var expiring = await ExpiringAsync(db, stores, now, cancellationToken);
        var latest = await db.LedgerEntries.AsNoTracking().Include(entry => entry.Account).OrderByDescending(entry => entry.Id).Take(LatestEntries)
            .Select(EntryView.Row).ToListAsync(cancellationToken);
        var open = await authorizations.ListOpenAsync(caller, new OpenAuthorizationFilter(), new PageRequest(Take: 1), cancellationToken);
        return new DashboardView
        {
            Stores = [.. lots.Select(one => one.Key).Union(moved.Select(one => one.Key))
                .OrderBy(one => (!stores[one.StoreId].IsDefault, stores[one.StoreId].Name, one.Currency))
                .Select(one => GlanceOf(stores[one.StoreId], Currency.Of(one.Currency), stores[one.StoreId].DateOf(now), [.. lots[one]], [.. moved[one]], expiring))],
            AccountsOnHold = await db.Accounts.CountAsync(account => account.HeldSince != null, cancellationToken),
            OpenAuthorizations = open.Ages,
            Latest = [.. latest.Select(row => new LatestEntry(EntryView.Of(row, forCustomer: false), row.Entry.Account.PublicId, row.Entry.Account.Name))],
        };
    }

    /// <summary>Those first that are held the longest.</summary>
    public async Task<Page<AccountOnHold>> OnHoldAsync(Caller caller, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var held = LongestHeldFirst(db);
        var rows = await held.Skip(page.Skip).Take(page.Rows).Select(OnHold).ToListAsync(cancellationToken);
        return new Page<AccountOnHold>(rows, await held.CountAsync(cancellationToken));
    }

    /// <summary>All of them, one after the other, for files.</summary>
    public async IAsyncEnumerable<AccountOnHold> ReadAllOnHoldAsync(Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        await foreach (var held in LongestHeldFirst(db).Select(OnHold).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return held;
        }
    }

    private static IQueryable<Account> LongestHeldFirst(StoreCreditDbContext db) =>
        db.Accounts.Where(account => account.HeldSince != null).OrderBy(account => account.HeldSince).ThenBy(account => account.Id);

    /// <summary>By last good day, of those within the widest window of any store.</summary>
    private static async Task<IReadOnlyList<Expiring>> ExpiringAsync(
        StoreCreditDbContext db, Dictionary<int, Store> stores, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var first = stores.Values.Min(store => store.DateOf(now));
        var last = stores.Values.Max(store => store.DateOf(now)).AddDays(Windows.Max());
        return await db.Credits.Where(credit => credit.Buckets.Available > 0 && credit.ExpiresOn != null && credit.ExpiresOn >= first && credit.ExpiresOn <= last)
            .GroupBy(credit => new { credit.StoreId, credit.CurrencyCode, credit.ExpiresOn })
            .Select(credits => new Expiring(credits.Key.StoreId, credits.Key.CurrencyCode, credits.Key.ExpiresOn!.Value, credits.Count(), credits.Sum(credit => credit.Buckets.Available)))
            .ToListAsync(cancellationToken);
    }

    private static StoreGlance GlanceOf(
        Store store, Currency currency, DateOnly today, IReadOnlyList<LotBalance> lots, IReadOnlyList<Movement> moved, IReadOnlyList<Expiring> expiring)
    {
        Amount Of(long minor) => Amount.Of(minor, currency);
        var shown = moved.Where(movement => movement.On > today.AddDays(-Days) && movement.On <= today).ToLookup(movement => (movement.On, movement.Kind), movement => movement.AmountMinor);
        Amount On(DateOnly day, EntryKind kind) => Of(MovementSums.Sum(shown[(day, kind)]));
        List<DayGlance> days = [.. Enumerable.Range(1 - Days, Days).Select(today.AddDays)
            .Select(day => new DayGlance(day, On(day, EntryKind.Issue), On(day, EntryKind.Capture), On(day, EntryKind.Expire)))];
        var outstanding = MovementSums.Sum(lots.Select(lot => lot.OutstandingMinor));
        var authorized = MovementSums.Sum(lots.Select(lot => lot.AuthorizedMinor));
        return new StoreGlance
        {
            Store = store.Code,
            Currency = currency.Code,
            Today = today,
            Outstanding = Of(outstanding),
            Available = Of(outstanding - authorized),
            Authorized = Of(authorized),
            Days = days,
            Issued = Of(MovementSums.Sum(days.Select(day => day.Issued.Minor))),
            Used = Of(MovementSums.Sum(days.Select(day => day.Used.Minor))),
            Expired = Of(MovementSums.Sum(days.Select(day => day.Expired.Minor))),
            Expiring = [.. Windows.Select(window =>
            {
                List<Expiring> within = [.. expiring.Where(one => one.StoreId == store.Id && one.Currency == currency.Code && one.On >= today && one.On <= today.AddDays(window))];
                return new ExpiringGlance(window, within.Sum(one => one.Credits), Of(MovementSums.Sum(within.Select(one => one.AvailableMinor))));
            })],
        };
    }

    private sealed record Expiring(int StoreId, string Currency, DateOnly On, int Credits, long AvailableMinor);
}
