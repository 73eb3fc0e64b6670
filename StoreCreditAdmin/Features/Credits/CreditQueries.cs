using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Credits;

/// <summary>A page of credits, with the totals of the whole filter.</summary>
public sealed record CreditPage(IReadOnlyList<CreditView> Items, int TotalCount, IReadOnlyList<CreditTotals> Totals) : Page<CreditView>(Items, TotalCount);

/// <summary>A list of credits as the HTTP API answers it, with the totals of the whole filter.</summary>
public sealed record CreditList(IReadOnlyList<CreditView> Items, string? NextCursor, IReadOnlyList<CreditTotals> Totals) : KeysetPage<CreditView>(Items, NextCursor);

/// <summary>Reads credits.</summary>
public sealed class CreditQueries(IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    private const string ListName = "credits";

    /// <summary>The names by which lists can be sorted. Any other name gives the usual order: newest first.</summary>
    private static readonly Dictionary<string, Expression<Func<Credit, object?>>> SortKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["account"] = credit => credit.Account.Name,
        ["store"] = credit => credit.Store.Name,
        ["name"] = credit => credit.Name,
        ["type"] = credit => credit.Type.Name,
        ["currency"] = credit => credit.CurrencyCode,
        ["credited"] = credit => credit.Buckets.Available + credit.Buckets.Authorized + credit.Buckets.Used + credit.Buckets.Expired + credit.Buckets.Reclaimed + credit.Buckets.Invalidated,
        ["used"] = credit => credit.Buckets.Used,
        ["authorized"] = credit => credit.Buckets.Authorized,
        ["remaining"] = credit => credit.Buckets.Available,
        ["memo"] = credit => credit.Memo,
        ["createdBy"] = credit => credit.CreatedBy,
        ["issuedOn"] = credit => credit.IssuedAt,
        ["effectiveOn"] = credit => credit.EffectiveOn,
        ["expiresOn"] = credit => credit.ExpiresOn,
        ["invalidatedAt"] = credit => credit.InvalidatedAt,
    };

    public static IReadOnlyCollection<string> SortNames => SortKeys.Keys;

    /// <summary>The credit, deleted or not; null where there is none.</summary>
    public async Task<CreditView?> GetAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var credit = await WithNames(db.Credits.AsNoTracking()).SingleOrDefaultAsync(one => one.PublicId == id, cancellationToken);
        return credit is null ? null : CreditView.Of(credit, clock.GetUtcNow());
    }

    public async Task<CreditPage> ListAsync(Caller caller, CreditFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var (matching, now) = await MatchingAsync(db, caller, filter, cancellationToken);
        var rows = await WithNames(Sorted(matching, page)).Skip(page.Skip).Take(page.Rows).ToListAsync(cancellationToken);
        var (totals, count) = await TotalsAsync(matching, cancellationToken);
        return new CreditPage([.. rows.Select(credit => CreditView.Of(credit, now))], count, totals);
    }

    public async Task<CreditList> ListAsync(Caller caller, CreditFilter filter, KeysetRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var (matching, now) = await MatchingAsync(db, caller, filter, cancellationToken);
        var rest = matching;
        if (page.After is { } after)
        {
            var (issuedAt, id) = (after.Instant(ListName, 0), after.Number(ListName, 1));
            rest = matching.Where(credit => credit.IssuedAt < issuedAt || (credit.IssuedAt == issuedAt && credit.Id < id));
        }

        var rows = await WithNames(NewestFirst(rest)).Take(page.Limit + 1).ToListAsync(cancellationToken);
        var list = KeysetPage<CreditView>.Of(rows, page.Limit, credit => CreditView.Of(credit, now), credit => Cursor.After(ListName, credit.IssuedAt.UtcTicks, credit.Id));
        var (totals, _) = await TotalsAsync(matching, cancellationToken);
        return new CreditList(list.Items, list.NextCursor, totals);
    }

    /// <summary>All credits of a filter, one after the other, for files.</summary>
    public async IAsyncEnumerable<CreditView> ReadAllAsync(
        Caller caller, CreditFilter filter, PageRequest sortedAs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var (matching, now) = await MatchingAsync(db, caller, filter, cancellationToken);
        await foreach (var credit in WithNames(Sorted(matching, sortedAs)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return CreditView.Of(credit, now);
        }
    }

    private async Task<(IQueryable<Credit> Matching, DateTimeOffset Now)> MatchingAsync(
        StoreCreditDbContext db, Caller caller, CreditFilter filter, CancellationToken cancellationToken)
    {
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var now = clock.GetUtcNow();
        return (await filter.ApplyAsync(db, now, cancellationToken), now);
    }

    private static async Task<(IReadOnlyList<CreditTotals> Totals, int Count)> TotalsAsync(IQueryable<Credit> matching, CancellationToken cancellationToken)
    {
        var sums = await matching
            .GroupBy(credit => credit.CurrencyCode)
            .OrderBy(credits => credits.Key)
            .Select(credits => new
            {
                Currency = credits.Key,
                Count = credits.Count(),
                Available = credits.Sum(credit => credit.Buckets.Available),
                Authorized = credits.Sum(credit => credit.Buckets.Authorized),
                Used = credits.Sum(credit => credit.Buckets.Used),
                Gone = credits.Sum(credit => credit.Buckets.Expired + credit.Buckets.Reclaimed + credit.Buckets.Invalidated),
            })
            .ToListAsync(cancellationToken);
        var totals = sums.Select(sum =>
        {
            var currency = Currency.Of(sum.Currency);
            return new CreditTotals(
                currency.Code,
                Amount.Of(sum.Available + sum.Authorized + sum.Used + sum.Gone, currency),
                Amount.Of(sum.Used, currency),
                Amount.Of(sum.Authorized, currency),
                Amount.Of(sum.Available, currency));
        });
        return ([.. totals], sums.Sum(sum => sum.Count));
    }

    private static IQueryable<Credit> Sorted(IQueryable<Credit> credits, PageRequest page) =>
        page.SortBy is null || !SortKeys.TryGetValue(page.SortBy, out var key) ? NewestFirst(credits)
        : page.Descending ? credits.OrderByDescending(key).ThenByDescending(credit => credit.Id)
        : credits.OrderBy(key).ThenBy(credit => credit.Id);

    private static IQueryable<Credit> NewestFirst(IQueryable<Credit> credits) =>
        credits.OrderByDescending(credit => credit.IssuedAt).ThenByDescending(credit => credit.Id);

    private static IQueryable<Credit> WithNames(IQueryable<Credit> credits) => credits
        .Include(credit => credit.Account).Include(credit => credit.Store).Include(credit => credit.Type).Include(credit => credit.OriginCredit);
}
