using System.Text.Json.Nodes;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Invoices;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A billing system that tells of its invoices, and the people who pay them with credit.</summary>
public sealed class Billing(TestDatabase database)
{
    private readonly ShopFeed feed = new(database);
    private readonly InvoiceService service = database.Get<InvoiceService>();

    public const string Customer = "c-" + ShopFeed.Email;

    public ShopFeed Feed => feed;

    /// <summary>The event's data as the contract writes it: an invoice of <see cref="ShopFeed.CustomerAsync"/>'s customer.</summary>
    public static JsonObject Invoice(
        string number, string total, string kind = "user", string issuedOn = "2026-11-01", string dueOn = "2026-12-01", string currency = "USD", string? account = Customer, string? store = null) => new()
        {
            ["invoice"] = new JsonObject
            {
                ["number"] = number,
                ["accountExternalId"] = account,
                ["kind"] = kind,
                ["total"] = new JsonObject { ["amount"] = total, ["currency"] = currency },
                ["issuedOn"] = issuedOn,
                ["dueOn"] = dueOn,
                ["store"] = store,
            },
        };

    public Task<EventAnswer> CreatedAsync(JsonObject invoice, string? eventId = null) => feed.SendAsync("invoice.created", invoice, eventId);

    public Task<EventAnswer> CreatedAsync(string number, string total, string kind = "user", string issuedOn = "2026-11-01") => CreatedAsync(Invoice(number, total, kind, issuedOn));

    public Task<Result<EventAnswer>> TryCreatedAsync(JsonObject invoice) => feed.TrySendAsync("invoice.created", invoice);

    public Task<EventAnswer> VoidedAsync(string number) => feed.SendAsync("invoice.voided", new() { ["invoiceNumber"] = number });

    public async Task<InvoiceView> ReadAsync(string number) =>
        await database.Get<InvoiceQueries>().GetAsync(TestDatabase.Robot, number) ?? throw new InvalidOperationException($"There is no invoice {number}.");

    /// <summary>What credit paid, what is left to pay, and the status.</summary>
    public async Task<(string Credit, string Balance, string Status)> StateAsync(string number)
    {
        var invoice = await ReadAsync(number);
        return (invoice.Credit.ToString(), invoice.BalanceRemaining.ToString(), invoice.Status);
    }

    public Task<Result<InvoiceView>> PayAsync(string number, string? amount = null, string? currency = null, OperationKey? key = null) =>
        service.PayAsync(TestDatabase.Robot, key ?? OperationKey.ForForm(), number, new PayInvoiceRequest { Amount = amount is null ? null : new PartialAmount(amount, currency) });

    public Task<Result<InvoiceView>> VoidPaymentAsync(string number, string paymentId, string? reason = "Wrong invoice") =>
        service.VoidPaymentAsync(TestDatabase.Robot, OperationKey.ForForm(), number, paymentId, new VoidInvoicePaymentRequest { Reason = reason });

    public Task<Result<InvoiceView>> MarkPaidAsync(string number) => service.MarkPaidAsync(TestDatabase.Robot, OperationKey.ForForm(), number);

    public Task<(string Available, string Authorized, string Used)> BalanceAsync(Account account) => feed.BalanceAsync(account);

    /// <summary>The numbers of the list, in its order.</summary>
    public async Task<string> NumbersAsync(InvoiceFilter filter, PageRequest? page = null) =>
        string.Join(",", (await database.Get<InvoiceQueries>().ListAsync(TestDatabase.Robot, filter, page ?? new PageRequest())).Items.Select(row => row.Number));

    public static string[] Words(EventAnswer answer) => [answer.Outcome, .. answer.Effects.Select(one => string.Join(' ', new[] { one.Kind, one.Amount?.ToString(), one.Currency, one.Reason }.OfType<string>()))];
}
