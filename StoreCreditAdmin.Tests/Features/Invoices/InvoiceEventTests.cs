using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Invoices;

public sealed class InvoiceEventTests
{
    [Theory]
    [InlineData("100", "80.00", "0.00", "20.00")]
    [InlineData("50", "50.00", "30.00", "0.00")]
    [InlineData("20", "20.00", "60.00", "0.00")]
    public async Task An_invoice_of_80_takes_what_there_is_when_it_arrives(string credit, string taken, string due, string left)
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync(credit);

        var answer = await billing.CreatedAsync("INV-1", "80.00");

        Assert.Equal(["processed", $"captured {taken} USD"], Billing.Words(answer));
        var invoice = await billing.ReadAsync("INV-1");
        Assert.Equal((taken, due, "open", due == "0.00"), (invoice.Credit.ToString(), invoice.BalanceRemaining.ToString(), invoice.Status, invoice.MayBeMarkedPaid));
        Assert.Equal((left, "0.00", taken), await billing.BalanceAsync(account));
        var payment = Assert.Single(invoice.Payments);
        Assert.Equal(("store-credit", taken, "completed", "test"), (payment.Method, payment.Amount.ToString(), payment.Status, payment.By));
        Assert.All((await database.ReadEntriesAsync(account)).Skip(1), entry => Assert.Equal("INV-1", entry.InvoiceNumber));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task An_invoice_draws_on_several_credits_in_spending_order()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("30");
        await database.IssueAsync(account, "20", expiresOn: new DateOnly(2026, 12, 24));

        var answer = await billing.CreatedAsync("INV-1", "35.00");

