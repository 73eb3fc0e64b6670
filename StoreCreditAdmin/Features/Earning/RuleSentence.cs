using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>Says in words what a rule gives, and shows it by an example whose figures the rule's own terms compute.</summary>
public static class RuleSentence
{
    private const string Nothing = "nothing";

    public static string Of(EarningMethod method, RuleTerms terms, Currency currency, CultureInfo culture)
    {
        string In(long minor) => new Money(minor, currency).ToText(culture);
        return terms switch
        {
            FixedTerms one when method == EarningMethod.Registration => $"Gives {In(one.AmountMinor)} when a customer registers.",
            FixedTerms one => $"Gives {In(one.AmountMinor)} for {Orders(method, one.MinimumMinor)}.",
            PerAmountTerms one => $"Gives {In(one.GiveMinor)} for every {In(one.EveryMinor)} of {Orders(method, one.MinimumMinor)}.",
            EverySpentTerms one => $"Gives {In(one.GiveMinor)} for every {In(one.EveryMinor)} that a customer spends over all orders. What is left over counts for the next order.",
            StepTerms { Measure: StepMeasure.Count } one =>
                $"Gives {Listed([.. one.Steps.Select((step, place) => $"{In(step.GiveMinor)} with the {Ordinal(step.At, culture)}{(place == 0 ? " paid order" : "")}")])}.",
            StepTerms one =>
                $"Gives {Listed([.. one.Steps.Select((step, place) => place == 0 ? $"{In(step.GiveMinor)} once a customer has spent {In(step.At)}" : $"{In(step.GiveMinor)} at {In(step.At)}")])}.",
            _ => throw new ArgumentOutOfRangeException(nameof(terms)),
        };

        string Orders(EarningMethod orders, long? least) =>
            (orders == EarningMethod.FirstOrder ? "the customer's first paid order" : "each paid order") + (least is { } minor ? $" that comes to {In(minor)} or more" : "");
    }

    public static string Example(EarningMethod method, RuleTerms terms, Currency currency, CultureInfo culture)
    {
        string In(long minor) => new Money(minor, currency).ToText(culture);
        string Gets(Earned? earned) => earned is { AmountMinor: > 0 } ? In(earned.AmountMinor) : Nothing;
        string An(long baseMinor) => Gets(terms.For(new OrderBasis(baseMinor)));
        return terms switch
        {
            FixedTerms when method == EarningMethod.Registration => $"A customer who registers earns {An(1)}, once.",
            FixedTerms one => Two(one.MinimumMinor ?? Sample(one.AmountMinor * (Int128)4), one.MinimumMinor - 1 ?? Sample(one.AmountMinor * (Int128)40)),
            PerAmountTerms one => Two(
                Math.Max(Sample(((Int128)one.EveryMinor * 3) + (one.EveryMinor / 6)), one.MinimumMinor ?? 0),
                Math.Max(one.EveryMinor, one.MinimumMinor ?? 0) - 1),
            EverySpentTerms one => EverySpent(one),
            StepTerms { Measure: StepMeasure.Count } one => Count(one.Steps[0].At),
            StepTerms one => Spent(one),
            _ => throw new ArgumentOutOfRangeException(nameof(terms)),
        };

        string Two(long one, long other) => $"An order of {In(one)} earns {An(one)}{(other > 0 ? $", one of {In(other)} {An(other)}" : "")}.";

        string Count(long at) =>
            $"A customer's {Ordinal(at, culture)} order earns {Gets(terms.For(new OrderBasis(1, at - 1)))}, the {Ordinal(at + 1, culture)} {Gets(terms.For(new OrderBasis(1, at)))}.";

        string Spent(StepTerms one)
        {
            var (first, last) = (one.Steps[0].At, one.Steps[Math.Min(1, one.Steps.Count - 1)].At);
            var below = first > 1 ? $", of {In(first - 1)} {An(first - 1)} yet" : "";
            return $"A first order of {In(last)} earns {An(last)}{(one.Steps.Count > 1 ? ", for two steps at once" : "")}{below}.";
        }

        string EverySpent(EverySpentTerms one)
        {
            var order = Sample(one.EveryMinor + (one.EveryMinor / 2));
            var earned = one.For(new OrderBasis(order));
            var next = one.For(new OrderBasis(order, CarryMinor: earned.CarryMinor));
            return $"An order of {In(order)} earns {Gets(earned)} and leaves {(earned.CarryMinor > 0 ? In(earned.CarryMinor) : Nothing)} over. The next one of {In(order)} then earns {Gets(next)}.";
        }
    }

    /// <summary>1st, 2nd, 3rd, 11th.</summary>
    public static string Ordinal(long number, CultureInfo culture) => number.ToString("N0", culture) + ((number % 100) switch
    {
        11 or 12 or 13 => "th",
        _ => (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" },
    });

    private static string Listed(IReadOnlyList<string> parts) =>
        parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";

    private static long Sample(Int128 minor) => (long)Int128.Min(minor, Money.MaxMinor);
}
