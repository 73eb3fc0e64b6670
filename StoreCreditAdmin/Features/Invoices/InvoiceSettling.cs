using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Invoices;

/// <summary>How invoices take credit by themselves: when they arrive and when credit arrives, in the same transaction, the oldest first.</summary>
internal static class InvoiceSettling
{
    /// <summary>Compiled once, since every write that brings credit asks it, nearly always in vain.</summary>
    private static readonly Func<StoreCreditDbContext, long, IAsyncEnumerable<Invoice>> DueOf = EF.CompileAsyncQuery((StoreCreditDbContext db, long accountId) => db.Invoices
        .Include(invoice => invoice.Account).Include(invoice => invoice.Store)
        .Where(invoice => invoice.AccountId == accountId && invoice.PaidAt == null && invoice.VoidedAt == null && invoice.CreditMinor < invoice.TotalMinor));

    /// <summary>Those that something is left to pay of. Goes by the index of just these.</summary>
    public static IQueryable<Invoice> WithBalance(this IQueryable<Invoice> invoices) =>
        invoices.Where(invoice => invoice.PaidAt == null && invoice.VoidedAt == null && invoice.CreditMinor < invoice.TotalMinor);

    /// <summary>Pays the open invoices of an account that take credit by themselves with what it can spend. None while it is on hold.</summary>
    /// <returns>What was taken, one for each invoice.</returns>
    public static async Task<IReadOnlyList<Authorization>> SettleAsync(this WriteScope write, Arrival arrival)
    {
        var invoices = new List<Invoice>();
        await foreach (var invoice in DueOf(write.Db, arrival.AccountId))
        {
            if (invoice.IsAutomatic && !invoice.Account.OnHold && (arrival.StoreId ?? invoice.StoreId) == invoice.StoreId && (arrival.Currency ?? invoice.Currency) == invoice.Currency)
            {
                invoices.Add(invoice);
            }
        }

        var taken = new List<Authorization>();
        foreach (var together in invoices.OrderBy(invoice => invoice.IssuedOn).ThenBy(invoice => invoice.Id).GroupBy(invoice => (invoice.Store, invoice.Currency)))
        {
            foreach (var (invoice, amountMinor) in InvoiceShare.Of(await write.SpendableAsync(together.First()), together))
            {
                var paid = await write.PayAsync(invoice, amountMinor);
                taken.Add(paid.IsOk ? paid.Value : throw new InvalidOperationException($"Credit that is there could not be taken: {paid.Refusal.Message}"));
            }
        }

        return taken;
    }

    /// <summary>Holds credit for an invoice and takes it at once.</summary>
    /// <param name="amountMinor">Null for as much as possible.</param>
    public static async Task<Result<Authorization>> PayAsync(this WriteScope write, Invoice invoice, long? amountMinor)
    {
        var held = await write.AuthorizeAsync(invoice.Account, invoice.Store, new AuthorizationAsk
        {
            InvoiceNumber = invoice.Number,
            Total = new Money(invoice.TotalMinor, invoice.Currency),
            AmountMinor = amountMinor,
        });
        return held.IsOk ? await write.CaptureAsync(held.Value, null, keepRest: false) : held;
    }

    /// <summary>What the invoice's account can spend now in its store and currency.</summary>
    private static async Task<long> SpendableAsync(this WriteScope write, Invoice invoice)
    {
        // The wallet is read from the database, where a credit that this write issues is not before it is saved.
        await write.Db.SaveChangesAsync();
        var wallet = await write.LoadWalletAsync(invoice.Account, invoice.Store, invoice.Currency);
        return wallet.Spendable(invoice.Store.DateOf(write.Now)).Sum(credit => credit.Buckets.Available);
    }
}
