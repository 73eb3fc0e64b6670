using System.Globalization;
using System.Text.Json.Serialization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>What a rule gives, as requests, answers and forms write it. Which members there are depends on the method.</summary>
public sealed record RuleConfig
{
    internal const string RuleInvalid = "rule-invalid";

    /// <summary>See <see cref="RuleModes"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Mode { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(AmountTextConverter))]
    public string? Amount { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(AmountTextConverter))]
    public string? Every { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(AmountTextConverter))]
    public string? Give { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(AmountTextConverter))]
    public string? MinimumSpend { get; init; }

    /// <summary><c>count</c> of orders or <c>amount</c> spent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Measure { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StepConfig>? Steps { get; init; }

    public static RuleConfig Of(EarningMethod method, RuleTerms terms, Currency currency)
    {
        string In(long minor) => Domain.Amount.Of(minor, currency).ToString();
        return terms switch
        {
            FixedTerms one when method == EarningMethod.Registration => new() { Amount = In(one.AmountMinor) },
            FixedTerms one => new() { Mode = RuleModes.Fixed, Amount = In(one.AmountMinor), MinimumSpend = one.MinimumMinor is { } least ? In(least) : null },
            PerAmountTerms one => new() { Mode = RuleModes.PerAmount, Every = In(one.EveryMinor), Give = In(one.GiveMinor), MinimumSpend = one.MinimumMinor is { } least ? In(least) : null },
            EverySpentTerms one => new() { Mode = RuleModes.Every, Every = In(one.EveryMinor), Give = In(one.GiveMinor) },
            StepTerms one => new()
            {
                Mode = method == EarningMethod.SpendHistory ? RuleModes.Steps : null,
                Measure = method == EarningMethod.OrderHistory ? one.Measure == StepMeasure.Count ? RuleModes.CountMeasure : RuleModes.AmountMeasure : null,
                Steps = [.. one.Steps.Select(step => new StepConfig
                {
                    At = one.Measure == StepMeasure.Count ? step.At.ToString(CultureInfo.InvariantCulture) : In(step.At),
                    Give = In(step.GiveMinor),
                })],
            },
            _ => throw new ArgumentOutOfRangeException(nameof(terms)),
        };
    }

    /// <summary>Reads it as the method and the currency want it.</summary>
    /// <returns>The terms; refused with <c>rule-invalid</c> at the member at fault.</returns>
    public Result<RuleTerms> Parse(EarningMethod method, Currency currency) => method switch
    {
        EarningMethod.FirstOrder => Only([nameof(Mode), nameof(Amount), nameof(Every), nameof(Give)]) ?? OfOrder(currency),
        EarningMethod.OrderPlaced => Only([nameof(Mode), nameof(Amount), nameof(Every), nameof(Give), nameof(MinimumSpend)]) ?? OfOrder(currency),
        EarningMethod.Registration => Only([nameof(Amount)]) ?? Positive(Amount, currency, "amount").Map<RuleTerms>(amount => new FixedTerms(amount)),
        EarningMethod.OrderHistory => Only([nameof(Measure), nameof(Steps)]) ?? Measure switch
        {
            null or RuleModes.CountMeasure => OfSteps(StepMeasure.Count, currency),
            RuleModes.AmountMeasure => OfSteps(StepMeasure.Amount, currency),
            _ => Wrong("Choose count or amount.", "measure"),
        },
        EarningMethod.SpendHistory => Mode switch
        {
            RuleModes.Every => Only([nameof(Mode), nameof(Every), nameof(Give)]) ?? OfEvery(currency, (every, give) => new EverySpentTerms(every, give)),
            RuleModes.Steps => Only([nameof(Mode), nameof(Steps)]) ?? OfSteps(StepMeasure.Amount, currency),
            _ => Wrong("Choose every or steps.", "mode"),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };

    private Result<RuleTerms> OfOrder(Currency currency)
    {
        long? minimum = null;
        if (MinimumSpend is not null)
        {
            var least = Positive(MinimumSpend, currency, "minimumSpend");
            if (!least.IsOk)
            {
                return least.Refusal;
            }

            minimum = least.Value;
        }

        return Mode switch
        {
            RuleModes.Fixed => Only([nameof(Mode), nameof(Amount), nameof(MinimumSpend)])
                ?? Positive(Amount, currency, "amount").Map<RuleTerms>(amount => new FixedTerms(amount, minimum)),
            RuleModes.PerAmount => Only([nameof(Mode), nameof(Every), nameof(Give), nameof(MinimumSpend)])
                ?? OfEvery(currency, (every, give) => new PerAmountTerms(every, give, minimum)),
            _ => Wrong("Choose fixed or per-amount.", "mode"),
        };
    }

    private Result<RuleTerms> OfEvery(Currency currency, Func<long, long, RuleTerms> terms)
    {
        var (every, give) = (Positive(Every, currency, "every"), Positive(Give, currency, "give"));
        return (every.Refusal ?? give.Refusal) is { } refusal ? refusal : Result<RuleTerms>.Of(terms(every.Value, give.Value));
    }

    private Result<RuleTerms> OfSteps(StepMeasure measure, Currency currency)
    {
        if (Steps is not { Count: >= 1 and <= StepTerms.Most })
        {
            return Wrong($"Give one to {StepTerms.Most} steps.", "steps");
        }

        var steps = new List<Step>();
        foreach (var (place, step) in Steps.Index())
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"steps[{place}]");
            var at = measure == StepMeasure.Count ? WholeNumber(step?.At, field + ".at") : Positive(step?.At, currency, field + ".at");
            var give = Positive(step?.Give, currency, field + ".give");
            if ((at.Refusal ?? give.Refusal) is { } refusal)
            {
                return refusal;
            }

            if (steps.Count > 0 && at.Value <= steps[^1].At)
            {
                return Wrong("Each step must be higher than the one before.", field + ".at");
            }

            steps.Add(new Step(at.Value, give.Value));
        }

        return new StepTerms(measure, steps);
    }

    private static Result<long> WholeNumber(string? text, string field) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= StepTerms.MaxCount
            ? number
            : WrongNumber($"Write a whole number of orders from 1 to {StepTerms.MaxCount}.", field);

    private static Result<long> Positive(string? text, Currency currency, string field)
    {
        var amount = AmountParser.ParsePositive(text, currency, field);
        return amount.IsOk ? amount : WrongNumber(amount.Refusal.Message, field);
    }

    /// <summary>What does not belong to the method would be ignored in silence, so it is refused.</summary>
    private Result<RuleTerms>? Only(string[] members)
    {
        (string Name, object? Value)[] all =
            [(nameof(Mode), Mode), (nameof(Amount), Amount), (nameof(Every), Every), (nameof(Give), Give), (nameof(MinimumSpend), MinimumSpend), (nameof(Measure), Measure), (nameof(Steps), Steps)];
        var stray = Array.Find(all, one => one.Value is not null && !members.Contains(one.Name)).Name;
        return stray is null ? (Result<RuleTerms>?)null : Wrong("This does not belong to the rule. Leave it out.", char.ToLowerInvariant(stray[0]) + stray[1..]);
    }

    private static Result<RuleTerms> Wrong(string message, string field) => new Refusal(RuleInvalid, message, "config." + field);

    private static Result<long> WrongNumber(string message, string field) => new Refusal(RuleInvalid, message, "config." + field);
}

/// <summary>The words of a rule's mode and measure.</summary>
public static class RuleModes
{
    public const string Fixed = "fixed";
    public const string PerAmount = "per-amount";
    public const string Every = "every";
    public const string Steps = "steps";
    public const string CountMeasure = "count";
    public const string AmountMeasure = "amount";
}

/// <param name="At">A number of orders, or a decimal string in the rule's currency.</param>
public sealed record StepConfig
{
    [JsonConverter(typeof(AmountTextConverter))]
    public string? At { get; init; }

    [JsonConverter(typeof(AmountTextConverter))]
    public string? Give { get; init; }
}
