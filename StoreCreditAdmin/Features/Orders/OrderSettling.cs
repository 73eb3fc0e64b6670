using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>What follows when an order is paid.</summary>
internal static class OrderSettling
{
    private const string CreditLineSource = "order";

    /// <summary>Marks the order paid where nothing is left to pay, with all that follows.</summary>
    /// <param name="paidElsewhere">Whether the shop said so, so that credit may take the place of money that was paid.</param>
    public static async Task SettleAsync(this OrderChange change, DateTimeOffset paidAt, bool paidElsewhere = false)
    {
        var order = change.Order;
        if (order.PaidAt is not null || order.CancelledAt is not null || (await change.MoneyAsync()) is not { DueMinor: 0, HeldMinor: 0 })
        {
            return;
        }

        order.MarkPaid(paidAt);
        await change.SaveAsync();
        if (paidElsewhere)
        {
            // First, with the credit that the customer had: what the order itself brings does not pay for it.
            await change.ApplyAfterCheckoutAsync();
        }

        await change.IssueCreditLinesAsync();
        await change.UseCodesAsync();
        await change.EarnAsync();
    }

    /// <summary>The credit that the order bought, once, though it may be paid more than once.</summary>
    private static async Task IssueCreditLinesAsync(this OrderChange change)
    {
        var (write, order) = (change.Write, change.Order);
        var lines = order.Lines.Where(line => line.Kind == OrderLineKind.Credit && line.TotalMinor > 0).OrderBy(line => line.Position).ToList();
        if (lines.Count == 0)
        {
            return;
        }

        if (order.Account is null)
        {
            change.Add("credit-not-issued", lines.Sum(line => line.TotalMinor), reason: OrderPaying.NoAccount.Code);
            return;
        }

        if (await write.Db.LedgerEntries.AnyAsync(entry => entry.OrderNumber == order.Number && entry.Kind == EntryKind.Issue && entry.Credit.Source == CreditLineSource))
        {
            return;
        }

        var type = await write.Db.CreditTypes.SingleAsync(one => one.Code == order.Store.CreditLineType);
        var wallet = await write.OpenWalletAsync(order.Account, order.Store, order.Currency);
        var posting = write.Posting(order.Store, new EntryDetails { OrderNumber = order.Number });
        foreach (var line in lines)
        {
            var terms = new CreditTerms
            {
                Source = CreditLineSource,
                Name = line.Name.Length is > 0 and <= Credit.MaxNameLength ? line.Name : null,
                ExpiresOn = type.DefaultExpiry.LastGoodDayStillToCome(posting.Moment.Today),
            };
            var issued = wallet.Issue(posting, type, line.TotalMinor, terms, capMinor: null);
            change.Add(issued.IsOk ? "issued" : "credit-not-issued", line.TotalMinor, issued.IsOk ? issued.Value.PublicId : null, issued.Refusal?.Code);
        }

        write.Record(wallet);
        await change.SaveAsync();
    }
}
