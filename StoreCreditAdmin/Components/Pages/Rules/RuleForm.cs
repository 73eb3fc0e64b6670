using System.Globalization;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Earning;

namespace StoreCreditAdmin.Components.Pages.Rules;

/// <summary>What a person types of a rule, as their culture writes it. What a mode does not use stays, in case they choose the other one again.</summary>
public sealed class RuleForm
{
    public string? Mode { get; set; }

    public string? Amount { get; set; }

    public string? Every { get; set; }

    public string? Give { get; set; }

    public string? MinimumSpend { get; set; }

    public string? Measure { get; set; } = RuleModes.CountMeasure;

    public List<StepText> Steps { get; } = [new()];

    public bool CountsOrders(EarningMethod method) => method == EarningMethod.OrderHistory && Measure != RuleModes.AmountMeasure;

    /// <summary>Begins with what a method is used for most.</summary>
    public static RuleForm For(EarningMethod method) => new() { Mode = method == EarningMethod.SpendHistory ? RuleModes.Every : RuleModes.Fixed };

    public static RuleForm Of(EarningMethod method, RuleConfig config)
    {
        var form = For(method);
        (form.Mode, form.Measure) = (config.Mode ?? form.Mode, config.Measure ?? form.Measure);
        (form.Amount, form.Every, form.Give, form.MinimumSpend) = (Typed(config.Amount), Typed(config.Every), Typed(config.Give), Typed(config.MinimumSpend));
        if (config.Steps is { } steps)
        {
            form.Steps.Clear();
            form.Steps.AddRange(steps.Select(step => new StepText { At = Typed(step.At), Give = Typed(step.Give) }));
        }

        return form;
    }

    /// <returns>What the service is to read; refused at the field whose text is no amount.</returns>
    public Result<RuleConfig> Read(EarningMethod method, string? currency)
    {
        var reading = new Reading(currency);
        RuleConfig config = (method, Mode) switch
        {
            (EarningMethod.Registration, _) => new() { Amount = reading.Amount(Amount, "amount") },
            (EarningMethod.OrderHistory, _) => new() { Measure = Measure, Steps = reading.Steps(Steps, CountsOrders(method)) },
            (EarningMethod.SpendHistory, RuleModes.Steps) => new() { Mode = Mode, Steps = reading.Steps(Steps, counts: false) },
            (_, RuleModes.Fixed) => new() { Mode = Mode, Amount = reading.Amount(Amount, "amount") },
            _ => new() { Mode = Mode, Give = reading.Amount(Give, "give"), Every = reading.Amount(Every, "every") },
        };
        if (method == EarningMethod.OrderPlaced && !string.IsNullOrWhiteSpace(MinimumSpend))
        {
            config = config with { MinimumSpend = reading.Amount(MinimumSpend, "minimumSpend") };
        }

        return reading.Refusal is { } refusal ? refusal : config;
    }

    /// <inheritdoc cref="Read"/>
    public Result<RuleTerms> ReadTerms(EarningMethod method, string? currency)
    {
        var config = Read(method, currency);
        return config.IsOk ? config.Value.Parse(method, Currency.Of(currency!)) : config.Refusal;
    }

    private static string? Typed(string? canonical) => canonical?.Replace(".", CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal);

    /// <summary>Keeps the first thing that is wrong.</summary>
    private sealed class Reading(string? currency)
    {
        public Refusal? Refusal { get; private set; }

        public string? Amount(string? typed, string field)
        {
            var amount = AmountField.Read(typed, currency, "config." + field);
            Refusal ??= amount.Refusal;
            return amount.IsOk ? amount.Value : null;
        }

        public StepConfig[] Steps(List<StepText> steps, bool counts) =>
        [
            .. steps.Select((step, place) => new StepConfig
            {
                At = counts ? step.At?.Trim() ?? "" : Amount(step.At, string.Create(CultureInfo.InvariantCulture, $"steps[{place}].at")),
                Give = Amount(step.Give, string.Create(CultureInfo.InvariantCulture, $"steps[{place}].give")),
            }),
        ];
    }
}

public sealed class StepText
{
    public string? At { get; set; }

    public string? Give { get; set; }
}
