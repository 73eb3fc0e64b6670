using StoreCreditAdmin.Features.Catalogue;

namespace StoreCreditAdmin.Components.Pages.Catalogue;

/// <summary>What people read for the purposes of a reason.</summary>
internal static class PurposeWords
{
    public static string Of(string purpose) => purpose switch
    {
        "issue" => "Adding credit",
        "adjust" => "Changing an amount",
        "invalidate" => "Invalidating credit",
        "expiry-change" => "Changing an expiry date",
        "hold" => "Putting an account on hold",
        "refund" => "Refunding",
        _ => purpose,
    };

    public static string Of(IReadOnlyList<string> purposes) =>
        purposes.Count == ReasonPurposeNames.All.Count ? "Always" : string.Join(", ", purposes.Select((purpose, index) => index == 0 ? Of(purpose) : LowerFirst(Of(purpose))));

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
