using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>Which movements are summed. What is null does not narrow.</summary>
internal sealed record MovementScope
{
    public int? StoreId { get; init; }

    public string? Currency { get; init; }

    public IReadOnlyList<int>? TypeIds { get; init; }

    /// <summary>First days of months of issue, both inclusive.</summary>
    public DateOnly? IssuedFrom { get; init; }

    public DateOnly? IssuedTo { get; init; }

    public IReadOnlyList<EntryKind>? Kinds { get; init; }

    public Bucket? To { get; init; }

    public bool Has(Movement movement) =>
        (StoreId is null || movement.StoreId == StoreId)
        && (Currency is null || movement.Currency == Currency)
        && (TypeIds is null || TypeIds.Contains(movement.TypeId))
        && !(movement.IssueMonth < IssuedFrom) && !(movement.IssueMonth > IssuedTo)
        && (Kinds is null || Kinds.Contains(movement.Kind))
        && (To is null || movement.To == To);

    public IQueryable<DailyMovement> Of(IQueryable<DailyMovement> sums) => sums.Where(sum =>
        (StoreId == null || sum.StoreId == StoreId)
        && (Currency == null || sum.CurrencyCode == Currency)
        && (TypeIds == null || TypeIds.Contains(sum.TypeId))
        && (IssuedFrom == null || sum.IssueMonth >= IssuedFrom) && (IssuedTo == null || sum.IssueMonth <= IssuedTo)
        && (Kinds == null || Kinds.Contains(sum.Kind))
        && (To == null || sum.To == To));

    public IQueryable<MonthClosing> Of(IQueryable<MonthClosing> closings) => closings.Where(closing =>
        (StoreId == null || closing.StoreId == StoreId)
        && (Currency == null || closing.CurrencyCode == Currency)
        && (TypeIds == null || TypeIds.Contains(closing.TypeId))
        && (IssuedFrom == null || closing.IssueMonth >= IssuedFrom) && (IssuedTo == null || closing.IssueMonth <= IssuedTo));
}

/// <summary>A sum of entries that moved value the same way on a day, in a month or in a period, as the question was.</summary>
internal sealed record Movement(
    DateOnly On, int StoreId, string Currency, int TypeId, DateOnly IssueMonth, EntryKind Kind, Bucket From, Bucket To, long AmountMinor, long Entries)
{
    public long OutstandingMinor => EntryWords.BalanceSign(From, To) * AmountMinor;

    public long AuthorizedMinor => To == Bucket.Authorized ? AmountMinor : From == Bucket.Authorized ? -AmountMinor : 0;

    public DateOnly Month => On.StartOfMonth();
}

/// <summary>What is outstanding of the credit of one store, currency, type and month of issue.</summary>
internal sealed record LotBalance(int StoreId, string Currency, int TypeId, DateOnly IssueMonth, long OutstandingMinor, long AuthorizedMinor);

/// <summary>
/// Reads sums of the ledger in one snapshot: what is folded, by the database, and the entries that are not folded yet, which are read when it opens. So every figure is
/// exact at any time.
/// </summary>
internal sealed class MovementSums
{
    private readonly StoreCreditDbContext db;
    private readonly DateOnly closedThrough;
    private readonly IReadOnlyList<Movement> tail;

    private MovementSums(StoreCreditDbContext db, DateOnly closedThrough, IReadOnlyList<Movement> tail)
    {
        this.db = db;
        this.closedThrough = closedThrough;
        this.tail = tail;
    }

    /// <param name="db">In a snapshot, in which all sums are read.</param>
    public static async Task<MovementSums> OpenAsync(StoreCreditDbContext db, CancellationToken cancellationToken)
    {
        var fold = await db.MovementFolds.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var folded = fold?.LastEntryId ?? 0;
        var tail = await db.LedgerEntries.Where(entry => entry.Id > folded)
            .GroupBy(entry => new
            {
                entry.EffectiveOn,
                entry.StoreId,
                entry.CurrencyCode,
                entry.Credit.TypeId,
                entry.Credit.IssuedOn.Year,
                entry.Credit.IssuedOn.Month,
                entry.Kind,
                entry.From,
                entry.To,
            })
            .Select(entries => new { entries.Key, Amount = entries.Sum(entry => entry.AmountMinor), Count = entries.LongCount() })
            .ToListAsync(cancellationToken);
        return new MovementSums(
            db,
            fold?.ClosedThrough ?? DateOnly.MinValue,
            [.. tail.Select(sum => new Movement(
                sum.Key.EffectiveOn, sum.Key.StoreId, sum.Key.CurrencyCode, sum.Key.TypeId, new DateOnly(sum.Key.Year, sum.Key.Month, 1),
                sum.Key.Kind, sum.Key.From, sum.Key.To, sum.Amount, sum.Count))]);
    }

