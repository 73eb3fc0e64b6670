using System.Text.Json.Serialization;

namespace StoreCreditAdmin.Domain.Earning;

/// <summary>What a rule gives for what. Pure: it is told of an order and answers what the order earns. Amounts in minor units of the rule's currency.</summary>
[JsonDerivedType(typeof(FixedTerms), "fixed")]
[JsonDerivedType(typeof(PerAmountTerms), "per-amount")]
[JsonDerivedType(typeof(EverySpentTerms), "every-spent")]
[JsonDerivedType(typeof(StepTerms), "steps")]
public abstract record RuleTerms
{
    /// <returns>What the order earns, or why it earns nothing; null where the order does not concern the rule.</returns>
    public abstract Earned? For(OrderBasis order);
}

/// <summary>The same amount each time.</summary>
/// <param name="MinimumMinor">The least base of an order that earns; null for any.</param>
public sealed record FixedTerms(long AmountMinor, long? MinimumMinor = null) : RuleTerms
{
    public override Earned For(OrderBasis order) =>
        order.WhyNothing(MinimumMinor) is { } reason ? Earned.Nothing(reason) : new Earned(AmountMinor);
}

/// <summary>An amount for each whole multiple of the order's base.</summary>
/// <param name="MinimumMinor">As <see cref="FixedTerms"/>.</param>
public sealed record PerAmountTerms(long EveryMinor, long GiveMinor, long? MinimumMinor = null) : RuleTerms
{
    public override Earned For(OrderBasis order) =>
        order.WhyNothing(MinimumMinor) is { } reason ? Earned.Nothing(reason) : Earned.Times(order.BaseMinor / EveryMinor, GiveMinor);
}

/// <summary>An amount for each whole multiple of what the customer spends over all orders; the rest is carried to the next one.</summary>
public sealed record EverySpentTerms(long EveryMinor, long GiveMinor) : RuleTerms
{
    public override Earned For(OrderBasis order)
    {
        var spent = checked(order.CarryMinor + order.BaseMinor);
        return Earned.Times(spent / EveryMinor, GiveMinor) with { CarryMinor = spent % EveryMinor };
    }
}

public enum StepMeasure
{
    Count,
    Amount,
}

/// <param name="At">A number of orders, or an amount in minor units.</param>
public sealed record Step(long At, long GiveMinor);

/// <summary>One to five rising steps, each paid once, by the order that reaches it. An order that passes two pays both.</summary>
public sealed record StepTerms(StepMeasure Measure, IReadOnlyList<Step> Steps) : RuleTerms
{
    public const int Most = 5;

    /// <summary>Far more orders than any customer has.</summary>
    public const long MaxCount = 1_000_000;

    public override Earned? For(OrderBasis order)
    {
        var (before, after) = Measure == StepMeasure.Count
            ? (order.OrdersBefore, order.OrdersBefore + 1)
            : (order.SpentBeforeMinor, checked(order.SpentBeforeMinor + order.BaseMinor));
        var reached = Steps.Where(step => before < step.At && step.At <= after).ToList();
        return reached.Count == 0 ? null : Earned.Sum(reached.Select(step => step.GiveMinor)) with { StepReached = reached[^1].At };
    }

    /// <summary>The first step beyond what was reached; null when all are behind.</summary>
    public Step? Next(long reached) => Steps.FirstOrDefault(step => step.At > reached);

    public bool Equals(StepTerms? other) => other is not null && Measure == other.Measure && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() => HashCode.Combine(Measure, Steps.Count, Steps.Count == 0 ? null : Steps[0]);
}

/// <summary>What a rule needs to know of an order when it is paid, and of the customer until then.</summary>
/// <param name="BaseMinor">What was really paid for goods: <see cref="EarningBase"/>.</param>
/// <param name="OrdersBefore">The customer's orders in the store that were ever paid, without this one.</param>
/// <param name="SpentBeforeMinor">The sum of their bases in the rule's currency.</param>
/// <param name="CarryMinor">What the rule's last award to the customer left over.</param>
public sealed record OrderBasis(long BaseMinor, long OrdersBefore = 0, long SpentBeforeMinor = 0, long CarryMinor = 0)
{
    internal string? WhyNothing(long? minimumMinor) =>
        BaseMinor == 0 ? EarningReasons.NothingPaid
        : BaseMinor < minimumMinor ? EarningReasons.BelowMinimum
        : null;
}

/// <summary>What an order earns by one rule, in minor units; zero with the reason why.</summary>
public sealed record Earned(long AmountMinor)
{
    public string? Reason { get; init; }

    /// <summary>What is left over for the next order, where the rule carries it.</summary>
    public long CarryMinor { get; init; }

    public long? StepReached { get; init; }

    internal static Earned Nothing(string reason) => new(0) { Reason = reason };

    /// <summary>Whole multiples only; a sum beyond the largest amount there is gives nothing.</summary>
    internal static Earned Times(long multiples, long giveMinor) => Of((Int128)multiples * giveMinor);

    internal static Earned Sum(IEnumerable<long> amounts) => Of(amounts.Aggregate(Int128.Zero, (sum, amount) => sum + amount));

    private static Earned Of(Int128 amount) =>
        amount == 0 ? Nothing(EarningReasons.RoundsToZero)
        : amount > Money.MaxMinor ? Nothing(EarningReasons.TooLarge)
        : new Earned((long)amount);
}

/// <summary>Why a rule gave nothing for an order, as codes that pages put into words.</summary>
public static class EarningReasons
{
    /// <summary>Nothing of the order's goods was paid by other means than credit and gift cards.</summary>
    public const string NothingPaid = "nothing-paid";
    public const string BelowMinimum = "below-minimum-spend";

    /// <summary>Not one whole multiple.</summary>
    public const string RoundsToZero = "rounds-to-zero";
    public const string TooLarge = "amount-too-large";

    /// <summary>The order is in another currency than the rule.</summary>
    public const string OtherCurrency = "currency-mismatch";

    /// <summary>The date until which the rule's credit is good is over.</summary>
    public const string ExpiryPassed = "expiry-in-past";
}
