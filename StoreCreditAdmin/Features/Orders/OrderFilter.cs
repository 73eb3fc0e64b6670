using StoreCreditAdmin.Domain.Orders;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>Which orders a list shows. Dates are the store's, or the default store's, both inclusive.</summary>
public sealed record OrderFilter
{
    /// <summary>The beginning of a number or an e-mail address, or what finds the customer.</summary>
    public string? Search { get; init; }

    /// <summary>An account's id, or <c>ext:</c> and its external id.</summary>
    public string? Account { get; init; }

    public OrderStatus? Status { get; init; }

    public string? Store { get; init; }

    public string? Currency { get; init; }

    public OrderKindFilter? Kind { get; init; }

    public OrderCredit? Credit { get; init; }

    /// <summary>Only orders that gave the customer credit other than as a payment.</summary>
    public OrderGift? Gave { get; init; }

    public DateOnly? PlacedFrom { get; init; }

    public DateOnly? PlacedTo { get; init; }
}

/// <summary>The kinds of orders that a list is narrowed to.</summary>
public enum OrderKindFilter
{
    /// <summary>Orders of goods: those that only bought credit are left out.</summary>
    AllButCreditPurchases,
    OneOff,
    Subscription,
    CreditPurchase,
}

/// <summary>Whether credit pays an order.</summary>
public enum OrderCredit
{
    /// <summary>It pays a part at least, or is held to.</summary>
    TakenOrHeld,

    /// <summary>It pays a part at least; orders to which it is only held are left out.</summary>
    Taken,

    /// <summary>It neither pays nor is held to.</summary>
    None,
}

/// <summary>How an order gave the customer credit.</summary>
public enum OrderGift
{
    /// <summary>Something was given back as store credit, or a rule gave something.</summary>
    Any,

    /// <summary>Something was given back as store credit.</summary>
    Refunded,

    /// <summary>A rule gave something.</summary>
    Earned,

    /// <summary>What a rule gave was taken back, in part at least.</summary>
    Reclaimed,
}
