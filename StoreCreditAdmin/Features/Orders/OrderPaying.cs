using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>How credit pays orders.</summary>
internal static class OrderPaying
{
    public static readonly Refusal NoAccount =
        new("account-unknown", "The order belongs to a guest whom no account knows, so there is no credit. Open an account with the guest's e-mail address first.");

    /// <summary>Holds as much credit as there is for what the order still owes, and says why where it does not.</summary>
    public static async Task HoldAsync(this OrderChange change)
    {
        var (write, order) = (change.Write, change.Order);
        var money = await change.MoneyAsync();
        if (order.Account is null || money.DueMinor == 0 || (money.HeldMinor > 0 && await AvailableAsync(change) == 0))
        {
            return;
        }

        var refused = await WhyNotByItselfAsync(change, order.Account);
        if (refused is null)
        {
            var authorized = await change.AuthorizeAsync();
            refused = authorized.Refusal?.Code;
            if (authorized.IsOk)
            {
                foreach (var line in authorized.Value.Lines)
                {
                    change.Add("authorized", line.AuthorizedMinor, line.Credit.PublicId);
                }
            }
        }

        if (refused is not null)
        {
            change.Add("credit-not-applied", money.DueMinor, reason: refused);
        }
    }

    /// <summary>Holds a part or, without an amount, as much as possible of what is not paid, and takes it. What was held before stays held.</summary>
    /// <returns>What was taken.</returns>
    public static async Task<Result<long>> PayAsync(this OrderChange change, long? amountMinor)
    {
        var order = change.Order;
        if (order.Account is null)
        {
            return NoAccount;
        }

        if (amountMinor is <= 0)
        {
            return new Refusal("amount-invalid", "The amount must be more than zero.", "amount");
        }

        var held = (await change.AuthorizationsAsync()).Where(one => one.AccountId == order.AccountId).Sum(one => one.OpenMinor);
        var authorized = await change.AuthorizeAsync(amountMinor + held);
        if (!authorized.IsOk)
        {
            return authorized.Refusal;
        }

        var asked = amountMinor ?? authorized.Value.OpenMinor;
        if (asked > authorized.Value.OpenMinor)
        {
            return new Refusal("exceeds-order", "The order owes less than that.", "amount");
        }

        var captured = await change.CaptureAsync(authorized.Value, asked, keepRest: true);
        return captured is null ? asked : captured;
    }

    /// <summary>Takes what the order holds, as far as it owes it, and frees the rest.</summary>
    public static async Task CaptureHeldAsync(this OrderChange change)
    {
        var money = await change.MoneyAsync();
        var owed = money.CapturableMinor;
        long promised = 0;
        var authorizations = await change.AuthorizationsAsync();
        var latest = authorizations.LastOrDefault(one => one.AccountId == change.Order.AccountId);
        foreach (var authorization in authorizations)
        {
            var part = Math.Min(owed, authorization.OpenMinor);
            var late = authorization.IsOpen && authorization.ExpiresAt <= change.Write.Now;
            if (authorization == latest)
            {
                // What a later authorization replaced is promised no more, and what another account promised is not this one's to keep.
                promised = late ? part : authorization.TimedOut ? authorization.AuthorizedMinor : 0;
            }

            if (part > 0 && !late && await change.CaptureAsync(authorization, part, keepRest: false) is null)
            {
                owed -= part;
            }
            else if (authorization.IsOpen)
            {
                await change.ReleaseAsync(authorization, authorization.OpenMinor);
            }
        }

        await change.KeepPromiseAsync(Math.Min(owed, promised));
    }

    /// <summary>Frees what is held beyond what the order owes, as when its total dropped.</summary>
    public static async Task FitHoldsAsync(this OrderChange change)
    {
        var excess = (await change.MoneyAsync()).HeldTooMuchMinor;
        foreach (var authorization in (await change.AuthorizationsAsync()).Where(one => one.IsOpen).Reverse())
        {
            var part = Math.Min(excess, authorization.OpenMinor);
            if (part > 0)
            {
                await change.ReleaseAsync(authorization, part);
                excess -= part;
            }
        }
    }

    /// <summary>Makes pending payments by other means smaller, or invalid, where credit takes their place.</summary>
    public static async Task FitPendingAsync(this OrderChange change)
    {
        var pending = change.Order.Payments.Where(payment => payment.Status == PaymentStatus.Pending).ToList();
        if (pending.Count == 0 || (await change.MoneyAsync() is { CreditMinor: 0 } && change.Order.PaidAt is null))
        {
            return;
        }

        var left = (await change.MoneyAsync()).DueMinor;
        foreach (var payment in pending)
        {
            if (left == 0)
            {
                change.Add("payment-invalidated", payment.AmountMinor);
                payment.Invalidate();
            }
            else if (payment.AmountMinor > left)
            {
                change.Add("payment-reduced", left);
                payment.Reduce(left);
            }

            left -= Math.Min(left, payment.AmountMinor);
        }

        await change.SaveAsync();
    }

