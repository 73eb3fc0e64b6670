using System.Text.RegularExpressions;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Catalogue;

namespace StoreCreditAdmin.Features.PromoCodes;

/// <summary>What codes and their terms must look like.</summary>
internal static partial class PromoCodeRules
{
    public const string Promo = "promo";
    public const string Referral = "referral";

    public static Refusal? BadCode(string? code) => code is not null && Code().IsMatch(code)
        ? null
        : new Refusal(CatalogueRules.Invalid, "Write a code of 1 to 50 letters a to z, digits, hyphens and underscores.", "code");

    public static Refusal? BadKind(string? kind) => kind is Promo or Referral ? null : new Refusal(CatalogueRules.Invalid, "Write promo or referral.", "kind");

    public static Refusal? KindChanged(string kind, string? wanted) => wanted is null || wanted == kind
        ? null
        : new Refusal("kind-frozen", "A code's kind never changes. Deactivate this one and add another.", "kind");

    public static PromoCodeKind KindOf(string kind) => kind == Referral ? PromoCodeKind.Referral : PromoCodeKind.Promo;

    public static Refusal? Wrong(PromoCodeKind kind, Wanted wanted) =>
        wanted.PerCustomer < 1 ? new Refusal(CatalogueRules.Invalid, "Write a whole number above zero.", "perCustomer")
        : wanted.Total < 1 ? new Refusal(CatalogueRules.Invalid, "Write a whole number above zero, or leave it out.", "total")
        : wanted.ValidTo < wanted.ValidFrom ? new Refusal(CatalogueRules.Invalid, "The last day cannot be before the first.", "validTo")
        : kind == PromoCodeKind.Promo && (wanted.Referrer ?? wanted.ReferrerAmount) is not null
            ? new Refusal(CatalogueRules.Invalid, "Only a referral code has a referrer.", "referrerAccountId")
        : wanted.Referrer is null != wanted.ReferrerAmount is null
            ? new Refusal(CatalogueRules.Invalid, "Give both the referrer's account and amount, or neither.", "referrerAmount")
        : null;

    public static FieldChanges Changes(PromoCode code, PromoCodeTerms terms) => new FieldChanges()
        .Note("amount", Amount.Of(code.AmountMinor, code.Currency), Amount.Of(terms.Amount.Minor, terms.Amount.Currency))
        .Note("currency", code.CurrencyCode, terms.Amount.Currency.Code)
        .Note("type", code.Type.Code, terms.Type.Code)
        .Note("validFrom", code.ValidFrom, terms.ValidFrom)
        .Note("validTo", code.ValidTo, terms.ValidTo)
        .Note("perCustomer", code.PerCustomer, terms.PerCustomer)
        .Note("total", code.Total, terms.Total)
        .Note("referrerAccountId", code.ReferrerAccount?.PublicId, terms.ReferrerAccount?.PublicId)
        .Note("referrerAmount", AmountOf(code.ReferrerAmountMinor, code.Currency), AmountOf(terms.ReferrerAmountMinor, terms.Amount.Currency))
        .Note("active", code.Active, terms.Active);

    private static Amount? AmountOf(long? minor, Currency currency) => minor is { } amount ? Amount.Of(amount, currency) : null;

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,50}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
