using StoreCreditAdmin.Features.Invoices;

namespace StoreCreditAdmin.Components.Pages.Invoices;

/// <summary>What people read for the words of the HTTP contract.</summary>
internal static class InvoiceTexts
{
    /// <summary><c>self-storage</c> is "Self storage".</summary>
    public static string KindOf(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..].Replace('-', ' ');

    public static string Of(InvoiceState state) => state switch
    {
        InvoiceState.Open => "Open",
        InvoiceState.Due => "Open, with a balance",
        InvoiceState.Covered => "Open, nothing left to pay",
        InvoiceState.Paid => "Paid",
        InvoiceState.Voided => "Voided",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
