using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Checkout;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>The data of <c>order.placed</c> and <c>order.paid</c>: an order, in a field of its own or by itself.</summary>
public sealed record OrderData
{
    public OrderInput? Order { get; init; }
}

/// <summary>An order as a shop writes it, not yet checked.</summary>
public sealed record OrderInput
{
    public string? Number { get; init; }

    public CustomerInput? Customer { get; init; }

    public bool Guest { get; init; }

    /// <summary>The store's code; null for the default store.</summary>
    public string? Store { get; init; }

    public string? Currency { get; init; }

    public PartialAmount? ItemsTotal { get; init; }

    public PartialAmount? DiscountTotal { get; init; }

    public PartialAmount? ShippingTotal { get; init; }

    public PartialAmount? TaxTotal { get; init; }

    public PartialAmount? Total { get; init; }

    public DateTimeOffset? PlacedAt { get; init; }

    public DateTimeOffset? PaidAt { get; init; }

    /// <summary><c>one-off</c>, <c>subscription</c> or <c>credit-purchase</c>; absent for one-off.</summary>
    public string? Kind { get; init; }

    public string? PromoCode { get; init; }

    public string? ReferralCode { get; init; }

    public IReadOnlyList<OrderLineInput?>? Lines { get; init; }

    public IReadOnlyList<OrderPaymentInput?>? Payments { get; init; }
}

public sealed record CustomerInput
{
    public string? ExternalId { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? Phone { get; init; }
}

public sealed record OrderLineInput
{
    public string? Sku { get; init; }

    public string? Name { get; init; }

    public long Quantity { get; init; } = 1;

    public PartialAmount? UnitPrice { get; init; }

    /// <summary><c>goods</c>, <c>credit</c> or <c>gift-card</c>; absent for goods.</summary>
    public string? Kind { get; init; }
}

public sealed record OrderPaymentInput
{
    public string? Id { get; init; }

    public string? Method { get; init; }

    public PartialAmount? Amount { get; init; }

    /// <summary><c>completed</c>, <c>pending</c> or <c>failed</c>.</summary>
    public string? Status { get; init; }
}

public sealed record CustomerRegisteredData
{
    public CustomerInput? Customer { get; init; }

    public string? Store { get; init; }
}

public sealed record OrderRefundedData
{
    public string? OrderNumber { get; init; }

    public string? RefundId { get; init; }

    public MoneyInput? Amount { get; init; }

    /// <summary><c>original</c> or <c>store-credit</c>.</summary>
    public string? Method { get; init; }

    public bool Notify { get; init; }

    public string? Note { get; init; }
}

/// <summary>The data of events that only name an order.</summary>
public sealed record OrderNamedData
{
    public string? OrderNumber { get; init; }
}

public sealed record PayOrderRequest
{
    /// <summary>Absent for the rest, or as much of it as there is credit.</summary>
    public PartialAmount? Amount { get; init; }
}

public sealed record VoidPaymentRequest
{
    public string? Reason { get; init; }
}

public sealed record RefundWithCreditRequest
{
    public PartialAmount? Amount { get; init; }

    /// <summary>Whether the customer is told.</summary>
    public bool Notify { get; init; }

    public string? Note { get; init; }

    /// <summary>Why more is given back than the order's total. Needs the permission.</summary>
    public string? OverrideReason { get; init; }
}

public sealed record CancelOrderRequest
{
    public string? Reason { get; init; }
}
