using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Components.Pages.ApiKeys;

/// <summary>What each scope opens, in a line.</summary>
internal static class ScopeTexts
{
    public static string Of(string scope) => scope switch
    {
        Scopes.Read => "Read accounts, credits, entries and balances",
        Scopes.Credits => "Give, change and void credit; accounts, contacts and holds",
        Scopes.Checkout => "Quote, authorize, capture, release and refund for orders",
        Scopes.Events => "Send what happens in the shop",
        Scopes.Admin => "Stores, types, reasons and webhooks; ledger verification",
        _ => "",
    };
}
