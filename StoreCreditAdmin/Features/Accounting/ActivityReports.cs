using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>What became of credit in a period: what expired unused, what paid orders, what staff gave away. Each is summed by the database.</summary>
public sealed class ActivityReports(IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    private const int MaxMonths = 120;

    public async Task<Result<BreakageView>> BreakageAsync(Caller caller, ReportRequest request, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var asked = await CheckAsync(db, caller, request, cancellationToken);
        if (!asked.IsOk)
        {
            return asked.Refusal;
        }

        var scope = asked.Value;
        var sums = await MovementSums.OpenAsync(db, cancellationToken);
        var moved = await sums.MovedByMonthAsync(scope.Movements with { Kinds = [EntryKind.Expire, EntryKind.Reinstate] }, scope.From, scope.To, cancellationToken);
        return new BreakageView(scope.From, scope.To, [.. moved.GroupBy(movement => (movement.StoreId, movement.Currency))
            .OrderBy(store => scope.OrderOf(store.Key))
            .Select(store => BreakageOf(scope, store.Key, [.. store]))]);
    }

    public async Task<Result<UsageView>> UsageAsync(Caller caller, ReportRequest request, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var asked = await CheckAsync(db, caller, request with { Type = null, PaidFor = null }, cancellationToken);
        if (!asked.IsOk)
        {
            return asked.Refusal;
        }

        var scope = asked.Value;
        var rows = await OrderUsage.SumAsync(db, scope, cancellationToken);
        return new UsageView(scope.From, scope.To, [.. rows.GroupBy(row => (row.StoreId, Currency: row.CurrencyCode))
            .OrderBy(store => scope.OrderOf(store.Key))
            .Select(store => new StoreUsage(
                scope.Stores[store.Key.StoreId].Code,
                scope.Stores[store.Key.StoreId].TimeZone,
                store.Key.Currency,
                [.. store.OrderByDescending(row => row.Month).Select(row => row.View(scope))],
                OrderUsage.Total(scope, [.. store])))]);
    }

    public async Task<Result<GivenView>> GivenAsync(Caller caller, ReportRequest request, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var asked = await CheckAsync(db, caller, request, cancellationToken);
        if (!asked.IsOk)
        {
            return asked.Refusal;
        }

        var (scope, movements) = (asked.Value, asked.Value.Movements);
        var sums = await db.LedgerEntries.Where(GivenByStaff.IsGiven)
            .Where(entry => entry.EffectiveOn >= scope.From && entry.EffectiveOn <= scope.To)
            .Where(entry => (movements.StoreId == null || entry.StoreId == movements.StoreId)
                && (movements.Currency == null || entry.CurrencyCode == movements.Currency)
                && (movements.TypeIds == null || movements.TypeIds.Contains(entry.Credit.TypeId)))
            .GroupBy(entry => new { entry.StoreId, entry.CurrencyCode, entry.ActorId, entry.Credit.TypeId, entry.ReasonId })
            .Select(given => new { given.Key, Name = given.Max(entry => entry.ActorName)!, Count = given.LongCount(), Minor = given.Sum(entry => entry.AmountMinor) })
            .ToListAsync(cancellationToken);
        var reasons = await db.Reasons.AsNoTracking().ToDictionaryAsync(reason => reason.Id, cancellationToken);
        return new GivenView(scope.From, scope.To, [.. sums.GroupBy(sum => (sum.Key.StoreId, Currency: sum.Key.CurrencyCode))
            .OrderBy(store => scope.OrderOf(store.Key))
            .Select(store =>
            {
                var currency = Currency.Of(store.Key.Currency);
                return new StoreGiven(
                    scope.Stores[store.Key.StoreId].Code,
                    scope.Stores[store.Key.StoreId].TimeZone,
                    currency.Code,
                    [.. store.OrderByDescending(sum => sum.Minor).ThenBy(sum => sum.Name, StringComparer.Ordinal).Select(sum =>
                    {
                        var type = scope.Types[sum.Key.TypeId];
                        var reason = sum.Key.ReasonId is { } id ? reasons[id] : null;
                        return new GivenRow(sum.Key.ActorId, sum.Name, type.Code, type.Name, reason?.Code, reason?.Name, sum.Count, Amount.Of(sum.Minor, currency));
                    })],
                    store.Sum(sum => sum.Count),
                    Amount.Of(MovementSums.Sum(store.Select(sum => sum.Minor)), currency));
            })]);
    }

    private async Task<Result<ReportScope>> CheckAsync(StoreCreditDbContext db, Caller caller, ReportRequest request, CancellationToken cancellationToken)
    {
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var scope = await ReportScope.CheckAsync(db, request, clock.GetUtcNow(), ReportScope.YearOf, cancellationToken);
        return scope.IsOk && scope.Value.Months().Count > MaxMonths
            ? new Refusal("period-too-long", $"At most {MaxMonths} months stand in one report. Choose a shorter period.", "from")
            : scope;
    }

    private static StoreBreakage BreakageOf(ReportScope scope, (int StoreId, string Currency) key, IReadOnlyList<Movement> moved)
    {
        var (store, currency) = (scope.Stores[key.StoreId], Currency.Of(key.Currency));
        Amount Of(IEnumerable<Movement> some, EntryKind kind) => Amount.Of(MovementSums.Sum(some.Where(movement => movement.Kind == kind).Select(movement => movement.AmountMinor)), currency);
        BreakageRow Row(DateOnly from, DateOnly to, string type, string name, bool paidFor, IReadOnlyList<Movement> some)
        {
            var (expired, reinstated) = (Of(some, EntryKind.Expire), Of(some, EntryKind.Reinstate));
            return new BreakageRow(from, to, type, name, paidFor, expired, reinstated, expired with { Minor = expired.Minor - reinstated.Minor });
        }

        return new StoreBreakage(
            store.Code,
            store.TimeZone,
            currency.Code,
            [.. moved.GroupBy(movement => (movement.Month, Type: scope.Types[movement.TypeId]))
                .OrderByDescending(row => row.Key.Month).ThenBy(row => row.Key.Type.Name, StringComparer.Ordinal)
                .Select(row => Row(scope.FirstOf(row.Key.Month), scope.LastOf(row.Key.Month), row.Key.Type.Code, row.Key.Type.Name, row.Key.Type.PaidFor, [.. row]))],
            Row(scope.From, scope.To, "", "", false, moved));
    }
}
