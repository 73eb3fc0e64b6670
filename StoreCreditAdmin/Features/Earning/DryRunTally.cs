using System.Globalization;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>Adds up what a dry-run gives, in minor units of one currency.</summary>
internal sealed class DryRunTally(Currency currency, DateOnly from, DateOnly to)
{
    private const int MostClasses = 10;
    private const int Most = 10;

    private readonly Dictionary<(int Year, int Month), (long Minor, long Orders)> months = [];
    private readonly Dictionary<long, long> customers = [];
    private readonly Dictionary<long, long> sizes = [];
    private long cost;
    private long orders;

    public int Customers => customers.Count;

    public long Orders => orders;

    public Amount Cost => In(cost);

    /// <summary>Asked after each page, whose orders cannot take the sum beyond what is counted exactly.</summary>
    public bool IsTooLarge => cost > Money.MaxMinor;

    public IReadOnlyList<DryRunMonth> ByMonth
    {
        get
        {
            var all = new List<DryRunMonth>();
            for (var month = from.StartOfMonth(); month <= to; month = month.AddMonths(1))
            {
                var (minor, count) = months.GetValueOrDefault((month.Year, month.Month));
                all.Add(new DryRunMonth(month.ToString("yyyy-MM", CultureInfo.InvariantCulture), In(minor), count));
            }

            return all;
        }
    }

    /// <summary>Each size by itself where there are few, else classes of the same round width.</summary>
    public IReadOnlyList<DryRunSize> Histogram
    {
        get
        {
            if (sizes.Count <= MostClasses)
            {
                return [.. sizes.OrderBy(size => size.Key).Select(size => new DryRunSize(In(size.Key), In(size.Key), size.Value))];
            }

            var width = RoundUp((sizes.Keys.Max() + MostClasses - 1) / MostClasses);
            return
            [
                .. sizes.GroupBy(size => (size.Key - 1) / width).OrderBy(group => group.Key)
                    .Select(group => new DryRunSize(In((group.Key * width) + 1), In((group.Key + 1) * width), group.Sum(size => size.Value))),
            ];
        }
    }

    public void Give(long accountId, long minor, DateOnly on)
    {
        cost = checked(cost + minor);
        orders++;
        customers[accountId] = checked(customers.GetValueOrDefault(accountId) + minor);
        sizes[minor] = sizes.GetValueOrDefault(minor) + 1;
        var (sum, count) = months.GetValueOrDefault((on.Year, on.Month));
        months[(on.Year, on.Month)] = (sum + minor, count + 1);
    }

    /// <summary>The accounts that got most, and how much.</summary>
    public IReadOnlyList<(long AccountId, Amount Amount)> Biggest =>
        [.. customers.OrderByDescending(customer => customer.Value).ThenBy(customer => customer.Key).Take(Most).Select(customer => (customer.Key, In(customer.Value)))];

    private Amount In(long minor) => Amount.Of(minor, currency);

    /// <summary>To 1, 2 or 5 and noughts.</summary>
    private static long RoundUp(long width)
    {
        for (long unit = 1; ; unit *= 10)
        {
            foreach (var factor in (ReadOnlySpan<long>)[1, 2, 5])
            {
                if (factor * unit >= width)
                {
                    return factor * unit;
                }
            }
        }
    }
}
