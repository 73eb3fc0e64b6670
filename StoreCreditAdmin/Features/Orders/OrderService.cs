using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>What staff and shops do with an order: pay with credit, take such a payment out, give back with credit, cancel.</summary>
public sealed class OrderService(CommitGate gate)
{
    public static readonly Refusal NotFound = new("not-found", "There is no such order.");

    private static readonly Refusal NoSuchPayment =
        new("not-found", "The order has no such payment by credit. Only payments by credit can be captured and voided here.");

    /// <summary>Pays the rest with credit, or as much of it as there is; or the part asked for.</summary>
    public Task<Result<OrderView>> PayAsync(Caller caller, OperationKey key, string number, PayOrderRequest request) =>
        OnOrderAsync("order.pay", caller, key, number, async change =>
        {
            var amount = request.Amount?.Parse(change.Order.Currency);
            if (amount?.Refusal is { } refusal)
            {
                return refusal;
            }

            var paid = await change.PayAsync(amount?.Value);
            if (!paid.IsOk)
            {
                return paid.Refusal;
            }

            await change.FitPendingAsync();
            await change.SettleAsync(change.Write.Now);
            change.Audit();
            return null;
        });

    /// <summary>Takes what a payment by credit holds, as far as the order owes it, and frees the rest.</summary>
    /// <param name="paymentId">As <see cref="OrderPaymentView.Id"/>.</param>
    public Task<Result<OrderView>> CapturePaymentAsync(Caller caller, OperationKey key, string number, string paymentId) =>
        OnOrderAsync("order.payment-capture", caller, key, number, async change =>
        {
            if ((await change.AuthorizationsAsync()).Find(one => one.Code == paymentId) is not { } authorization)
            {
                return NoSuchPayment;
            }

            var owed = (await change.MoneyAsync()).CapturableMinor;
            if (await change.CaptureAsync(authorization, owed > 0 ? Math.Min(owed, authorization.OpenMinor) : authorization.OpenMinor, keepRest: false) is { } refusal)
            {
                return refusal;
            }

            await change.FitPendingAsync();
            await change.SettleAsync(change.Write.Now);
            change.Audit();
            return null;
        });

    /// <summary>Takes a payment by credit out of the order: what it holds is freed, what it took goes back to the credits. A second time changes nothing.</summary>
    /// <param name="paymentId">As <see cref="OrderPaymentView.Id"/>.</param>
    public Task<Result<OrderView>> VoidPaymentAsync(Caller caller, OperationKey key, string number, string paymentId, VoidPaymentRequest request) =>
        OnOrderAsync("order.payment-void", caller, key, number, async change =>
        {
            var reason = Texts.Clean(request.Reason);
            if (CreditTexts.Refusal(reason, "reason") is { } refusal)
            {
                return refusal;
            }

            var authorization = (await change.AuthorizationsAsync()).Find(one => one.Code == paymentId);
            if (authorization is null)
            {
                return NoSuchPayment;
            }

            var details = new EntryDetails { Memo = reason };
            if (authorization.OpenMinor > 0)
            {
                await change.ReleaseAsync(authorization, authorization.OpenMinor, details);
            }

            var taken = authorization.CapturedMinor - authorization.RefundedMinor;
            if (taken > 0)
            {
                var returned = await change.Write.RefundAsync(authorization, taken, details: details);
                if (!returned.IsOk)
                {
                    return returned.Refusal;
                }
            }

            if (change.Order is { PaidAt: not null, CancelledAt: null } && (await change.MoneyAsync()).DueMinor > 0)
            {
                change.Order.MarkUnpaid();
            }

            change.Audit(reason, new { payment = paymentId, returned = Amount.Of(taken, change.Order.Currency), currency = change.Order.CurrencyCode });
            return null;
        });

    /// <summary>Gives a part of what was paid back as credit: first to the credits that paid, the rest as a new one.</summary>
    public Task<Result<OrderView>> RefundWithCreditAsync(Caller caller, OperationKey key, string number, RefundWithCreditRequest request) =>
        OnOrderAsync("order.refund", caller, key, number, async change =>
        {
            var (note, overrideReason) = (Texts.Clean(request.Note), Texts.Clean(request.OverrideReason));
            var amount = (request.Amount ?? new PartialAmount(null)).Parse(change.Order.Currency);
            if ((amount.Refusal
                ?? Texts.TooLong((note, "note", OrderRefund.MaxNoteLength), (overrideReason, "overrideReason", OrderRefund.MaxNoteLength))
                ?? Texts.NotPlain(note, "note")
                ?? Texts.NotPlain(overrideReason, "overrideReason")) is { } refusal)
            {
                return refusal;
            }

            if (overrideReason is not null && !caller.May(Permission.OverrideRefunds))
            {
                return CallerCheck.Forbidden;
            }

            if (change.Order.Account is null)
            {
                return OrderPaying.NoAccount;
            }

            var refunded = await change.RefundAsync(new RefundAsk(change.Write.Operation.PublicId.ToString(), RefundMethod.StoreCredit, amount.Value)
            {
                Note = note,
                Notify = request.Notify,
                OverrideReason = overrideReason,
            });
            return refunded.Refusal;
        });

    /// <summary>Frees what the order holds, gives back what credit paid, asks the rest back from other means. All or nothing; a second call changes nothing.</summary>
    public Task<Result<CancelView>> CancelAsync(Caller caller, OperationKey key, string number, CancelOrderRequest request) =>
        gate.ExecuteAsync<CancelView>(new OperationRequest("order.cancel", key, caller, Permission.Checkout), async write =>
        {
            var reason = Texts.Clean(request.Reason);
            write.About("Order " + number, null);
            if (CreditTexts.Refusal(reason, "reason") is { } refusal)
            {
                return refusal;
            }

            var details = new EntryDetails { Memo = reason };
            if (await write.Db.FindOrderAsync(number) is not { } order)
            {
                return await write.CancelUnrecordedAsync(number, refund: true, details) is { } unrecorded ? unrecorded : NotFound;
            }

            var change = new OrderChange(write, order);
            var cancelled = await change.CancelAsync(details);
            change.Audit(reason);
            return cancelled;
        });

    private Task<Result<OrderView>> OnOrderAsync(string kind, Caller caller, OperationKey key, string number, Func<OrderChange, Task<Refusal?>> deed) =>
        gate.ExecuteAsync<OrderView>(new OperationRequest(kind, key, caller, Permission.Checkout), async write =>
        {
            if (await write.Db.FindOrderAsync(number) is not { } order)
            {
                return NotFound;
            }

            await Owner.FindForGuestAsync(write.Db, order);
            write.About("Order " + order.Number, order.PublicId.ToString(), order.AccountId);
            var change = new OrderChange(write, order);
            if (await deed(change) is { } refusal)
            {
                return refusal;
            }

            await change.SaveAsync();
            return await write.Db.ViewAsync(order, await change.AuthorizationsAsync());
        });
}
