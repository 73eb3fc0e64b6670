using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.PromoCodes;

namespace StoreCreditAdmin.Components.Pages.Codes;

/// <summary>What people read for the kinds and states of codes, and their names in addresses.</summary>
internal static class CodeTexts
{
    public static IReadOnlyDictionary<string, PromoCodeState> States { get; } = new Dictionary<string, PromoCodeState>
    {
        ["usable"] = PromoCodeState.Usable,
        ["to-come"] = PromoCodeState.ToCome,
        ["over"] = PromoCodeState.Over,
        ["used-up"] = PromoCodeState.UsedUp,
        ["inactive"] = PromoCodeState.Inactive,
    };

    public static IReadOnlyDictionary<string, PromoCodeKind> Kinds { get; } = new Dictionary<string, PromoCodeKind>
    {
        ["promo"] = PromoCodeKind.Promo,
        ["referral"] = PromoCodeKind.Referral,
    };

    public static string Of(PromoCodeState state) => state switch
    {
        PromoCodeState.Usable => "Can be used",
        PromoCodeState.ToCome => "Not yet valid",
        PromoCodeState.Over => "Over",
        PromoCodeState.UsedUp => "Used up",
        _ => "Inactive",
    };

    public static string Tone(PromoCodeState state) => state switch
    {
        PromoCodeState.Usable => "good",
        PromoCodeState.ToCome => "info",
        _ => "plain",
    };

    public static string Kind(string kind) => kind == "referral" ? "Referral" : "Promo";

    /// <summary>How often it can be used.</summary>
    public static string Limits(PromoCodeView code) => code.Total is { } total
        ? $"{Times(code.PerCustomer)} each, {total} in all"
        : $"{Times(code.PerCustomer)} each";

    private static string Times(int number) => number switch
    {
        1 => "Once",
        2 => "Twice",
        _ => $"{number} times",
    };
}
