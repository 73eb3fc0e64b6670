using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>Events about an order that the shop reports elsewhere. One that comes before its order waits for it.</summary>
internal static class DeferredEvents
{
    public const string Refunded = "order.refunded";
    public const string Cancelled = "order.cancelled";
    public const string PaymentFailed = "payment.failed";

    private static readonly string[] Types = [Refunded, Cancelled, PaymentFailed];

    public static async Task<Result<EventAnswer>> ApplyNowOrLaterAsync(WriteScope write, ShopEvent shopEvent)
    {
        var number = Texts.Clean(shopEvent.Read<OrderNamedData>().OrderNumber);
        if ((OrderReader.NumberRefusal(number, "orderNumber") ?? (shopEvent.Type == Refunded ? RefundAskOf(shopEvent).Refusal : null)) is { } refusal)
        {
            return refusal;
        }

        write.About("Order " + number, null);
        var order = await write.Db.FindOrderAsync(number!);
        if (order is null)
        {
            return await WithoutOrderAsync(write, shopEvent, number!);
        }

        var change = new OrderChange(write, order);
        var applied = await ApplyOneAsync(change, shopEvent);
        if (!applied.IsOk)
        {
            return applied.Refusal;
        }

        if (applied.Value == Outcome.Wait)
        {
            return Defer(write, shopEvent, number!);
        }

        change.Audit();
        return EventAnswer.Of(shopEvent, change.Effects, applied.Value == Outcome.Duplicate ? EventAnswer.Duplicate : EventAnswer.Processed);
    }

    /// <summary>Lets what waited for the order take effect, in the order in which it occurred. What is refused then is kept with its reason.</summary>
    public static async Task ApplyAsync(OrderChange change)
    {
        var waiting = await change.Write.Db.DeferredEvents.Where(one => one.Number == change.Order.Number && Types.Contains(one.Type) && one.AppliedAt == null).ToListAsync();
        if (waiting.Count == 0)
        {
            return;
        }

        foreach (var one in waiting.OrderBy(one => one.OccurredAt).ThenBy(one => one.Id))
        {
            var applied = await ApplyOneAsync(change, new ShopEvent(one.EventId, one.Type, one.OccurredAt, JsonSerializer.Deserialize<JsonElement>(one.Data)));
            if (!applied.IsOk)
            {
                change.Add("refused", reason: applied.Refusal.Code);
            }

            if (!applied.IsOk || applied.Value != Outcome.Wait)
            {
                one.MarkApplied(change.Write.Now);
            }
        }

        await change.SaveAsync();
    }

    /// <summary>Whether a refund was reported that takes effect after what happens now.</summary>
    public static Task<bool> RefundWaitsAsync(OrderChange change) =>
        change.Write.Db.DeferredEvents.AnyAsync(one => one.Number == change.Order.Number && one.Type == Refunded && one.AppliedAt == null);

    private static async Task<Result<Outcome>> ApplyOneAsync(OrderChange change, ShopEvent shopEvent)
    {
        switch (shopEvent.Type)
        {
            case Refunded:
                return await RefundAsync(change, shopEvent);
            case Cancelled:
                await change.CancelAsync();
                return Outcome.Done;
            case PaymentFailed:
                await FailAsync(change);
                return Outcome.Done;
            default:
                throw new InvalidOperationException($"Events of the type {shopEvent.Type} do not wait.");
        }
    }

    private static async Task<Result<Outcome>> RefundAsync(OrderChange change, ShopEvent shopEvent)
    {
        var order = change.Order;
        var ask = RefundAskOf(shopEvent);
        if (!ask.IsOk)
        {
            return ask.Refusal;
        }

        var (refund, currency) = ask.Value;
        if (currency != order.Currency)
        {
            return new Refusal("currency-mismatch", $"The order is in {order.Currency}.", "amount");
        }

        if (order.Refunds.FirstOrDefault(one => one.RefundId == refund.RefundId) is { } earlier)
        {
            return earlier.AmountMinor == refund.AmountMinor && earlier.Method == refund.Method
                ? Repeat(change, earlier)
                : new Refusal("idempotency-conflict", "This refund was reported before with another amount or method. A refund's id names one refund.", "refundId");
        }

        if (await change.Write.Db.CardRefunds.SingleOrDefaultAsync(one => one.OrderId == order.Id && one.RefundId == refund.RefundId) is { } asked)
        {
            return Confirm(change, asked, refund);
        }

        if (order is { PaidAt: null, CancelledAt: null } && (await change.MoneyAsync()).RefundableMinor < refund.AmountMinor)
        {
            return Outcome.Wait;
        }

        var refunded = await change.RefundAsync(refund);
        return refunded.Map(_ => Outcome.Done);
    }

