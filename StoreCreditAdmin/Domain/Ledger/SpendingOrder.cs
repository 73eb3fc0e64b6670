namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>
/// The order in which credits are drawn on (decisions.md, "Spending order"): type priority, 0 first; soonest expiry, never last;
/// promotional before paid-for; effective date; issue time; id.
/// </summary>
public sealed class SpendingOrder : IComparer<Credit>
{
    public static readonly SpendingOrder Instance = new();

    public int Compare(Credit? x, Credit? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return First(
            x.Type.Priority.CompareTo(y.Type.Priority),
            (x.ExpiresOn ?? DateOnly.MaxValue).CompareTo(y.ExpiresOn ?? DateOnly.MaxValue),
            x.Type.PaidFor.CompareTo(y.Type.PaidFor),
            x.EffectiveOn.CompareTo(y.EffectiveOn),
            x.IssuedAt.CompareTo(y.IssuedAt),
            IdOf(x).CompareTo(IdOf(y)),
            x.PublicId.CompareTo(y.PublicId));
    }

    /// <summary>Credits that are not saved yet have no id and are the newest.</summary>
    private static long IdOf(Credit credit) => credit.Id == 0 ? long.MaxValue : credit.Id;

    private static int First(params ReadOnlySpan<int> comparisons)
    {
        foreach (var comparison in comparisons)
        {
            if (comparison != 0)
            {
                return comparison;
            }
        }

        return 0;
    }
}