    /// <summary>What was outstanding at the end of a day; without a day, now. From the closing of the month before and the days since.</summary>
    public async Task<IReadOnlyList<LotBalance>> BalancesAsync(MovementScope scope, DateOnly? through, CancellationToken cancellationToken)
    {
        var last = through ?? DateOnly.MaxValue;
        var closed = MonthBefore(last) < closedThrough ? MonthBefore(last) : closedThrough;
        var folded = await FoldedBalancesAsync(scope, closed, last, cancellationToken);
        return [.. folded
            .Concat(tail.Where(movement => movement.On <= last && scope.Has(movement)).Select(BalanceOf))
            .GroupBy(one => (one.StoreId, one.Currency, one.TypeId, one.IssueMonth))
            .Select(one => new LotBalance(
                one.Key.StoreId, one.Key.Currency, one.Key.TypeId, one.Key.IssueMonth, Sum(one.Select(lot => lot.OutstandingMinor)), Sum(one.Select(lot => lot.AuthorizedMinor))))
            .Where(lot => lot.OutstandingMinor != 0 || lot.AuthorizedMinor != 0)];
    }

    /// <summary>What was outstanding at the end of each of the months, by store and currency.</summary>
    public async Task<ILookup<(int StoreId, string Currency), KeyValuePair<DateOnly, long>>> MonthEndsAsync(
        MovementScope scope, IReadOnlyList<DateOnly> months, CancellationToken cancellationToken)
    {
        var closings = await scope.Of(db.MonthClosings.AsNoTracking())
            .Where(closing => months.Contains(closing.Month) && closing.Month <= closedThrough)
            .GroupBy(closing => new { closing.Month, closing.StoreId, closing.CurrencyCode })
            .Select(closing => new { closing.Key, Minor = closing.Sum(one => one.OutstandingMinor) })
            .ToListAsync(cancellationToken);
        var ends = closings.Select(one => (one.Key.StoreId, Currency: one.Key.CurrencyCode, one.Key.Month, one.Minor)).ToList();

        // After the last month that is closed comes that of the latest folded entry; in months after it nothing folded has moved.
        var open = months.Where(month => month > closedThrough).ToList();
        if (open.Count > 0)
        {
            var latest = await FoldedBalancesAsync(scope, closedThrough, DateOnly.MaxValue, cancellationToken);
            ends.AddRange(open.SelectMany(_ => latest, (month, one) => (one.StoreId, one.Currency, month, one.OutstandingMinor)));
        }

        var late = tail.Where(scope.Has).ToList();
        ends.AddRange(months.SelectMany(_ => late, (month, movement) => (month, movement)).Where(one => one.movement.On < one.month.AddMonths(1))
            .Select(one => (one.movement.StoreId, one.movement.Currency, one.month, one.movement.OutstandingMinor)));
        return ends.GroupBy(one => (one.StoreId, one.Currency, one.Month))
            .ToLookup(one => (one.Key.StoreId, one.Key.Currency), one => KeyValuePair.Create(one.Key.Month, Sum(one.Select(part => part.Minor))));
    }

