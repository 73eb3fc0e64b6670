using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>What a store owes its customers in one currency, at this moment.</summary>
/// <param name="Store">The store's code.</param>
public sealed record Outstanding(string Store, string Currency, Amount Available, Amount Authorized)
{
    public Amount Total => Available with { Minor = checked(Available.Minor + Authorized.Minor) };
}

/// <summary>Sums what accounts have at this moment.</summary>
public sealed class OutstandingQueries(IDbContextFactory<StoreCreditDbContext> contexts)
{
    /// <summary>By store and currency; what was never used is left out.</summary>
    public async Task<IReadOnlyList<Outstanding>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var sums = await db.AccountBalances
            .GroupBy(balance => new { balance.Store.Code, balance.CurrencyCode })
            .OrderBy(balances => balances.Key.Code).ThenBy(balances => balances.Key.CurrencyCode)
            .Select(balances => new
            {
                balances.Key.Code,
                balances.Key.CurrencyCode,
                Available = balances.Sum(balance => balance.Buckets.Available),
                Authorized = balances.Sum(balance => balance.Buckets.Authorized),
            })
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum =>
        {
            var currency = Currency.Of(sum.CurrencyCode);
            return new Outstanding(sum.Code, currency.Code, Amount.Of(sum.Available, currency), Amount.Of(sum.Authorized, currency));
        })];
    }
}
