using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Earning;

/// <summary>Whether credit is earned at all, and how long it lives. One for the whole system.</summary>
public sealed class EarningSettings
{
    public const int TheOne = 1;

    private readonly List<MethodExpiry> methodExpiries = [];

    private EarningSettings()
    {
    }

    public int Id { get; private set; }

    /// <summary>Off: nothing is earned and the storefront shows no balance, yet credit that exists still pays by card number.</summary>
    public bool ModuleEnabled { get; set; }

    /// <summary>Whether all credit shares <see cref="DefaultExpiry"/>.</summary>
    public bool SameForAll { get; private set; }

    public ExpiryPolicy DefaultExpiry { get; private set; } = ExpiryPolicy.Never;

    /// <summary>What methods have of their own, where they do not all share one.</summary>
    public IReadOnlyList<MethodExpiry> MethodExpiries => methodExpiries;

    /// <summary>Counts changes, so that two people who edit it at once do not overwrite each other.</summary>
    public int Version { get; private set; }

    public ExpiryPolicy ExpiryOf(EarningMethod method) =>
        (SameForAll ? null : methodExpiries.Find(one => one.Method == method)?.Policy) ?? DefaultExpiry;

    /// <summary>
    /// How long credit lives that no rule gives: as its type says; else, where all credit shares one policy, by that. What customers paid for is left alone.
    /// </summary>
    public ExpiryPolicy ExpiryOf(CreditType type) =>
        type.DefaultExpiry.Kind != ExpiryKind.Never || type.PaidFor || !type.MayExpire || !SameForAll ? type.DefaultExpiry : DefaultExpiry;

    public void SetExpiry(bool sameForAll, ExpiryPolicy policy, IReadOnlyDictionary<EarningMethod, ExpiryPolicy> perMethod)
    {
        SameForAll = sameForAll;
        DefaultExpiry = policy;
        methodExpiries.RemoveAll(one => !perMethod.ContainsKey(one.Method));
        foreach (var (method, own) in perMethod)
        {
            if (methodExpiries.Find(one => one.Method == method) is { } known)
            {
                known.Policy = own;
            }
            else
            {
                methodExpiries.Add(new MethodExpiry(method, own));
            }
        }
    }

    public void CountChange() => Version++;
}

/// <summary>How long credit lives that one method gives.</summary>
public sealed class MethodExpiry
{
    private MethodExpiry()
    {
    }

    internal MethodExpiry(EarningMethod method, ExpiryPolicy policy)
    {
        Method = method;
        Policy = policy;
    }

    public EarningMethod Method { get; private set; }

    public ExpiryPolicy Policy { get; internal set; } = ExpiryPolicy.Never;
}
