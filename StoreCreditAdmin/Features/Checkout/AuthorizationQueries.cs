using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>Finds authorizations.</summary>
public sealed class AuthorizationQueries(IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    private const int MaxAccounts = 200;

    /// <summary>For whoever may look at everything, and for shops that may make them. Null where there is none of the code.</summary>
    public async Task<AuthorizationView?> GetAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, caller.May(Permission.View) ? Permission.View : Permission.Checkout, cancellationToken);
        return await db.FindAuthorizationAsync(code) is { } found ? AuthorizationView.Of(found) : null;
    }

    /// <summary>Those that still hold something, oldest first, or by <c>expiresAt</c>, <c>account</c> or <c>held</c>.</summary>
    public async Task<OpenAuthorizationPage> ListOpenAsync(Caller caller, OpenAuthorizationFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var now = clock.GetUtcNow();
        var ofAllAges = await FilterAsync(db, filter, cancellationToken);
        var ages = await AgesAsync(ofAllAges, now, cancellationToken);
        var open = ofAllAges;
        if (filter.Age is { } age)
        {
            var (from, to) = age.Made(now);
            open = open.Where(one => one.CreatedAt >= from && one.CreatedAt < to);
        }

        var rows = await Rows(db, Sorted(open, page).Skip(page.Skip).Take(page.Rows)).ToListAsync(cancellationToken);
        var count = filter.Age is { } only ? ages.Single(total => total.Age == only).Count : ages.Sum(total => total.Count);
        return new OpenAuthorizationPage(
            rows.ConvertAll(RowOf),
            count,
            ages,
            now);
    }

    /// <summary>All that still hold something, one after the other, for files.</summary>
    public async IAsyncEnumerable<OpenAuthorization> ReadAllOpenAsync(
        Caller caller, OpenAuthorizationFilter filter, PageRequest sortedAs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var open = await FilterAsync(db, filter, cancellationToken);
        if (filter.Age is { } age)
        {
            var (from, to) = age.Made(clock.GetUtcNow());
            open = open.Where(one => one.CreatedAt >= from && one.CreatedAt < to);
        }

        await foreach (var row in Rows(db, Sorted(open, sortedAs)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return RowOf(row);
        }
    }

    private static IQueryable<Loaded> Rows(StoreCreditDbContext db, IQueryable<Authorization> open) => open.Select(one => new Loaded(
        one,
        one.Account.PublicId,
        one.Account.Name,
        one.Store.Code,
        one.Lines.Sum(line => line.AuthorizedMinor - line.CapturedMinor - line.ReleasedMinor),
        db.Orders.Any(order => order.Number == one.OrderNumber)));

    private static OpenAuthorization RowOf(Loaded row) => new()
    {
        Code = row.Authorization.Code,
        AccountId = row.AccountId,
        AccountName = row.AccountName,
        Store = row.Store,
        OrderNumber = row.Authorization.OrderNumber,
        InvoiceNumber = row.Authorization.InvoiceNumber,
        OrderIsKnown = row.OrderIsKnown,
        Currency = row.Authorization.CurrencyCode,
        Held = Amount.Of(row.Held, row.Authorization.Currency),
        CreatedAt = row.Authorization.CreatedAt,
        ExpiresAt = row.Authorization.ExpiresAt,
    };

    private static async Task<IQueryable<Authorization>> FilterAsync(StoreCreditDbContext db, OpenAuthorizationFilter filter, CancellationToken cancellationToken)
    {
        var open = db.Authorizations.AsNoTracking().Where(one => one.IsOpen);
        if (filter.Store is not null)
        {
            open = open.Where(one => one.Store.Code == filter.Store);
        }

        if (filter.Currency is not null)
        {
            open = open.Where(one => one.CurrencyCode == filter.Currency);
        }

        if (filter.Account is not null)
        {
            var accounts = SearchTerms.Of(filter.Account) is { } terms ? (await new AccountMatcher(db, terms, cancellationToken).FindAsync(0, MaxAccounts)).Ids : [];
            open = open.Where(one => accounts.Contains(one.AccountId));
        }

        return open;
    }

    private static async Task<List<HoldAgeTotal>> AgesAsync(IQueryable<Authorization> open, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (hour, day, week) = (HoldAge.UnderAnHour.Made(now).From, HoldAge.UnderADay.Made(now).From, HoldAge.UnderAWeek.Made(now).From);
        var sums = await open
            .Select(one => new
            {
                Age = one.CreatedAt >= hour ? HoldAge.UnderAnHour : one.CreatedAt >= day ? HoldAge.UnderADay : one.CreatedAt >= week ? HoldAge.UnderAWeek : HoldAge.Older,
                one.CurrencyCode,
                Held = one.Lines.Sum(line => line.AuthorizedMinor - line.CapturedMinor - line.ReleasedMinor),
            })
            .GroupBy(one => new { one.Age, one.CurrencyCode })
            .Select(some => new { some.Key.Age, some.Key.CurrencyCode, Count = some.Count(), Held = some.Sum(one => one.Held) })
            .ToListAsync(cancellationToken);
        return
        [
            .. Enum.GetValues<HoldAge>().Select(age => new HoldAgeTotal(
                age,
                sums.Where(sum => sum.Age == age).Sum(sum => sum.Count),
                [
                    .. sums.Where(sum => sum.Age == age).OrderBy(sum => sum.CurrencyCode, StringComparer.Ordinal)
                        .Select(sum => new HeldSum(sum.CurrencyCode, Amount.Of(sum.Held, Currency.Of(sum.CurrencyCode)))),
                ])),
        ];
    }

    private static IQueryable<Authorization> Sorted(IQueryable<Authorization> open, PageRequest page) => (page.SortBy, page.Descending) switch
    {
        ("expiresAt", false) => open.OrderBy(one => one.ExpiresAt).ThenBy(one => one.Id),
        ("expiresAt", true) => open.OrderByDescending(one => one.ExpiresAt).ThenByDescending(one => one.Id),
        ("account", false) => open.OrderBy(one => one.Account.NameKey).ThenBy(one => one.Id),
        ("account", true) => open.OrderByDescending(one => one.Account.NameKey).ThenByDescending(one => one.Id),
        ("held", false) => open.OrderBy(one => one.Lines.Sum(line => line.AuthorizedMinor - line.CapturedMinor - line.ReleasedMinor)).ThenBy(one => one.Id),
        ("held", true) => open.OrderByDescending(one => one.Lines.Sum(line => line.AuthorizedMinor - line.CapturedMinor - line.ReleasedMinor)).ThenByDescending(one => one.Id),
        ("createdAt", true) => open.OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.Id),
        _ => open.OrderBy(one => one.CreatedAt).ThenBy(one => one.Id),
    };

    private sealed record Loaded(Authorization Authorization, Guid AccountId, string AccountName, string Store, long Held, bool OrderIsKnown);
}
