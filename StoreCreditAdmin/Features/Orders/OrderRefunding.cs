using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>What a refund of an order asks for.</summary>
internal sealed record RefundAsk(string RefundId, RefundMethod Method, long AmountMinor)
{
    public string? Note { get; init; }

    public bool Notify { get; init; }

    /// <summary>Given where more than the order's total may be given back.</summary>
    public string? OverrideReason { get; init; }
}

/// <summary>
/// How value of an order goes back. Every path comes here, so money and credit given back never pass what was paid, nor the total, without a reason to.
/// </summary>
internal static class OrderRefunding
{
    public static readonly Refusal NothingPaid = new("exceeds-order", "Nothing was paid for this order yet, so nothing can be given back.", "amount");

    private const string RefundType = "refund-credit";

    public static async Task<Result<OrderRefund>> RefundAsync(this OrderChange change, RefundAsk ask)
    {
        var (write, order) = (change.Write, change.Order);
        var money = await change.MoneyAsync();
        if (ask.AmountMinor <= 0)
        {
            return new Refusal("amount-invalid", "The amount must be more than zero.", "amount");
        }

        if (ask.AmountMinor > money.RefundableMinor && (ask.OverrideReason is null || !money.WasPaid))
        {
            return TooMuch(order, money);
        }

        var asMoney = ask.Method == RefundMethod.Original ? Math.Min(ask.AmountMinor, money.MoneyLeftMinor) : 0;
        var returned = Math.Min(ask.AmountMinor - asMoney, money.UsedMinor);
        var asNewCredit = ask.AmountMinor - asMoney - returned;
        if (asNewCredit > 0 && (ask.Method == RefundMethod.Original ? TooMuch(order, money) : order.Account is null ? OrderPaying.NoAccount : null) is { } refusal)
        {
            return refusal;
        }

        write.Notify = ask.Notify;
        var details = new EntryDetails { OrderNumber = order.Number, Memo = ask.Note };
        if (asMoney > 0)
        {
            change.Add("money-refunded", asMoney);
        }

        await change.ReturnAsync(returned, details);
        var opened = asNewCredit > 0 ? await OpenAsync(change, asNewCredit, details) : Result<Credit?>.Of(null);
        if (!opened.IsOk)
        {
            return opened.Refusal;
        }

        var refund = order.RecordRefund(new OrderRefund(order, ask.RefundId, ask.Method, write.Actor, write.Now)
        {
            MoneyMinor = asMoney,
            ReturnedMinor = returned,
            NewCreditMinor = asNewCredit,
            NewCredit = opened.Value,
            Note = ask.Note,
            Notify = ask.Notify,
            OverrideReason = ask.AmountMinor > money.RefundableMinor ? ask.OverrideReason : null,
        });
        await change.SaveAsync();
        await change.ReclaimAsync(ask.AmountMinor);
        change.Audit(ask.Note, new
        {
            refund = ask.RefundId,
            method = OrderNames.Of(ask.Method),
            amount = Amount.Of(ask.AmountMinor, order.Currency),
            currency = order.CurrencyCode,
            money = Amount.Of(asMoney, order.Currency),
            returned = Amount.Of(returned, order.Currency),
            newCredit = Amount.Of(asNewCredit, order.Currency),
            ask.Notify,
            refund.OverrideReason,
        });
        return refund;
    }

    /// <summary>Gives back to the credits that paid, what was taken last first.</summary>
    public static async Task ReturnAsync(this OrderChange change, long amountMinor, EntryDetails? details = null)
    {
        foreach (var authorization in Enumerable.Reverse(await change.AuthorizationsAsync()))
        {
            var part = Math.Min(amountMinor, authorization.CapturedMinor - authorization.RefundedMinor);
            if (part > 0)
            {
                foreach (var draw in (await change.Write.RefundAsync(authorization, part, details: details)).Value)
                {
                    change.Add("returned", draw.AmountMinor, draw.Credit.PublicId);
                }

                amountMinor -= part;
            }
        }
    }

    private static async Task<Result<Credit?>> OpenAsync(OrderChange change, long amountMinor, EntryDetails details)
    {
        var (write, order) = (change.Write, change.Order);
        var type = await write.Db.CreditTypes.SingleAsync(one => one.Code == RefundType);
        var wallet = await write.OpenWalletAsync(order.Account!, order.Store, order.Currency);
        var posting = write.Posting(order.Store, details);
        var terms = new CreditTerms { Source = "refund", Memo = details.Memo, ExpiresOn = type.DefaultExpiry.LastGoodDayStillToCome(posting.Moment.Today) };
        var issued = wallet.Issue(posting, type, amountMinor, terms, capMinor: null);
        if (!issued.IsOk)
        {
            return issued.Refusal;
        }

        write.Record(wallet);
        await change.SaveAsync();
        change.Add("issued", amountMinor, issued.Value.PublicId);
        return issued.Value;
    }

    private static Refusal TooMuch(Order order, OrderMoney money)
    {
        var left = $"{Amount.Of(money.RefundableMinor, order.Currency)} {order.Currency}";
        return money.RefundableMinor > 0 ? new Refusal("exceeds-order", $"Only {left} of this order can still be given back, in money and credit together.", "amount")
            : money.WasPaid ? new Refusal("order-already-refunded", "All that was paid for this order was given back already.", "amount")
            : NothingPaid;
    }
}
