using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>What a shop asks about before it asks for it.</summary>
public sealed record QuoteRequest : CheckoutOwnerRequest
{
    /// <summary>The store's code; null for the default store.</summary>
    public string? Store { get; init; }

    public MoneyInput? OrderTotal { get; init; }

    /// <summary>Absent for as much as possible; zero for none.</summary>
    public PartialAmount? Amount { get; init; }
}

/// <summary>What staff ask to see of an order that nobody has placed.</summary>
public sealed record SimulationRequest
{
    /// <summary>An account's id, or <c>ext:</c> and its external id. Without one, the person with the e-mail address.</summary>
    public string? Account { get; init; }

    /// <summary>Whom the order would name: a guest, or one who acts for a company and may be allowed to use its credit or not.</summary>
    public string? Email { get; init; }

    /// <summary>The store's code; null for the default store.</summary>
    public string? Store { get; init; }

    public MoneyInput? OrderTotal { get; init; }

    /// <summary>Absent for as much as possible, as always where a card paid already.</summary>
    public PartialAmount? Amount { get; init; }

    /// <summary>Whether the order comes paid by card, so that credit takes the card's place afterwards where the store wants it so.</summary>
    public bool PaidByCard { get; init; }
}

public sealed record AuthorizeRequest : CheckoutOwnerRequest
{
    /// <summary>The store's code; null for the default store.</summary>
    public string? Store { get; init; }

    public string? OrderNumber { get; init; }

    public MoneyInput? OrderTotal { get; init; }

    /// <summary>Absent for as much as possible; zero frees what the order holds.</summary>
    public PartialAmount? Amount { get; init; }

    /// <summary>Null for the store's setting.</summary>
    public int? ExpiresInMinutes { get; init; }
}

public sealed record CaptureRequest
{
    /// <summary>Absent for all that is held.</summary>
    public PartialAmount? Amount { get; init; }

    /// <summary>Whether what is not captured stays held, for split shipments.</summary>
    public bool KeepRest { get; init; }
}

public sealed record VoidRequest
{
    /// <summary>A reason's code, or words of the caller's own.</summary>
    public string? Reason { get; init; }
}

/// <summary>Staff free what a checkout still holds, where the shop will not.</summary>
public sealed record ReleaseRequest
{
    /// <summary>A reason's code.</summary>
    public string? Reason { get; init; }

    public string? Note { get; init; }
}

public sealed record RefundRequest
{
    /// <summary>Absent for all that can still be given back.</summary>
    public PartialAmount? Amount { get; init; }

    public bool ToNewCredit { get; init; }

    /// <summary>A reason's code.</summary>
    public string? Reason { get; init; }

    public string? Note { get; init; }
}
