using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>Writes down what a shop says of an order. A later report replaces an earlier one until the order is paid.</summary>
internal static class OrderRecording
{
    public static Task<Order?> FindOrderAsync(this StoreCreditDbContext db, string number) => db.Orders
        .Include(order => order.Store)
        .Include(order => order.Account)
        .Include(order => order.Lines)
        .Include(order => order.Payments)
        .Include(order => order.Refunds).ThenInclude(refund => refund.NewCredit)
        .AsSplitQuery()
        .SingleOrDefaultAsync(order => order.Number == number);

    /// <param name="paid">Whether the event says that the order is paid, so that its payments count whatever is known already.</param>
    public static async Task<Result<(OrderChange Change, ReportedOrder Reported)>> RecordAsync(WriteScope write, ShopEvent shopEvent, bool paid)
    {
        var input = shopEvent.Data.TryGetProperty("order", out _) ? shopEvent.Read<OrderData>().Order : shopEvent.Read<OrderInput>();
        var read = new OrderReader(input ?? throw ApiRequestException.Invalid("Send the order in the event's data.", "order"), shopEvent, write.Now).Read();
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var reported = read.Value;
        write.About("Order " + reported.Number, null);
        var order = await write.Db.FindOrderAsync(reported.Number);
        if (order is not null && order.Currency != reported.Facts.Currency)
        {
            return new Refusal("currency-mismatch", $"This order was reported in {order.Currency} before. An order's currency never changes.", "order.currency");
        }

        if (order is not null && reported.StoreCode is { } code && code != order.Store.Code)
        {
            return new Refusal("store-mismatch", $"An order of this number is known in the store {order.Store.Name}. A number names one order, whatever its store.", "order.store");
        }

        var store = order is null ? await write.Db.FindStoreAsync(reported.StoreCode) : order.Store;
        var owner = store.IsOk ? await Owner.FindOrCreateAsync(write, reported.Customer, reported.Facts.Guest) : store.Refusal;
        if (!owner.IsOk)
        {
            return owner.Refusal;
        }

        if (order is null)
        {
            order = new Order(write.NewId(), reported.Number, store.Value, reported.Facts, write.Now);
            write.Db.Orders.Add(order);
        }
        else if (order is { PaidAt: null, CancelledAt: null })
        {
            order.Describe(reported.Facts);
        }

        if (order.AccountId is null && owner.Value.Account is { } account)
        {
            order.BelongsTo(account);
        }

        if (order.CancelledAt is null && (paid || order.PaidAt is null))
        {
            foreach (var payment in reported.Payments ?? [])
            {
                order.RecordPayment(payment.Id, payment.Method, payment.AmountMinor, payment.Status, write.Now);
            }
        }

        var change = new OrderChange(write, order);
        if (owner.Value.Created)
        {
            change.Add("account-created");
        }

        await change.SaveAsync();
        return (change, reported);
    }
}
