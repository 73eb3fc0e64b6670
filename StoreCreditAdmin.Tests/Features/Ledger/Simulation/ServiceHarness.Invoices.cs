using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Invoices;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

/// <summary>Invoices, as a billing system reports them and as people pay them.</summary>
internal sealed partial class ServiceHarness
{
    private async Task NameForBillingAsync(int account)
    {
        await using var db = database.Open();
        (await db.Accounts.SingleAsync(one => one.Id == accounts[account].Id)).TakeExternalId(ExternalId(account));
        await db.SaveChangesAsync();
    }

    private async Task<Outcome> InvoiceAsync(Command command, string key)
    {
        var (robot, service) = (TestDatabase.Robot, database.Get<InvoiceService>());
        var operation = new OperationKey("test:" + key, System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(command.ToString())));
        return command switch
        {
            InvoiceCreated created => await TellAsync(key, "invoice.created", new
            {
                invoice = new
                {
                    number = ModelInvoice.NameOf(created.Number),
                    accountExternalId = ExternalId(created.Account),
                    store = World.Stores[created.Store].Code,
                    kind = created.Kind,
                    total = Money(created.Total, created.Currency),
                    issuedOn = created.IssuedOn,
                    dueOn = created.IssuedOn.AddDays(30),
                },
            }),
            InvoiceVoided voided => await TellAsync(key, "invoice.voided", new { invoiceNumber = ModelInvoice.NameOf(voided.Number) }),
            PayInvoice pay => Of(await service.PayAsync(robot, operation, ModelInvoice.NameOf(pay.Number), new PayInvoiceRequest { Amount = PartIn(pay) }), Text),
            VoidInvoicePayment voided => Of(
                await service.VoidPaymentAsync(robot, operation, ModelInvoice.NameOf(voided.Number), Code(voided.Authorization), new VoidInvoicePaymentRequest { Reason = "correction" }), Text),
            MarkInvoicePaid marked => Of(await service.MarkPaidAsync(robot, operation, ModelInvoice.NameOf(marked.Number)), Text),
            _ => throw new ArgumentOutOfRangeException(nameof(command)),
        };
    }

    private async Task<Outcome> TellAsync(string key, string type, object data)
    {
        var answer = await database.Get<OrderEvents>().ApplyAsync(TestDatabase.Robot, new EventRequest
        {
            Id = key,
            Type = type,
            OccurredAt = World.Start,
            Data = JsonSerializer.SerializeToElement(data, WireJson.Options),
        });
        await NumberWhatIsNewAsync();
        return Of(answer, told => string.Join(", ", told.Effects.Select(Text)));
    }

    /// <summary>What a settlement or a voiding makes stands in no answer of its own.</summary>
    private async Task NumberWhatIsNewAsync()
    {
        await using var db = database.Open();
        foreach (var credit in await db.Credits.OrderBy(credit => credit.Id).Skip(credits.Count).Select(credit => new { credit.PublicId, credit.CurrencyCode }).ToListAsync())
        {
            IndexOf(credit.PublicId, credit.CurrencyCode);
        }

        foreach (var one in await db.Authorizations.OrderBy(one => one.Id).Skip(codes.Count).Select(one => new { one.Code, one.CurrencyCode }).ToListAsync())
        {
            IndexOf(one.Code, one.CurrencyCode);
        }
    }

    private static string ExternalId(int account) => account < 0 ? "nobody" : $"customer-{account}";

    private static PartialAmount? PartIn(PayInvoice pay) => pay.Amount is { } minor ? new PartialAmount(Decimal(minor, pay.Currency), pay.Currency) : null;

    private string Text(EventEffect effect) => string.Join(' ', new[]
    {
        effect.Kind,
        effect.CreditId is { } credit ? $"c{credits.IndexOf(credit)}" : null,
        effect.Amount is { } amount ? $"{amount.Minor}" : null,
        effect.InvoiceNumber,
        effect.Reason,
    }.OfType<string>());

    private static string Text(InvoiceView view) => NaiveLedger.InvoiceText(
        view.Number, view.Kind, view.Total.Minor, view.Credit.Minor, view.BalanceRemaining.Minor, view.Status, view.Automatic);

    private static string Text(Invoice invoice) => NaiveLedger.InvoiceText(
        invoice.Number, invoice.Kind, invoice.TotalMinor, invoice.CreditMinor, invoice.BalanceMinor, InvoiceNames.Of(invoice.Status), invoice.IsAutomatic);
}
