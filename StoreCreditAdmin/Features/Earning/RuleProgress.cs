using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>How far a customer is with a rule that is on.</summary>
/// <param name="Store">The store's code.</param>
/// <param name="Orders">The customer's orders in the store that were ever paid; for a first-order rule, in any store.</param>
/// <param name="SpentMinor">What they came to, in the rule's currency.</param>
/// <param name="CarryMinor">What the last order left over.</param>
/// <param name="Registered">Whether registering gave its credit already.</param>
public sealed record RuleProgress(string Store, EarningMethod Method, int Version, RuleTerms Terms, Currency Currency, long Orders, long SpentMinor, long CarryMinor, bool Registered)
{
    /// <summary>The next thing that earns and how much of it is reached; null where nothing adds up.</summary>
    public (long Reached, long At)? Next => Terms switch
    {
        StepTerms { Measure: StepMeasure.Count } steps => steps.Next(Orders) is { } next ? (Orders, next.At) : null,
        StepTerms steps => steps.Next(SpentMinor) is { } next ? (SpentMinor, next.At) : null,
        EverySpentTerms every => (Math.Min(CarryMinor, every.EveryMinor), every.EveryMinor),
        _ => null,
    };

    public string Words(CultureInfo culture)
    {
        string In(long minor) => new Money(minor, Currency).ToText(culture);
        string Number(long number) => number.ToString("N0", culture);
        return Terms switch
        {
            StepTerms { Measure: StepMeasure.Count } steps when steps.Next(Orders) is { } next =>
                $"{Number(Orders)} of {Number(next.At)} orders. {Number(next.At - Orders)} more earns {In(next.GiveMinor)}.",
            StepTerms { Measure: StepMeasure.Amount } steps when steps.Next(SpentMinor) is { } next =>
                $"{In(SpentMinor)} of {In(next.At)} spent. {In(next.At - SpentMinor)} more earns {In(next.GiveMinor)}.",
            StepTerms => "All steps are reached. Nothing more comes of this rule.",
            EverySpentTerms every when every.For(new OrderBasis(0, CarryMinor: CarryMinor)) is { AmountMinor: > 0 } already =>
                $"{In(CarryMinor)} left over. The next order earns {In(already.AmountMinor)} or more.",
            EverySpentTerms every => $"{In(CarryMinor)} left over. {In(every.EveryMinor - CarryMinor)} more earns {In(every.GiveMinor)}.",
            _ when Method == EarningMethod.FirstOrder => Orders > 0 ? "The first order is paid. Nothing more comes of this rule." : "No order is paid yet. The first one earns.",
            _ when Method == EarningMethod.Registration => Registered ? "Given." : "Not given to this customer.",
            _ => "Each paid order earns by itself.",
        };
    }
}