        Assert.Equal(["processed", "captured 20.00 USD", "captured 15.00 USD"], Billing.Words(answer));
        Assert.Equal(["20.00", "15.00"], (await billing.ReadAsync("INV-1")).Payments.Single().Credits.Select(one => one.Amount.ToString()));
    }

    [Fact]
    public async Task Invoices_of_other_kinds_take_nothing_by_themselves()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("100");

        Assert.Equal(["processed"], Billing.Words(await billing.CreatedAsync("S-1", "80.00", "self-storage")));
        Assert.Equal(["processed"], Billing.Words(await billing.CreatedAsync("S-2", "80.00", "boat")));
        await database.IssueAsync(account, "7");

        Assert.Equal(("0.00", "80.00", "open"), await billing.StateAsync("S-1"));
        Assert.Equal(("107.00", "0.00", "0.00"), await billing.BalanceAsync(account));
        Assert.Equal(["processed", "captured 10.00 USD"], Billing.Words(await billing.CreatedAsync("V-1", "10.00", " Valet ")));
    }

    [Fact]
    public async Task The_same_invoice_again_changes_nothing_and_another_one_under_its_number_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("100");
        await billing.Feed.CustomerAsync(email: "eve@example.com");
        var first = await billing.CreatedAsync(Billing.Invoice("INV-1", "80.00"), "evt-a");

        var sameEvent = await billing.CreatedAsync(Billing.Invoice("INV-1", "80.00"), "evt-a");
        var sameInvoice = await billing.CreatedAsync("INV-1", "80.00");
        JsonObject[] others =
        [
            Billing.Invoice("INV-1", "80.01"), Billing.Invoice("INV-1", "80.00", "valet"), Billing.Invoice("INV-1", "80.00", issuedOn: "2026-11-02"),
            Billing.Invoice("INV-1", "80.00", dueOn: "2026-12-02"), Billing.Invoice("INV-1", "80.00", currency: "EUR"), Billing.Invoice("INV-1", "80.00", account: "c-eve@example.com"),
        ];

        Assert.Equal(("duplicate", 1), (sameEvent.Outcome, sameEvent.Effects.Count));
        Assert.Equal(first.Effects, sameEvent.Effects);
        Assert.Equal(["duplicate"], Billing.Words(sameInvoice));
        foreach (var other in others)
        {
            Assert.Equal(("idempotency-conflict", "invoice.number"), await RefusalAsync(billing, other));
        }

        Assert.Equal(("80.00", "0.00", "open"), await billing.StateAsync("INV-1"));
        Assert.Equal(("20.00", "0.00", "80.00"), await billing.BalanceAsync(account));
    }

    [Theory]
    [InlineData("number", null, "invalid-request")]
    [InlineData("number", "  ", "invalid-request")]
    [InlineData("number", "a\nb", "text-invalid")]
    [InlineData("accountExternalId", null, "invalid-request")]
    [InlineData("accountExternalId", "nobody", "account-unknown")]
    [InlineData("kind", null, "invalid-request")]
    [InlineData("kind", "a kind with a name of more than fifty characters, which is too long", "text-too-long")]
    [InlineData("store", "nowhere", "store-unknown")]
    [InlineData("issuedOn", null, "invalid-request")]
    [InlineData("issuedOn", "1999-12-31", "date-invalid")]
    [InlineData("issuedOn", "2027-11-24", "date-invalid")]
    [InlineData("dueOn", null, "invalid-request")]
    [InlineData("dueOn", "2026-10-31", "date-invalid")]
    [InlineData("dueOn", "2036-11-02", "date-invalid")]
    public async Task What_an_invoice_must_say_is_refused_at_its_field(string field, string? value, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync("100");
        var invoice = Billing.Invoice("INV-1", "80.00");
        invoice["invoice"]![field] = value;

        Assert.Equal((code, "invoice." + field), await RefusalAsync(billing, invoice));
        await using var db = database.Open();
        Assert.False(await db.Invoices.AnyAsync());
    }

    [Theory]
    [InlineData("0", "USD", "amount-invalid")]
    [InlineData("0.00", "USD", "amount-invalid")]
    [InlineData("-5.00", "USD", "amount-invalid")]
    [InlineData("1.005", "USD", "amount-invalid")]
    [InlineData("1e3", "USD", "amount-invalid")]
    [InlineData("10000000000000.01", "USD", "amount-invalid")]
    [InlineData("99999999999999999999999", "USD", "amount-invalid")]
    [InlineData("100.5", "JPY", "amount-invalid")]
    [InlineData("5.00", "XYZ", "currency-unknown")]
    [InlineData("5.00", "usd", "currency-unknown")]
    public async Task A_total_that_cannot_be_is_refused(string total, string currency, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync("100");

        Assert.Equal((code, "invoice.total"), await RefusalAsync(billing, Billing.Invoice("INV-1", total, currency: currency)));
    }

    [Fact]
    public async Task An_invoice_dated_ahead_is_taken_and_the_largest_total_stands()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync("100");

        await billing.CreatedAsync(Billing.Invoice("INV-1", "10000000000000.00", issuedOn: "2027-11-23", dueOn: "2037-11-23"));

        Assert.Equal(("100.00", "9999999999900.00", "open"), await billing.StateAsync("INV-1"));
    }

    [Fact]
    public async Task A_voided_invoice_gives_its_credit_back_and_takes_no_more()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("30");
        await billing.CreatedAsync("INV-1", "80.00");

        var voided = await billing.VoidedAsync("INV-1");
        var again = await billing.VoidedAsync("INV-1");
        await database.IssueAsync(account, "5");

        Assert.Equal(["processed", "voided", "returned 30.00 USD"], Billing.Words(voided));
        Assert.Equal(["duplicate"], Billing.Words(again));
        Assert.Equal(("0.00", "0.00", "voided"), await billing.StateAsync("INV-1"));
        Assert.Equal("void", (await billing.ReadAsync("INV-1")).Payments.Single().Status);
        Assert.Equal(("35.00", "0.00", "0.00"), await billing.BalanceAsync(account));
        Assert.Equal("invoice-voided", (await billing.PayAsync("INV-1")).Refusal?.Code);
        Assert.Equal("invoice-voided", (await billing.MarkPaidAsync("INV-1")).Refusal?.Code);
        Assert.Equal(["duplicate"], Billing.Words(await billing.CreatedAsync("INV-1", "80.00")));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Credit_that_comes_back_after_its_last_good_day_expires_at_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync();
        await database.IssueAsync(account, "30", expiresOn: new DateOnly(2026, 12, 1));
        await billing.CreatedAsync("INV-1", "80.00");
        database.Clock.Now = database.Clock.Now.AddDays(18);

        await billing.VoidedAsync("INV-1");

        Assert.Equal(
            [("Refund", 30_00L), ("Expire", 30_00L)],
            (await database.ReadEntriesAsync(account)).TakeLast(2).Select(entry => (entry.Kind.ToString(), entry.AmountMinor)));
        Assert.Equal(("0.00", "0.00", "0.00"), await billing.BalanceAsync(account));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_voiding_that_comes_first_waits_and_the_invoice_is_void_from_the_start()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("100");

        var early = await billing.VoidedAsync("INV-1");
        await billing.VoidedAsync("INV-1");
        var created = await billing.CreatedAsync("INV-1", "80.00");

        Assert.Equal(["processed", "deferred invoice-unknown"], Billing.Words(early));
        Assert.Equal(["processed", "voided"], Billing.Words(created));
        Assert.Equal(("0.00", "0.00", "voided"), await billing.StateAsync("INV-1"));
        Assert.Equal(("100.00", "0.00", "0.00"), await billing.BalanceAsync(account));
        await using var db = database.Open();
        Assert.All(await db.DeferredEvents.ToListAsync(), one => Assert.NotNull(one.AppliedAt));
    }

    [Fact]
    public async Task An_order_and_an_invoice_of_one_number_do_not_meet()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync("100");
        await billing.VoidedAsync("1001");
        await billing.Feed.CancelledAsync("1001");

        var order = await billing.Feed.PlacedAsync(ShopFeed.Order("1001", "20.00"));
        var invoice = await billing.CreatedAsync("1001", "80.00");

        Assert.Equal("processed", order.Outcome);
        Assert.Equal("cancelled", (await billing.Feed.ReadAsync("1001")).Status);
        Assert.Equal(["processed", "voided"], Billing.Words(invoice));
    }

    [Fact]
    public async Task A_voiding_must_name_an_invoice()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);

        Assert.Equal("invalid-request", (await feed.TrySendAsync("invoice.voided", [])).Refusal?.Code);
        Assert.Equal("text-too-long", (await feed.TrySendAsync("invoice.voided", new() { ["invoiceNumber"] = new string('9', 101) })).Refusal?.Code);
    }

    private static async Task<(string? Code, string? Field)> RefusalAsync(Billing billing, JsonObject invoice)
    {
        var answer = await billing.TryCreatedAsync(invoice);
        return (answer.Refusal?.Code, answer.Refusal?.Field);
    }
}
