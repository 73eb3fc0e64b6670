using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Checkout;

namespace StoreCreditAdmin.Features.Invoices;

/// <summary>The data of <c>invoice.created</c>: an invoice, in a field of its own or by itself.</summary>
public sealed record InvoiceData
{
    public InvoiceInput? Invoice { get; init; }
}

/// <summary>An invoice as a billing system writes it, not yet checked.</summary>
public sealed record InvoiceInput
{
    public string? Number { get; init; }

    public string? AccountExternalId { get; init; }

    /// <summary>The store's code; null for the default store.</summary>
    public string? Store { get; init; }

    /// <summary><c>user</c>, <c>valet</c>, <c>self-storage</c> or another word. The store says which kinds take credit by themselves.</summary>
    public string? Kind { get; init; }

    public MoneyInput? Total { get; init; }

    public DateOnly? IssuedOn { get; init; }

    public DateOnly? DueOn { get; init; }
}

/// <summary>The data of events that only name an invoice.</summary>
public sealed record InvoiceNamedData
{
    public string? InvoiceNumber { get; init; }
}

public sealed record PayInvoiceRequest
{
    /// <summary>Absent for all that is left to pay, or as much of it as there is credit.</summary>
    public PartialAmount? Amount { get; init; }
}

public sealed record VoidInvoicePaymentRequest
{
    /// <summary>A reason's code, or words of the caller's own. Needed.</summary>
    public string? Reason { get; init; }
}
