using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Features.Invoices;

/// <summary>The types of event that are about invoices. A voiding that comes before its invoice waits for it.</summary>
internal static class InvoiceEvents
{
    private const string Created = "invoice.created";
    private const string Voided = "invoice.voided";

    public static readonly ShopEventType[] All = [new(Created, CreatedAsync), new(Voided, VoidedAsync)];

    public static Task<Invoice?> FindInvoiceAsync(this StoreCreditDbContext db, string number) => db.Invoices
        .Include(invoice => invoice.Account).Include(invoice => invoice.Store)
        .SingleOrDefaultAsync(invoice => invoice.Number == number);

    private static async Task<Result<EventAnswer>> CreatedAsync(WriteScope write, ShopEvent shopEvent)
    {
        var input = shopEvent.Data.TryGetProperty("invoice", out _) ? shopEvent.Read<InvoiceData>().Invoice : shopEvent.Read<InvoiceInput>();
        var store = await write.Db.FindStoreAsync(Texts.Clean(input?.Store));
        var read = store.IsOk
            ? ReportedInvoice.Read(input ?? throw ApiRequestException.Invalid("Send the invoice in the event's data.", "invoice"), store.Value.DateOf(write.Now))
            : store.Refusal with { Field = "invoice.store" };
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var reported = read.Value;
        write.About("Invoice " + reported.Number, null);
        var account = await write.Db.Accounts.SingleOrDefaultAsync(one => one.ExternalId == reported.AccountExternalId);
        if (account is null)
        {
            return new Refusal("account-unknown", $"No account has the external id '{reported.AccountExternalId}'. Create the account, then send the invoice under a new event id.", "invoice.accountExternalId");
        }

        var invoice = new Invoice(write.NewId(), reported.Number, account, store.Value, reported.Kind, reported.Total, reported.IssuedOn, reported.DueOn, write.Now);
        if (await write.Db.FindInvoiceAsync(reported.Number) is { } known)
        {
            return known.SaysTheSameAs(invoice)
                ? EventAnswer.Of(shopEvent, [], EventAnswer.Duplicate)
                : new Refusal("idempotency-conflict", "An invoice with this number was reported before and says something else. Void it, and send the new one under a number of its own.", "invoice.number");
        }

        write.Db.Invoices.Add(invoice);
        await write.Db.SaveChangesAsync();
        Audit(write, invoice, new { reported.Kind, total = reported.Total.ToString(), currency = invoice.CurrencyCode, reported.IssuedOn, reported.DueOn });
        var effects = await VoidIfToldAsync(write, invoice) ? [new EventEffect { Kind = "voided" }] : await TakeCreditAsync(write, invoice);
        return EventAnswer.Of(shopEvent, effects);
    }

    private static async Task<Result<EventAnswer>> VoidedAsync(WriteScope write, ShopEvent shopEvent)
    {
        var number = Texts.Clean(shopEvent.Read<InvoiceNamedData>().InvoiceNumber);
        if (ReportedInvoice.NumberRefusal(number, "invoiceNumber") is { } refusal)
        {
            return refusal;
        }

        write.About("Invoice " + number, null);
        if (await write.Db.FindInvoiceAsync(number!) is not { } invoice)
        {
            write.Db.DeferredEvents.Add(new DeferredEvent(shopEvent.Id, shopEvent.Type, number!, shopEvent.Data.GetRawText(), shopEvent.OccurredAt, write.Now));
            return EventAnswer.Of(shopEvent, [new EventEffect { Kind = "deferred", Reason = "invoice-unknown" }]);
        }

        if (invoice.VoidedAt is not null)
        {
            return EventAnswer.Of(shopEvent, [], EventAnswer.Duplicate);
        }

        invoice.Void(write.Now);
        Audit(write, invoice, new { voided = true });
        var returned = await write.ReturnCreditAsync(invoice);
        return returned.Map(draws => EventAnswer.Of(shopEvent, [new EventEffect { Kind = "voided" }, .. draws.Select(draw => EventEffect.Of("returned", draw.Credit, draw.AmountMinor, invoice.Number))]));
    }

    private static async Task<bool> VoidIfToldAsync(WriteScope write, Invoice invoice)
    {
        var waiting = await write.Db.DeferredEvents.Where(one => one.Number == invoice.Number && one.Type == Voided && one.AppliedAt == null).ToListAsync();
        foreach (var one in waiting)
        {
            invoice.Void(write.Now);
            one.MarkApplied(write.Now);
        }

        return waiting.Count > 0;
    }

    /// <summary>What there is goes to the oldest open invoice first, which need not be the one that came.</summary>
    private static async Task<IReadOnlyList<EventEffect>> TakeCreditAsync(WriteScope write, Invoice invoice)
    {
        if (invoice is { IsAutomatic: true, Account.OnHold: true })
        {
            return [new EventEffect { Kind = "credit-not-applied", Amount = Amount.Of(invoice.BalanceMinor, invoice.Currency), Currency = invoice.CurrencyCode, Reason = "account-on-hold" }];
        }

        var taken = await write.SettleAsync(new Arrival(invoice.AccountId, invoice.StoreId, invoice.Currency));
        return [.. taken.SelectMany(one => EventEffect.Of("captured", one))];
    }

    /// <summary>Gives back all that credit paid of an invoice, what was taken last first.</summary>
    private static async Task<Result<IReadOnlyList<Draw>>> ReturnCreditAsync(this WriteScope write, Invoice invoice)
    {
        var draws = new List<Draw>();
        foreach (var authorization in (await write.Db.AuthorizationsOfInvoiceAsync(invoice.Number, invoice.Store, invoice.Currency)).Where(one => one.CapturedMinor > one.RefundedMinor).Reverse())
        {
            var returned = await write.RefundAsync(authorization, null);
            if (!returned.IsOk)
            {
                return returned;
            }

            draws.AddRange(returned.Value);
        }

        return draws;
    }

    private static void Audit(WriteScope write, Invoice invoice, object newValues) =>
        write.Audit("Invoice " + invoice.Number, invoice.PublicId.ToString(), invoice.AccountId, newValues: newValues);
}
