using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>What cancelling an order gave back: freed, returned to the credits that paid, and taken back of what the order earned.</summary>
public sealed record CancelView(Amount Released, Amount Refunded, Amount Reclaimed);

/// <summary>How orders are cancelled. A second time finds nothing left to do.</summary>
internal static class OrderCancelling
{
    public static async Task<CancelView> CancelAsync(this OrderChange change, EntryDetails? details = null)
    {
        var order = change.Order;
        long released = 0;
        long refunded = 0;
        long reclaimed = 0;
        if (order.CancelledAt is null)
        {
            released = await change.ReleaseAllAsync(details);
            var money = await change.MoneyAsync();
            refunded = Math.Min(money.UsedMinor, money.RefundableMinor);
            var moneyBack = Math.Min(money.MoneyLeftMinor, money.RefundableMinor - refunded);
            await change.ReturnAsync(refunded, details);
            await change.AskMoneyBackAsync(moneyBack);
            foreach (var payment in order.Payments.Where(payment => payment.Status == PaymentStatus.Pending))
            {
                payment.Invalidate();
            }

            order.MarkCancelled(change.Write.Now);
            await change.SaveAsync();
            reclaimed = await change.ReclaimAsync(amountMinor: null, details);
        }

        return new CancelView(Amount.Of(released, order.Currency), Amount.Of(refunded, order.Currency), Amount.Of(reclaimed, order.Currency));
    }

    /// <summary>Frees all that the order holds.</summary>
    public static async Task<long> ReleaseAllAsync(this OrderChange change, EntryDetails? details = null)
    {
        long released = 0;
        foreach (var authorization in (await change.AuthorizationsAsync()).Where(one => one.IsOpen))
        {
            released += authorization.OpenMinor;
            await change.ReleaseAsync(authorization, authorization.OpenMinor, details);
        }

        return released;
    }

    /// <summary>Frees what is held, and gives back what was taken, for an order of which only the checkout told.</summary>
    /// <returns>Null where nothing names the order.</returns>
    public static async Task<CancelView?> CancelUnrecordedAsync(this WriteScope write, string number, bool refund, EntryDetails? details = null)
    {
        var authorizations = await OfUnrecordedAsync(write.Db, number);
        if (authorizations.Count == 0)
        {
            return null;
        }

        var currency = authorizations[0].Currency;
        long released = 0;
        long refunded = 0;
        foreach (var authorization in authorizations)
        {
            var (open, used) = (authorization.OpenMinor, refund ? authorization.CapturedMinor - authorization.RefundedMinor : 0);
            if (open > 0)
            {
                await write.ReleaseAsync(authorization, open, details);
            }

            if (used > 0 && (await write.RefundAsync(authorization, used, details: details)).Refusal is { } unexpected)
            {
                throw new InvalidOperationException($"What was taken could not be given back: {unexpected.Message}");
            }

            released += authorization.Currency == currency ? open : 0;
            refunded += authorization.Currency == currency ? used : 0;
        }

        return new CancelView(Amount.Of(released, currency), Amount.Of(refunded, currency), Amount.Of(0, currency));
    }

    private static Task<List<Authorization>> OfUnrecordedAsync(StoreCreditDbContext db, string number) => db.Authorizations
        .Include(authorization => authorization.Lines).ThenInclude(line => line.Credit).ThenInclude(credit => credit.Type)
        .Include(authorization => authorization.Account)
        .Include(authorization => authorization.Store)
        .Where(authorization => authorization.OrderNumber == number)
        .OrderBy(authorization => authorization.Id)
        .AsSplitQuery()
        .ToListAsync();
}
