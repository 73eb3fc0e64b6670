using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>Loads what an order's view shows beside the order itself.</summary>
internal static class OrderViews
{
    /// <param name="order">As <see cref="OrderRecording.FindOrderAsync"/> loads it.</param>
    public static async Task<OrderView> ViewAsync(this StoreCreditDbContext db, Order order, IReadOnlyList<Authorization>? authorizations = null) => OrderView.Of(
        order, authorizations ?? await db.AuthorizationsOfOrderAsync(order.Number, order.Store, order.Currency), await CardRefundsAsync(db, order), await AwardsAsync(db, order));

    private static Task<List<Award>> AwardsAsync(StoreCreditDbContext db, Order order) => db.Awards
        .Include(award => award.RuleVersion).Include(award => award.Credit)
        .Where(award => award.OrderId == order.Id)
        .OrderBy(award => award.Id)
        .ToListAsync();

    private static async Task<IReadOnlyList<CardRefundView>> CardRefundsAsync(StoreCreditDbContext db, Order order)
    {
        var refunds = await db.CardRefunds.Where(refund => refund.OrderId == order.Id).OrderBy(refund => refund.Id)
            .Select(refund => new
            {
                refund.RefundId,
                PaymentId = refund.Payment.ExternalId,
                refund.AmountMinor,
                refund.RequestedAt,
                refund.ConfirmedAt,
                Deliveries = refund.Message.Deliveries.Select(delivery => delivery.State).ToList(),
            })
            .ToListAsync();
        return
        [
            .. refunds.Select(refund => new CardRefundView
            {
                Id = refund.RefundId,
                PaymentId = refund.PaymentId,
                Amount = Amount.Of(refund.AmountMinor, order.Currency),
                State = refund.ConfirmedAt is not null ? "confirmed"
                    : refund.Deliveries.Contains(DeliveryState.Delivered) ? "sent"
                    : refund.Deliveries.Count > 0 && refund.Deliveries.TrueForAll(state => state == DeliveryState.Dead) ? "undelivered"
                    : "requested",
                RequestedAt = refund.RequestedAt,
                ConfirmedAt = refund.ConfirmedAt,
            }),
        ];
    }
}
