using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>A ledger entry among those of all accounts.</summary>
/// <param name="Change">What it adds to the measure of the list.</param>
public sealed record AccountingEntry(EntryView Entry, Guid AccountId, string AccountName, Amount Change);

/// <param name="Change">What all entries of the list add to its measure, in one currency.</param>
public sealed record EntryTotal(string Currency, long Entries, Amount Change);

/// <summary>A page of entries, with the totals of the whole list.</summary>
/// <param name="From">The first day of the list; null for the beginning.</param>
/// <param name="To">The last day; null for now.</param>
public sealed record EntryListPage(IReadOnlyList<AccountingEntry> Items, int TotalCount, IReadOnlyList<EntryTotal> Totals, DateOnly? From, DateOnly? To)
    : Page<AccountingEntry>(Items, TotalCount);

/// <summary>
/// Reads the ledger entries behind a figure, the latest date of effect first. The totals come from the sums by day, as the figure itself does; so does on which days the
/// page's entries lie, so that a late page of a long list costs no more than the first.
/// </summary>
public sealed class EntryList(IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    public async Task<Result<EntryListPage>> ListAsync(Caller caller, EntryListRequest request, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var scope = await CheckAsync(db, caller, request, cancellationToken);
        if (!scope.IsOk)
        {
            return scope.Refusal;
        }

        var measure = request.Of ?? EntryMeasure.Outstanding;
        var list = request.ByHand ? await GivenAsync(db, request, scope.Value, page, cancellationToken) : await SummedAsync(db, request, scope.Value, page, cancellationToken);
        var accountIds = list.Rows.Select(row => row.Entry.AccountId).Distinct().ToList();
        var accounts = await db.Accounts.Where(account => accountIds.Contains(account.Id)).Select(account => new { account.Id, account.PublicId, account.Name })
            .ToDictionaryAsync(account => account.Id, cancellationToken);
        return new EntryListPage(
            [.. list.Rows.Select(row => ViewOf(row, measure, accounts[row.Entry.AccountId].PublicId, accounts[row.Entry.AccountId].Name))],
            (int)Math.Min(list.Totals.Sum(total => total.Entries), int.MaxValue),
            list.Totals,
            scope.Value.From == DateOnly.MinValue ? null : scope.Value.From,
            scope.Value.To == DateOnly.MaxValue ? null : scope.Value.To);
    }

    /// <summary>All entries of a list one after the other, for files. What <see cref="ListAsync"/> refuses has none.</summary>
    public async IAsyncEnumerable<AccountingEntry> ReadAllAsync(Caller caller, EntryListRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var asked = await CheckAsync(db, caller, request, cancellationToken);
        var scope = asked.IsOk ? asked.Value : throw new BadHttpRequestException(asked.Refusal.Message);
        var measure = request.Of ?? EntryMeasure.Outstanding;
        var entries = request.ByHand ? Given(db, request, scope) : Matching(db, request.Narrow(scope.Movements));
        var rows = LatestFirst(entries.Where(entry => entry.EffectiveOn >= scope.From && entry.EffectiveOn <= scope.To)).Include(entry => entry.Account).Select(EntryView.Row);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return ViewOf(row, measure, row.Entry.Account.PublicId, row.Entry.Account.Name);
        }
    }

    private async Task<Result<ReportScope>> CheckAsync(StoreCreditDbContext db, Caller caller, EntryListRequest request, CancellationToken cancellationToken)
    {
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var scope = await ReportScope.CheckAsync(db, request.Report, clock.GetUtcNow(), _ => DateOnly.MinValue, cancellationToken);
        return scope.IsOk && request.Report.To is null ? scope.Value with { To = DateOnly.MaxValue } : scope;
    }

    private static async Task<(List<EntryRow> Rows, List<EntryTotal> Totals)> SummedAsync(
        StoreCreditDbContext db, EntryListRequest request, ReportScope scope, PageRequest page, CancellationToken cancellationToken)
    {
        var movements = request.Narrow(scope.Movements);
        var sums = await MovementSums.OpenAsync(db, cancellationToken);
        var moved = await sums.MovedByDayAsync(movements, scope.From, scope.To, cancellationToken);
        var totals = moved.GroupBy(movement => movement.Currency).OrderBy(currency => currency.Key, StringComparer.Ordinal)
            .Select(currency => TotalOf(request, currency.Key, currency.Select(movement => (movement.From, movement.To, movement.AmountMinor, movement.Entries))))
            .ToList();
        var (days, skip) = DaysOf(page, moved.GroupBy(movement => movement.On).OrderByDescending(day => day.Key).Select(day => (day.Key, day.Sum(movement => movement.Entries))));
        var rows = await LatestFirst(Matching(db, movements).Where(entry => days.Contains(entry.EffectiveOn))).Skip(skip).Take(page.Rows).Select(EntryView.Row).ToListAsync(cancellationToken);
        return (rows, totals);
    }

    private static async Task<(List<EntryRow> Rows, List<EntryTotal> Totals)> GivenAsync(
        StoreCreditDbContext db, EntryListRequest request, ReportScope scope, PageRequest page, CancellationToken cancellationToken)
    {
        var given = Given(db, request, scope).Where(entry => entry.EffectiveOn >= scope.From && entry.EffectiveOn <= scope.To);
        var sums = await given.GroupBy(entry => entry.CurrencyCode).OrderBy(currency => currency.Key)
            .Select(currency => new { Currency = currency.Key, Minor = currency.Sum(entry => entry.AmountMinor), Count = currency.LongCount() })
            .ToListAsync(cancellationToken);
        var rows = await LatestFirst(given).Skip(page.Skip).Take(page.Rows).Select(EntryView.Row).ToListAsync(cancellationToken);
        return (rows, [.. sums.Select(sum => TotalOf(request, sum.Currency, [(Bucket.Outside, Bucket.Available, sum.Minor, sum.Count)]))]);
    }

    private static IQueryable<LedgerEntry> Given(StoreCreditDbContext db, EntryListRequest request, ReportScope scope)
    {
        var given = Matching(db, request.Narrow(scope.Movements)).Where(GivenByStaff.IsGiven);
        given = request.By is { } by ? given.Where(entry => entry.ActorId == by) : given;
        return request.Reason switch
        {
            null => given,
            EntryListRequest.NoReason => given.Where(entry => entry.ReasonId == null),
            var reason => given.Where(entry => entry.Reason!.Code == reason),
        };
    }

    private static IQueryable<LedgerEntry> Matching(StoreCreditDbContext db, MovementScope scope)
    {
        DateOnly? issuedBefore = scope.IssuedTo is { Year: < 9999 } last ? last.AddMonths(1) : null;
        return db.LedgerEntries.AsNoTracking().Where(entry =>
            (scope.StoreId == null || entry.StoreId == scope.StoreId)
            && (scope.Currency == null || entry.CurrencyCode == scope.Currency)
            && (scope.TypeIds == null || scope.TypeIds.Contains(entry.Credit.TypeId))
            && (scope.IssuedFrom == null || entry.Credit.IssuedOn >= scope.IssuedFrom) && (issuedBefore == null || entry.Credit.IssuedOn < issuedBefore)
            && (scope.Kinds == null || scope.Kinds.Contains(entry.Kind))
            && (scope.To == null || entry.To == scope.To));
    }

    private static IQueryable<LedgerEntry> LatestFirst(IQueryable<LedgerEntry> entries) => entries.OrderByDescending(entry => entry.EffectiveOn).ThenByDescending(entry => entry.Id);

    /// <summary>The days on which the page's entries lie, and how many entries of those days are before the page.</summary>
    private static (List<DateOnly> Days, int Skip) DaysOf(PageRequest page, IEnumerable<(DateOnly Day, long Entries)> days)
    {
        var (before, found, skip) = (0L, new List<DateOnly>(), 0L);
        foreach (var (day, entries) in days)
        {
            if (before + entries > page.Skip)
            {
                skip = found.Count == 0 ? page.Skip - before : skip;
                found.Add(day);
            }

            before += entries;
            if (before >= (long)page.Skip + page.Rows)
            {
                break;
            }
        }

        return (found, (int)skip);
    }

    private static EntryTotal TotalOf(EntryListRequest request, string code, IEnumerable<(Bucket From, Bucket To, long AmountMinor, long Entries)> sums)
    {
        var (minor, count) = (0L, 0L);
        foreach (var (from, to, amountMinor, entries) in sums)
        {
            minor = checked(minor + (EntryListRequest.SignOf(request.Of ?? EntryMeasure.Outstanding, from, to) * amountMinor));
            count += entries;
        }

        return new EntryTotal(code, count, Amount.Of(minor, Currency.Of(code)));
    }

    private static AccountingEntry ViewOf(EntryRow row, EntryMeasure measure, Guid accountId, string accountName) => new(
        EntryView.Of(row, forCustomer: false),
        accountId,
        accountName,
        Amount.Of(EntryListRequest.SignOf(measure, row.Entry.From, row.Entry.To) * row.Entry.AmountMinor, Currency.Of(row.Entry.CurrencyCode)));
}
