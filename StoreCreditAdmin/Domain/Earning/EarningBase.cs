using StoreCreditAdmin.Domain.Orders;

namespace StoreCreditAdmin.Domain.Earning;

/// <summary>
/// What of an order earns: what was really paid for goods (decisions.md, "Base"). Items less discounts, without shipping and tax, without lines that
/// buy credit or gift cards, and without the part paid by credit or gift card. Never below zero.
/// </summary>
public static class EarningBase
{
    private static readonly string[] GiftCardMethods = ["gift-card", "giftcard", "gift_card", "gift card", "store-credit"];

    /// <param name="paidByCreditMinor">What store credit paid of the order.</param>
    /// <returns>Minor units of the order's currency.</returns>
    public static long Of(Order order, long paidByCreditMinor)
    {
        var bought = order.Lines.Where(line => line.Kind != OrderLineKind.Goods).Sum(line => line.TotalMinor);
        var byGiftCard = order.Payments
            .Where(payment => payment.Status == PaymentStatus.Completed && GiftCardMethods.Contains(payment.Method, StringComparer.OrdinalIgnoreCase))
            .Sum(payment => payment.AmountMinor - payment.RefundRequestedMinor);
        return Math.Max(0, order.ItemsMinor - order.DiscountMinor - bought - paidByCreditMinor - byGiftCard);
    }
}
