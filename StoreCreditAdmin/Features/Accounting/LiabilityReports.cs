using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounting;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>What the shop owes as of a date, and how a period changed it. No figure is shown that does not tie out.</summary>
public sealed class LiabilityReports(IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    /// <summary>How many month ends stand beside the figure, its own month among them.</summary>
    private const int MonthEnds = 13;

    public async Task<Result<LiabilityView>> LiabilityAsync(Caller caller, ReportRequest request, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var checkedScope = await ReportScope.CheckAsync(db, request, clock.GetUtcNow(), Months.StartOfMonth, cancellationToken);
        if (!checkedScope.IsOk)
        {
            return checkedScope.Refusal;
        }

        var scope = checkedScope.Value;
        var sums = await MovementSums.OpenAsync(db, cancellationToken);
        var lots = await sums.BalancesAsync(scope.Movements, scope.AsOf, cancellationToken);
        if (scope.AsOf is null && scope.Movements.TypeIds is null)
        {
            await DemandTieAsync(db, scope.Movements, lots, cancellationToken);
        }

        var on = scope.AsOf ?? scope.Today;
        var month = on.StartOfMonth();
        List<DateOnly> months = month.Year < 3 ? [] : [.. Enumerable.Range(1, MonthEnds - 1).Select(back => month.AddMonths(back - MonthEnds))];
        var ends = await sums.MonthEndsAsync(scope.Movements, months, cancellationToken);
        return new LiabilityView(scope.AsOf, [.. lots
            .GroupBy(lot => (lot.StoreId, lot.Currency))
            .OrderBy(store => scope.OrderOf(store.Key))
            .Select(store => ViewOf(scope, on, [.. store], months, ends[store.Key].ToDictionary()))]);
    }

    public async Task<Result<RollForwardView>> RollForwardAsync(Caller caller, ReportRequest request, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var checkedScope = await ReportScope.CheckAsync(db, request, clock.GetUtcNow(), Months.StartOfMonth, cancellationToken);
        if (!checkedScope.IsOk)
        {
            return checkedScope.Refusal;
        }

        var scope = checkedScope.Value;
        var sums = await MovementSums.OpenAsync(db, cancellationToken);
        var opening = scope.From == DateOnly.MinValue ? [] : await sums.BalancesAsync(scope.Movements, scope.From.AddDays(-1), cancellationToken);
        var moved = await sums.MovedAsync(scope.Movements, scope.From, scope.To, cancellationToken);
        var closing = await sums.BalancesAsync(scope.Movements, scope.To, cancellationToken);
        var openings = opening.ToLookup(lot => (lot.StoreId, lot.Currency), lot => lot.OutstandingMinor);
        var closings = closing.ToLookup(lot => (lot.StoreId, lot.Currency), lot => lot.OutstandingMinor);
        var movements = moved.ToLookup(movement => (movement.StoreId, movement.Currency));
        return new RollForwardView(scope.From, scope.To, [.. openings.Select(one => one.Key).Union(closings.Select(one => one.Key)).Union(movements.Select(one => one.Key))
            .OrderBy(scope.OrderOf)
            .Select(key => ViewOf(scope, key, RollForward.Prove(
                Currency.Of(key.Currency),
                MovementSums.Sum(openings[key]),
                from movement in movements[key]
                let line = LiabilityLines.Of(movement.Kind, movement.To)
                where line is not null
                select new RollForwardLine(line.Value, movement.OutstandingMinor, movement.Entries),
                MovementSums.Sum(closings[key]))))]);
    }

    /// <summary>What is owed now is also what all accounts have: read apart, in the same snapshot.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    private static async Task DemandTieAsync(StoreCreditDbContext db, MovementScope scope, IReadOnlyList<LotBalance> lots, CancellationToken cancellationToken)
    {
        var balances = await BalanceSums.SumAsync(
            db.AccountBalances.Where(balance => (scope.StoreId == null || balance.StoreId == scope.StoreId) && (scope.Currency == null || balance.CurrencyCode == scope.Currency)), cancellationToken);
        var owed = lots.GroupBy(lot => (lot.StoreId, lot.Currency))
            .Select(store => (store.Key.StoreId, store.Key.Currency, MovementSums.Sum(store.Select(lot => lot.OutstandingMinor - lot.AuthorizedMinor)), MovementSums.Sum(store.Select(lot => lot.AuthorizedMinor))));
        if (!balances.Order().SequenceEqual(owed.Where(one => one.Item3 != 0 || one.Item4 != 0).Order()))
        {
            throw new InvalidOperationException("The sums of the ledger by day do not equal the balances of the accounts. Verify the ledger.");
        }
    }

    private static StoreLiability ViewOf(ReportScope scope, DateOnly on, IReadOnlyList<LotBalance> lots, IReadOnlyList<DateOnly> months, Dictionary<DateOnly, long> ended)
    {
        var (store, currency) = (scope.Stores[lots[0].StoreId], Currency.Of(lots[0].Currency));
        Amount Of(IEnumerable<LotBalance> some) => Amount.Of(MovementSums.Sum(some.Select(lot => lot.OutstandingMinor)), currency);
        Amount Held(IEnumerable<LotBalance> some) => Amount.Of(MovementSums.Sum(some.Select(lot => lot.AuthorizedMinor)), currency);
        Amount Free(IEnumerable<LotBalance> some) => Amount.Of(MovementSums.Sum(some.Select(lot => lot.OutstandingMinor - lot.AuthorizedMinor)), currency);
        bool PaidFor(LotBalance lot) => scope.Types[lot.TypeId].PaidFor;
        return new StoreLiability
        {
            Store = store.Code,
            TimeZone = store.TimeZone,
            Currency = currency.Code,
            Outstanding = Of(lots),
            Available = Free(lots),
            Authorized = Held(lots),
            PaidFor = Of(lots.Where(PaidFor)),
            Promotional = Of(lots.Where(lot => !PaidFor(lot))),
            Types = [.. lots.GroupBy(lot => scope.Types[lot.TypeId])
                .OrderByDescending(type => type.Key.PaidFor).ThenBy(type => type.Key.Name, StringComparer.Ordinal)
                .Select(type => new TypeLiability(type.Key.Code, type.Key.Name, type.Key.PaidFor, Of(type), Free(type), Held(type)))],
            Ages = [.. AgeBand.All.Select(band =>
            {
                var (issuedFrom, issuedTo) = band.IssueMonths(on);
                List<LotBalance> aged = [.. lots.Where(lot => AgeBand.Of(lot.IssueMonth, on) == band)];
                return new AgeLiability(band.Name, issuedFrom, issuedTo, Of(aged.Where(PaidFor)), Of(aged.Where(lot => !PaidFor(lot))), Of(aged));
            })],
            MonthEnds = [.. months.Select(month => new MonthEnd(month.AddMonths(1).AddDays(-1), Amount.Of(ended.GetValueOrDefault(month), currency))), new MonthEnd(on, Of(lots))],
        };
    }

    private static StoreRollForward ViewOf(ReportScope scope, (int StoreId, string Currency) key, RollForward proven) => new()
    {
        Store = scope.Stores[key.StoreId].Code,
        TimeZone = scope.Stores[key.StoreId].TimeZone,
        Currency = key.Currency,
        Opening = Amount.Of(proven.OpeningMinor, proven.Currency),
        Lines = [.. proven.Lines.Select(line => new RollForwardChange(LiabilityLines.NameOf(line.Line), Amount.Of(line.ChangeMinor, proven.Currency), line.Entries))],
        Closing = Amount.Of(proven.ClosingMinor, proven.Currency),
    };
}
