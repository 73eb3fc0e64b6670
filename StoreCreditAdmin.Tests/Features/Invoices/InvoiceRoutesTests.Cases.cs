using System.Net;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Invoices;

/// <summary>The cases of the documents over HTTP, with their numbers.</summary>
public sealed partial class InvoiceRoutesTests
{
    [Theory]
    [InlineData("100", "80.00", "0.00", "20.00")]
    [InlineData("50", "50.00", "30.00", "0.00")]
    public async Task K1_K2_An_invoice_of_80_takes_what_there_is(string balance, string credit, string due, string left)
    {
        var customer = await CustomerAsync(balance);

        await CreatedAsync("K1-" + customer, customer, "80.00");

        var invoice = await app.GetAsync("invoices/K1-" + customer);
        Assert.Equal((credit, due, "open", (due == "0.00").ToString()), (invoice.Text("credit"), invoice.Text("balanceRemaining"), invoice.Text("status"), invoice.Text("mayBeMarkedPaid")));
        Assert.Equal(left, await AvailableAsync(customer));
    }

    [Fact]
    public async Task K4_Credit_for_an_adjusted_item_waits_for_the_next_invoice()
    {
        var customer = await PaidAsync("K4-");

        await app.IssueAsync("ext:" + customer, "10");
        await CreatedAsync("K4b-" + customer, customer, "25.00");

        Assert.Equal(("paid", "100.00", "0.00"), await StateAsync("K4-" + customer));
        Assert.Equal(("open", "10.00", "15.00"), await StateAsync("K4b-" + customer));
    }

    /// <summary>
    /// Money that the billing system gives back for a paid invoice is its own affair. An invoice here never changes, so whatever it tells of that refund makes no credit.
    /// </summary>
    [Fact]
    public async Task K5_Money_given_back_for_a_paid_invoice_makes_no_credit()
    {
        var customer = await PaidAsync("K5-");
        var number = "K5-" + customer;

        var refunded = await EventAsync("invoice.refunded", new { invoiceNumber = number, amount = new { amount = "10.00", currency = "USD" } });
        var asOrder = await EventAsync("order.refunded", new { orderNumber = number, refundId = "r-" + number, amount = new { amount = "10.00", currency = "USD" }, method = "original" });
        var adjusted = await app.SendAsync(HttpMethod.Post, "events", Event("invoice.created", Invoice(number, customer, "90.00", "user")), "", events);

        Assert.Equal("ignored", refunded.Text("outcome"));
        Assert.Equal("order-unknown", asOrder.Json.GetProperty("effects")[0].GetProperty("reason").GetString());
        adjusted.ExpectProblem(HttpStatusCode.Conflict, "idempotency-conflict");
        Assert.Equal(("paid", "100.00", "0.00"), await StateAsync(number));
        Assert.Equal("0.00", await AvailableAsync(customer));
        Assert.Single((await app.GetAsync($"credits?accountId=ext:{customer}")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task K6_An_arrival_of_120_pays_January_and_a_part_of_February()
    {
        var customer = await CustomerAsync("1");
        await app.PostAsync($"accounts/ext:{customer}/debit", new { amount = new { amount = "1.00", currency = "USD" }, reason = "correction" });
        await EventAsync("invoice.created", Invoice("K6-FEB-" + customer, customer, "150.00", "user", "2026-02-01"));
        await EventAsync("invoice.created", Invoice("K6-JAN-" + customer, customer, "100.00", "user", "2026-01-01"));

        await app.IssueAsync("ext:" + customer, "120");

        Assert.Equal(("open", "100.00", "0.00"), await StateAsync("K6-JAN-" + customer));
        Assert.Equal(("open", "20.00", "130.00"), await StateAsync("K6-FEB-" + customer));
    }

    /// <summary>Reminders are the billing system's. It goes by the invoices that are due, and none that credit covers is among them.</summary>
    [Fact]
    public async Task K8_An_invoice_that_credit_covers_is_reminded_of_by_nobody()
    {
        var customer = await CustomerAsync("100");
        await EventAsync("invoice.created", Invoice("K8-" + customer, customer, "80.00", "user", "2026-01-01"));
        await EventAsync("invoice.created", Invoice("K8b-" + customer, customer, "80.00", "user", "2026-01-02"));
        var now = (await app.GetAsync("test-clock")).Json.GetProperty("now").GetDateTimeOffset();

        (await app.PutAsync("test-clock", new { now = now.AddMinutes(1) })).Expect(HttpStatusCode.OK);
        var overdue = await app.GetAsync($"invoices?accountId=ext:{customer}&status=due&dueTo={now:yyyy-MM-dd}");
        var covered = await app.GetAsync($"invoices?accountId=ext:{customer}&status=covered&dueTo={now:yyyy-MM-dd}");

        Assert.Equal(["K8b-" + customer], overdue.Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("number").GetString()));
        Assert.Equal(["K8-" + customer], covered.Json.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("number").GetString()));
        Assert.Equal("60.00", Total(overdue, "balanceRemaining"));
        await using var file = await DatabaseFile.OpenAsync(app.App.DatabasePath);
        Assert.Equal(0L, await file.ReadAsync("SELECT COUNT(*) FROM OutboxMessages WHERE Kind NOT IN ('balance.changed', 'card-refund.requested', 'webhook.test')"));
    }

    [Fact]
    public async Task K9_A_voided_invoice_gives_its_30_back_to_its_grant()
    {
        var customer = await CustomerAsync("30");
        await CreatedAsync("K9-" + customer, customer, "80.00");

        await EventAsync("invoice.voided", new { invoiceNumber = "K9-" + customer });

        Assert.Equal(("voided", "0.00", "0.00"), await StateAsync("K9-" + customer));
        var credit = Assert.Single((await app.GetAsync($"credits?accountId=ext:{customer}")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(("30.00", "0.00"), (credit.GetProperty("remaining").GetString(), credit.GetProperty("used").GetString()));
    }

    /// <summary>A customer whose invoice of 100 credit paid, and who has none left.</summary>
    private async Task<string> PaidAsync(string prefix)
    {
        var customer = await CustomerAsync("100");
        await CreatedAsync(prefix + customer, customer, "100.00");
        (await PostAsync($"invoices/{prefix}{customer}/mark-paid", "{}")).Expect(HttpStatusCode.OK);
        return customer;
    }

    /// <summary>Its status, what credit paid and what is left to pay.</summary>
    private async Task<(string, string, string)> StateAsync(string number)
    {
        var invoice = await app.GetAsync("invoices/" + number);
        return (invoice.Text("status"), invoice.Text("credit"), invoice.Text("balanceRemaining"));
    }
}
