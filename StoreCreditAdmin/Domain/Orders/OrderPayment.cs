using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Domain.Orders;

public enum PaymentStatus
{
    Pending,
    Completed,

    /// <summary>Never completed: it failed, or credit took its place.</summary>
    Invalid,
}

/// <summary>A payment by other means than store credit: a card, a transfer, cash.</summary>
public sealed class OrderPayment
{
    public const int MaxMethodLength = 50;
    public const int MaxExternalIdLength = 100;

    private OrderPayment()
    {
    }

    internal OrderPayment(Order order, string externalId, string method, DateTimeOffset at)
    {
        Order = order;
        ExternalId = externalId;
        Method = method;
        At = at;
    }

    public long Id { get; private set; }

    public long OrderId { get; private set; }

    public Order Order { get; private set; } = null!;

    /// <summary>The shop's id of the payment, unique within the order.</summary>
    public string ExternalId { get; private set; } = "";

    public string Method { get; private set; } = "";

    public long AmountMinor { get; private set; }

    public PaymentStatus Status { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>How much of it the shop was asked to pay back, as when credit was applied after checkout.</summary>
    public long RefundRequestedMinor { get; private set; }

    /// <summary>Takes a later report of it. What was completed does not become pending again, and what was asked back was paid.</summary>
    internal void Report(long amountMinor, PaymentStatus status)
    {
        if (Status != PaymentStatus.Completed || status != PaymentStatus.Pending)
        {
            AmountMinor = Math.Max(amountMinor, RefundRequestedMinor);
            Status = RefundRequestedMinor > 0 ? PaymentStatus.Completed : status;
        }
    }

    public void Reduce(long amountMinor) => AmountMinor = amountMinor;

    public void RequestRefund(long amountMinor)
    {
        if (amountMinor <= 0 || RefundRequestedMinor + amountMinor > AmountMinor)
        {
            throw new InvalidOperationException("No more can be asked back than was paid.");
        }

        RefundRequestedMinor += amountMinor;
    }

    public void Invalidate() => Status = PaymentStatus.Invalid;
}

public enum RefundMethod
{
    Original,
    StoreCredit,
}

/// <summary>What was given back of an order, once: in money, to the credits that it drew on, or as new credit.</summary>
public sealed class OrderRefund
{
    public const int MaxRefundIdLength = 100;
    public const int MaxNoteLength = 2000;

    private OrderRefund()
    {
    }

    public OrderRefund(Order order, string refundId, RefundMethod method, Actor actor, DateTimeOffset at)
    {
        Order = order;
        RefundId = refundId;
        Method = method;
        By = actor.Name;
        At = at;
    }

    public long Id { get; private set; }

    public long OrderId { get; private set; }

    public Order Order { get; private set; } = null!;

    /// <summary>The shop's id of the refund, unique within the order.</summary>
    public string RefundId { get; private set; } = "";

    public RefundMethod Method { get; private set; }

    /// <summary>The part given back by the means that it was paid with, which the shop does itself.</summary>
    public long MoneyMinor { get; init; }

    /// <summary>The part that went back to the credits that paid.</summary>
    public long ReturnedMinor { get; init; }

    /// <summary>The part that became a new credit.</summary>
    public long NewCreditMinor { get; init; }

    public Credit? NewCredit { get; init; }

    public long? NewCreditId { get; private set; }

    public string? Note { get; init; }

    /// <summary>Whether the customer is to be told of it.</summary>
    public bool Notify { get; init; }

    /// <summary>Why more than the order's total was allowed to be given back; null where it was not.</summary>
    public string? OverrideReason { get; init; }

    public string By { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public long AmountMinor => checked(MoneyMinor + ReturnedMinor + NewCreditMinor);
}
