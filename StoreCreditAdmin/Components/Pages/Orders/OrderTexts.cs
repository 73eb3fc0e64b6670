namespace StoreCreditAdmin.Components.Pages.Orders;

/// <summary>What staff read of orders.</summary>
internal static class OrderTexts
{
    /// <param name="kind">Its name, as orders bear it.</param>
    public static string Kind(string kind) => kind switch
    {
        "subscription" => "Subscription renewal",
        "credit-purchase" => "Purchase of credit",
        _ => "One-off",
    };
}