    /// <summary>What moved from one day to another, both inclusive, by lot.</summary>
    public async Task<IReadOnlyList<Movement>> MovedAsync(MovementScope scope, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        [.. await FoldedAsync(scope, from, to, cancellationToken), .. Tail(scope, from, to)];

    /// <summary>The same by month and type, whatever the month of issue.</summary>
    public async Task<IReadOnlyList<Movement>> MovedByMonthAsync(MovementScope scope, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var sums = await Within(scope, from, to)
            .GroupBy(sum => new { sum.EffectiveOn.Year, sum.EffectiveOn.Month, sum.StoreId, sum.CurrencyCode, sum.TypeId, sum.Kind, sum.From, sum.To })
            .Select(sums => new { sums.Key, Amount = sums.Sum(sum => sum.AmountMinor), Count = sums.Sum(sum => sum.Entries) })
            .ToListAsync(cancellationToken);
        return [
            .. sums.Select(sum => new Movement(
                new DateOnly(sum.Key.Year, sum.Key.Month, 1), sum.Key.StoreId, sum.Key.CurrencyCode, sum.Key.TypeId, default, sum.Key.Kind, sum.Key.From, sum.Key.To, sum.Amount, sum.Count)),
            .. Tail(scope, from, to)];
    }

    /// <summary>The same by day, whatever the type and the month of issue.</summary>
    public async Task<IReadOnlyList<Movement>> MovedByDayAsync(MovementScope scope, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var sums = await Within(scope, from, to)
            .GroupBy(sum => new { sum.EffectiveOn, sum.StoreId, sum.CurrencyCode, sum.Kind, sum.From, sum.To })
            .Select(sums => new { sums.Key, Amount = sums.Sum(sum => sum.AmountMinor), Count = sums.Sum(sum => sum.Entries) })
            .ToListAsync(cancellationToken);
        return [
            .. sums.Select(sum => new Movement(
                sum.Key.EffectiveOn, sum.Key.StoreId, sum.Key.CurrencyCode, 0, default, sum.Key.Kind, sum.Key.From, sum.Key.To, sum.Amount, sum.Count)),
            .. Tail(scope, from, to)];
    }

    internal static long Sum(IEnumerable<long> parts) => parts.Aggregate(0L, (sum, part) => checked(sum + part));

    private static DateOnly MonthBefore(DateOnly day) => day.StartOfMonth() is var month && month > DateOnly.MinValue ? month.AddMonths(-1) : month;

    private static LotBalance BalanceOf(Movement movement) =>
        new(movement.StoreId, movement.Currency, movement.TypeId, movement.IssueMonth, movement.OutstandingMinor, movement.AuthorizedMinor);

    private IEnumerable<Movement> Tail(MovementScope scope, DateOnly from, DateOnly to) => tail.Where(movement => movement.On >= from && movement.On <= to && scope.Has(movement));

    private IQueryable<DailyMovement> Within(MovementScope scope, DateOnly from, DateOnly to) =>
        scope.Of(db.DailyMovements.AsNoTracking()).Where(sum => sum.EffectiveOn >= from && sum.EffectiveOn <= to);

    private async Task<List<Movement>> FoldedAsync(MovementScope scope, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var sums = await Within(scope, from, to)
            .GroupBy(sum => new { sum.StoreId, sum.CurrencyCode, sum.TypeId, sum.IssueMonth, sum.Kind, sum.From, sum.To })
            .Select(sums => new { sums.Key, Amount = sums.Sum(sum => sum.AmountMinor), Count = sums.Sum(sum => sum.Entries) })
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum => new Movement(
            from, sum.Key.StoreId, sum.Key.CurrencyCode, sum.Key.TypeId, sum.Key.IssueMonth, sum.Key.Kind, sum.Key.From, sum.Key.To, sum.Amount, sum.Count))];
    }

    /// <summary>The closing of a month and the days after it up to another; several parts may be of one lot.</summary>
    private async Task<IEnumerable<LotBalance>> FoldedBalancesAsync(MovementScope scope, DateOnly closed, DateOnly last, CancellationToken cancellationToken)
    {
        var closings = await scope.Of(db.MonthClosings.AsNoTracking()).Where(closing => closing.Month == closed)
            .Select(closing => new LotBalance(closing.StoreId, closing.CurrencyCode, closing.TypeId, closing.IssueMonth, closing.OutstandingMinor, closing.AuthorizedMinor))
            .ToListAsync(cancellationToken);
        var since = await FoldedAsync(scope, closed == DateOnly.MinValue ? closed : closed.AddMonths(1), last, cancellationToken);
        return closings.Concat(since.Select(BalanceOf));
    }
}
