using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Domain.Orders;

/// <summary>What an order was paid with, what it still owes and what can be given back. In minor units of its currency, reckoned anew with each question.</summary>
/// <param name="authorizations">All that name the order, of whichever account.</param>
public sealed class OrderMoney(Order order, IReadOnlyCollection<Authorization> authorizations)
{
    public long HeldMinor => authorizations.Sum(one => one.OpenMinor);

    /// <summary>What credit paid and still pays: taken and not given back.</summary>
    public long UsedMinor => authorizations.Sum(one => one.CapturedMinor - one.RefundedMinor);

    /// <summary>What credit pays or is held to pay. A refund of the order gives back what was paid; it does not open the order again.</summary>
    public long CreditMinor => HeldMinor + UsedMinor + ReturnedMinor;

    /// <summary>What other means paid, less what they were asked to pay back.</summary>
    public long OthersMinor => order.PaidByOthersMinor;

    /// <summary>Never below zero, and nothing once the order is cancelled.</summary>
    public long DueMinor => order.CancelledAt is null ? Math.Max(0, order.TotalMinor - OthersMinor - CreditMinor) : 0;

    /// <summary>What is held beyond what the order owes, as when its total dropped.</summary>
    public long HeldTooMuchMinor => Math.Clamp(OthersMinor + CreditMinor - order.TotalMinor, 0, HeldMinor);

    /// <summary>The most that can be taken of what is held.</summary>
    public long CapturableMinor => Math.Max(0, order.TotalMinor - OthersMinor - UsedMinor - ReturnedMinor);

    /// <summary>What can still be given back: no more than was paid, no more than the total, less what was given back already.</summary>
    public long RefundableMinor => Math.Max(0, Math.Min(order.TotalMinor, OthersMinor + UsedMinor + ReturnedMinor) - order.RefundedMinor);

    /// <summary>Whether anything was paid, though all of it may have been given back since.</summary>
    public bool WasPaid => order.Payments.Any(payment => payment is { Status: PaymentStatus.Completed, AmountMinor: > 0 })
        || (order.CancelledAt is null ? UsedMinor + ReturnedMinor > 0 : authorizations.Any(one => one.CapturedMinor > 0));

    /// <summary>What other means paid and were not asked or told to give back.</summary>
    public long MoneyLeftMinor => Math.Max(0, OthersMinor - order.RefundedInMoneyMinor);

    private long ReturnedMinor => order.Refunds.Sum(refund => refund.ReturnedMinor);
}
