using StoreCreditAdmin.Domain.Messages;

namespace StoreCreditAdmin.Domain.Orders;

/// <summary>A part of a payment that the shop was asked to pay back by the means that paid. It is done when the shop reports a refund with its id.</summary>
public sealed class CardRefund
{
    private CardRefund()
    {
    }

    public CardRefund(Order order, OrderPayment payment, string refundId, long amountMinor, OutboxMessage message, DateTimeOffset requestedAt)
    {
        Order = order;
        Payment = payment;
        RefundId = refundId;
        AmountMinor = amountMinor;
        Message = message;
        RequestedAt = requestedAt;
    }

    public long Id { get; private set; }

    public long OrderId { get; private set; }

    public Order Order { get; private set; } = null!;

    public long PaymentId { get; private set; }

    public OrderPayment Payment { get; private set; } = null!;

    /// <summary>The id that the shop's refund is to bear.</summary>
    public string RefundId { get; private set; } = "";

    public long AmountMinor { get; private set; }

    public long MessageId { get; private set; }

    /// <summary>What asks the shop for it.</summary>
    public OutboxMessage Message { get; private set; } = null!;

    public DateTimeOffset RequestedAt { get; private set; }

    /// <summary>When the shop reported it.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public void Confirm(DateTimeOffset at) => ConfirmedAt ??= at;
}
