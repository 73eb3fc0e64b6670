using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Earning;

namespace StoreCreditAdmin.Components.Shared;

/// <summary>What people read for the rules by which customers earn.</summary>
public static class EarningTexts
{
    public static string NameOf(EarningMethod method) => method switch
    {
        EarningMethod.FirstOrder => "First order",
        EarningMethod.OrderPlaced => "Every order",
        EarningMethod.Registration => "Registration",
        EarningMethod.OrderHistory => "Order history",
        EarningMethod.SpendHistory => "Spend history",
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };

    /// <param name="method">As the HTTP contract names it.</param>
    public static string NameOf(string method) => EarningNames.Method(method) is { } known ? NameOf(known) : method;

    /// <summary>What a rule of the method is for, where there is none.</summary>
    public static string PurposeOf(EarningMethod method) => method switch
    {
        EarningMethod.FirstOrder => "Gives credit for the first order that a customer pays.",
        EarningMethod.OrderPlaced => "Gives credit for each order, once it is paid.",
        EarningMethod.Registration => "Gives credit to customers who register.",
        EarningMethod.OrderHistory => "Gives credit at up to five steps of how many orders a customer has paid, or what they came to.",
        EarningMethod.SpendHistory => "Gives credit for what a customer spends over all orders, again and again or at up to five steps.",
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };

    public static string SentenceOf(RuleView rule) => SentenceOf(EarningNames.Method(rule.Method)!.Value, rule.Config, rule.Currency);

    public static string SentenceOf(EarningMethod method, RuleConfig config, string currency) =>
        SentenceOf(method, config.Parse(method, Currency.Of(currency)).Value, Currency.Of(currency));

    public static string SentenceOf(EarningMethod method, RuleTerms terms, Currency currency) => RuleSentence.Of(method, terms, currency, CultureInfo.CurrentCulture);

    /// <summary>Why a rule gave nothing.</summary>
    /// <param name="reason">One of <see cref="EarningReasons"/>, or the code of what issuing was refused for.</param>
    public static string ReasonOf(string reason) => reason switch
    {
        EarningReasons.NothingPaid => "Nothing of its goods was paid by other means than credit and gift cards",
        EarningReasons.BelowMinimum => "It came to less than the rule's minimum",
        EarningReasons.RoundsToZero => "It did not reach the next whole multiple",
        EarningReasons.TooLarge => "The amount would have been larger than any credit may be",
        EarningReasons.OtherCurrency => "It was in another currency than the rule",
        EarningReasons.ExpiryPassed => "The last good day of the rule's credit was over",
        "cap-exceeded" => "The account would have had more than the store's limit",
        _ => reason,
    };
}