    /// <summary>
    /// Credit in the place of money already paid, where the store wants it so: takes what the account has and asks the other means to pay that much back.
    /// </summary>
    public static async Task ApplyAfterCheckoutAsync(this OrderChange change)
    {
        var (write, order) = (change.Write, change.Order);
        if (!order.Store.ApplyAfterCheckout || order.Account is null || order.Kind == OrderKind.CreditPurchase
            || order.PaidByOthersMinor != order.TotalMinor
            || (await change.AuthorizationsAsync()).Count > 0)
        {
            return;
        }

        // What the shop gave back in money already is not asked back once more.
        var amount = Math.Min(await AvailableAsync(change), (await change.MoneyAsync()).MoneyLeftMinor);
        if (amount == 0 || await DeferredEvents.RefundWaitsAsync(change))
        {
            return;
        }

        var refused = order.Account.OnHold ? "account-on-hold" : await WhyNotByItselfAsync(change, order.Account);
        if (refused is not null)
        {
            change.Add("credit-not-applied", amount, reason: refused);
            return;
        }

        await change.AskMoneyBackAsync(amount);
        var authorized = (await change.AuthorizeAsync(amount)).Value;
        if (await change.CaptureAsync(authorized, amount, keepRest: false) is { } unexpected)
        {
            throw new InvalidOperationException($"What was just held could not be taken: {unexpected.Message}");
        }
    }

    /// <summary>Asks the shop to pay back by the means that paid, the last one first.</summary>
    public static async Task AskMoneyBackAsync(this OrderChange change, long amountMinor)
    {
        var order = change.Order;
        var left = amountMinor;
        foreach (var payment in order.Payments.Where(payment => payment.Status == PaymentStatus.Completed).OrderByDescending(payment => payment.Id))
        {
            var part = Math.Min(left, payment.AmountMinor - payment.RefundRequestedMinor);
            if (part <= 0)
            {
                continue;
            }

            payment.RequestRefund(part);
            left -= part;
            var body = new CardRefundRequest(order.Number, payment.ExternalId, Amount.Of(part, order.Currency), order.CurrencyCode, $"card-{change.Write.NewId():N}");
            var message = change.Write.Send(CardRefundRequest.Kind, body, order.Number, order.AccountId);
            change.Write.Db.CardRefunds.Add(new CardRefund(order, payment, body.RefundId, part, message, change.Write.Now));
            change.Add("card-refund-requested", part);
        }

        await change.SaveAsync();
    }

    /// <returns>The refusal, or null where it was taken.</returns>
    public static async Task<Refusal?> CaptureAsync(this OrderChange change, Authorization authorization, long amountMinor, bool keepRest)
    {
        var before = authorization.Lines.ToDictionary(line => line, line => line.CapturedMinor);
        var captured = await change.Write.CaptureAsync(authorization, amountMinor, keepRest);
        if (!captured.IsOk)
        {
            return captured.Refusal;
        }

        foreach (var line in authorization.Lines.OrderBy(line => line.Position).Where(line => line.CapturedMinor > before[line]))
        {
            change.Add("captured", line.CapturedMinor - before[line], line.Credit.PublicId);
        }

        return null;
    }

    public static async Task ReleaseAsync(this OrderChange change, Authorization authorization, long amountMinor, EntryDetails? details = null)
    {
        await change.Write.ReleaseAsync(authorization, amountMinor, details);
        change.Add("released", amountMinor);
    }

    /// <summary>The shop reports late that credit paid, after its hold ran out: takes it all the same, where it is still there.</summary>
    private static async Task KeepPromiseAsync(this OrderChange change, long amountMinor)
    {
        var order = change.Order;
        if (amountMinor > 0 && order.Account is not null
            && await change.AuthorizeAsync(amountMinor) is { IsOk: true } authorized)
        {
            await change.CaptureAsync(authorized.Value, amountMinor, keepRest: false);
        }
    }

    private static async Task<string?> WhyNotByItselfAsync(OrderChange change, Account account) =>
        (await Owner.WhyNotByItselfAsync(change.Write.Db, account, change.Order.CustomerEmail))?.Code;

    private static async Task<long> AvailableAsync(OrderChange change)
    {
        var order = change.Order;
        var wallet = await change.Write.LoadWalletAsync(order.Account!, order.Store, order.Currency);
        return wallet.Spendable(order.Store.DateOf(change.Write.Now)).Sum(credit => credit.Buckets.Available);
    }
}

/// <summary>The message that asks the shop to pay a part of a payment back. The shop's refund with this id is then known as its fulfilment.</summary>
public sealed record CardRefundRequest(string OrderNumber, string PaymentId, Amount Amount, string Currency, string RefundId)
{
    public const string Kind = "card-refund.requested";
}
