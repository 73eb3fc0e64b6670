using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>Sums what accounts have at this moment, from their balances alone.</summary>
internal static class BalanceSums
{
    /// <summary>By store and currency; what has nothing is left out.</summary>
    public static async Task<IReadOnlyList<(int StoreId, string Currency, long AvailableMinor, long AuthorizedMinor)>> SumAsync(
        IQueryable<AccountBalance> balances, CancellationToken cancellationToken)
    {
        var sums = await balances
            .GroupBy(balance => new { balance.StoreId, balance.CurrencyCode })
            .Select(together => new { together.Key, Available = together.Sum(balance => balance.Buckets.Available), Authorized = together.Sum(balance => balance.Buckets.Authorized) })
            .Where(sum => sum.Available != 0 || sum.Authorized != 0)
            .ToListAsync(cancellationToken);
        return [.. sums.Select(sum => (sum.Key.StoreId, sum.Key.CurrencyCode, sum.Available, sum.Authorized))];
    }
}