    private static Outcome Repeat(OrderChange change, OrderRefund earlier)
    {
        if (earlier.MoneyMinor > 0)
        {
            change.Add("money-refunded", earlier.MoneyMinor);
        }

        if (earlier.ReturnedMinor > 0)
        {
            change.Add("returned", earlier.ReturnedMinor);
        }

        if (earlier.NewCredit is { } credit)
        {
            change.Add("issued", earlier.NewCreditMinor, credit.PublicId);
        }

        return Outcome.Duplicate;
    }

    /// <summary>The shop reports the refund that a message asked it for, which is counted already.</summary>
    private static Result<Outcome> Confirm(OrderChange change, CardRefund asked, RefundAsk refund)
    {
        if (asked.AmountMinor != refund.AmountMinor)
        {
            return new Refusal("idempotency-conflict", $"This refund was asked for over {Amount.Of(asked.AmountMinor, change.Order.Currency)} {change.Order.Currency}. Report another amount under an id of its own.", "amount");
        }

        change.Add("card-refund-confirmed", asked.AmountMinor);
        if (asked.ConfirmedAt is not null)
        {
            return Outcome.Duplicate;
        }

        asked.Confirm(change.Write.Now);
        return Outcome.Done;
    }

    private static async Task FailAsync(OrderChange change)
    {
        if (change.Order is { PaidAt: null, CancelledAt: null })
        {
            await change.ReleaseAllAsync();
            foreach (var payment in change.Order.Payments.Where(payment => payment.Status == PaymentStatus.Pending))
            {
                payment.Invalidate();
            }

            await change.SaveAsync();
        }
    }

    private static async Task<Result<EventAnswer>> WithoutOrderAsync(WriteScope write, ShopEvent shopEvent, string number)
    {
        var given = shopEvent.Type == Refunded ? null : await write.CancelUnrecordedAsync(number, refund: shopEvent.Type == Cancelled);
        var effects = new List<EventEffect>();
        if (given is not null)
        {
            effects.AddRange(new[] { ("released", given.Released), ("returned", given.Refunded) }
                .Where(one => one.Item2.Minor > 0)
                .Select(one => new EventEffect { Kind = one.Item1, Amount = one.Item2 }));
        }

        // A failed payment that freed something is done; the next try's hold is not its business.
        return effects.Count > 0 && shopEvent.Type == PaymentFailed ? EventAnswer.Of(shopEvent, effects) : Defer(write, shopEvent, number, effects);
    }

    private static EventAnswer Defer(WriteScope write, ShopEvent shopEvent, string number, IReadOnlyList<EventEffect>? effects = null)
    {
        write.Db.DeferredEvents.Add(new DeferredEvent(shopEvent.Id, shopEvent.Type, number, shopEvent.Data.GetRawText(), shopEvent.OccurredAt, write.Now));
        return EventAnswer.Of(shopEvent, [.. effects ?? [], new EventEffect { Kind = "deferred", Reason = "order-unknown" }]);
    }

    private static Result<(RefundAsk Ask, Currency Currency)> RefundAskOf(ShopEvent shopEvent)
    {
        var data = shopEvent.Read<OrderRefundedData>();
        var (refundId, note) = (Texts.Clean(data.RefundId), Texts.Clean(data.Note));
        var amount = (data.Amount ?? new()).ParsePositive();
        RefundMethod? method = data.Method switch
        {
            "original" => RefundMethod.Original,
            OrderNames.StoreCredit => RefundMethod.StoreCredit,
            _ => null,
        };
        var refusal = refundId is null ? new Refusal("invalid-request", "Give the refund's id.", "refundId")
            : method is null ? new Refusal("invalid-request", "Write original or store-credit.", "method")
            : amount.Refusal
                ?? Texts.TooLong((refundId, "refundId", OrderRefund.MaxRefundIdLength), (note, "note", OrderRefund.MaxNoteLength))
                ?? Texts.NotOneLine(refundId, "refundId")
                ?? Texts.NotPlain(note, "note");
        return refusal is null
            ? (new RefundAsk(refundId!, method!.Value, amount.Value.Minor) { Note = note, Notify = data.Notify }, amount.Value.Currency)
            : refusal;
    }

    private enum Outcome
    {
        Done,
        Duplicate,
        Wait,
    }
}
