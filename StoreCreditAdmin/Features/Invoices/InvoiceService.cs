using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Invoices;

/// <summary>What staff and billing systems do with an invoice: pay with credit, take such a payment out, mark it paid.</summary>
public sealed class InvoiceService(CommitGate gate)
{
    public static readonly Refusal NotFound = new("not-found", "There is no such invoice.");

    private static readonly Refusal ReasonRequired = new("reason-required", "Say why the payment is voided.", "reason");

    private static readonly Refusal IsVoided = new("invoice-voided", "This invoice was voided. Nothing of it is left to pay.");

    /// <summary>Pays what is left with credit, or as much of it as there is; or the part asked for.</summary>
    public Task<Result<InvoiceView>> PayAsync(Caller caller, OperationKey key, string number, PayInvoiceRequest request) =>
        OnInvoiceAsync("invoice.pay", caller, key, number, async (write, invoice) =>
        {
            var amount = request.Amount?.Parse(invoice.Currency);
            if ((amount?.Refusal ?? PayRefusal(invoice, amount?.Value)) is { } refusal)
            {
                return refusal;
            }

            return (await write.PayAsync(invoice, amount?.Value)).Refusal;
        });

    /// <summary>
    /// Takes a payment by credit out of the invoice; it goes back to the credits that it came from. From then on the invoice takes credit by hand only. A second
    /// time changes nothing.
    /// </summary>
    /// <param name="paymentId">As <see cref="InvoicePaymentView.Id"/>.</param>
    public Task<Result<InvoiceView>> VoidPaymentAsync(Caller caller, OperationKey key, string number, string paymentId, VoidInvoicePaymentRequest request) =>
        OnInvoiceAsync("invoice.payment-void", caller, key, number, async (write, invoice) =>
        {
            var words = Texts.Clean(request.Reason);
            if ((words is null ? ReasonRequired : Texts.TooLong((words, "reason", Credit.MaxTextLength)) ?? Texts.NotPlain(words, "reason")) is { } refusal)
            {
                return refusal;
            }

            var payment = (await write.Db.AuthorizationsOfInvoiceAsync(invoice.Number, invoice.Store, invoice.Currency)).Find(one => one.Code == paymentId);
            if (payment is null)
            {
                return new Refusal("not-found", "The invoice has no such payment by credit.");
            }

            if (payment.CapturedMinor == payment.RefundedMinor)
            {
                return null;
            }

            var reason = await write.Db.Reasons.SingleOrDefaultAsync(one => one.Code == words);
            return (await write.RefundAsync(payment, null, details: new EntryDetails { Reason = reason, Memo = reason is null ? words : null })).Refusal;
        });

    /// <summary>Closes an invoice of which nothing is left to pay. A second time changes nothing.</summary>
    public Task<Result<InvoiceView>> MarkPaidAsync(Caller caller, OperationKey key, string number) =>
        OnInvoiceAsync("invoice.mark-paid", caller, key, number, (write, invoice) =>
        {
            if (invoice.VoidedAt is not null)
            {
                return Task.FromResult<Refusal?>(IsVoided);
            }

            if (invoice.BalanceMinor > 0)
            {
                return Task.FromResult<Refusal?>(new Refusal("balance-remaining", $"{Text(invoice)} is left to pay. Only an invoice with nothing left to pay can be marked paid."));
            }

            if (invoice.PaidAt is null)
            {
                invoice.MarkPaid(write.Now);
                write.Audit(SubjectOf(invoice), invoice.PublicId.ToString(), invoice.AccountId, newValues: new { paid = true });
            }

            return Task.FromResult<Refusal?>(null);
        });

    private Task<Result<InvoiceView>> OnInvoiceAsync(string kind, Caller caller, OperationKey key, string number, Func<WriteScope, Invoice, Task<Refusal?>> deed) =>
        gate.ExecuteAsync<InvoiceView>(new OperationRequest(kind, key, caller, Permission.Checkout), async write =>
        {
            if (await write.Db.FindInvoiceAsync(number) is not { } invoice)
            {
                return NotFound;
            }

            write.About(SubjectOf(invoice), invoice.PublicId.ToString(), invoice.AccountId);
            if (await deed(write, invoice) is { } refusal)
            {
                return refusal;
            }

            await write.Db.SaveChangesAsync();
            return await InvoiceView.LoadAsync(write.Db, invoice);
        });

    private static Refusal? PayRefusal(Invoice invoice, long? amountMinor) =>
        invoice.VoidedAt is not null ? IsVoided
        : amountMinor is <= 0 ? new Refusal("amount-invalid", "The amount must be more than zero.", "amount")
        : invoice.BalanceMinor == 0 ? new Refusal("exceeds-order", "Nothing of this invoice is left to pay.", "amount")
        : amountMinor > invoice.BalanceMinor ? new Refusal("exceeds-order", $"Only {Text(invoice)} of this invoice is left to pay.", "amount")
        : null;

    private static string SubjectOf(Invoice invoice) => "Invoice " + invoice.Number;

    private static string Text(Invoice invoice) => $"{Amount.Of(invoice.BalanceMinor, invoice.Currency)} {invoice.Currency}";
}
