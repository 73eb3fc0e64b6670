using System.Net;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Invoices;

[Collection(ApiTests.Name)]
public sealed partial class InvoiceRoutesTests(ApiApp app) : IAsyncLifetime
{
    private static int sent;
    private string events = "";
    private string checkout = "";

    public async Task InitializeAsync()
    {
        events = await app.App.CreateApiKeyAsync("events");
        checkout = await app.App.CreateApiKeyAsync("checkout");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_invoice_is_created_paid_marked_paid_and_read_as_the_contract_writes_it()
    {
        var customer = await CustomerAsync("50");
        var number = "K/1 " + customer;
        var path = "invoices/" + Uri.EscapeDataString(number);

        var created = await CreatedAsync(number, customer, "80.00");
        var early = await PostAsync(path + "/mark-paid", "{}");
        await app.IssueAsync("ext:" + customer, "100");
        var read = await app.GetAsync(path);
        var paid = await PostAsync(path + "/mark-paid", "{}");

        created.Expect(HttpStatusCode.OK);
        Assert.Equal(("processed", "captured", "50.00", "USD"), (created.Text("outcome"), created.Json.GetProperty("effects")[0].GetProperty("kind").GetString(), created.Json.GetProperty("effects")[0].GetProperty("amount").GetString(), created.Json.GetProperty("effects")[0].GetProperty("currency").GetString()));
        early.ExpectProblem(HttpStatusCode.UnprocessableEntity, "balance-remaining");
        Assert.Equal(
            (number, "80.00", "80.00", "0.00", "open", "user", "USD", "2026-11-01", "2026-12-01"),
            (read.Text("number"), read.Text("total"), read.Text("credit"), read.Text("balanceRemaining"), read.Text("status"), read.Text("kind"), read.Text("currency"), read.Text("issuedOn"), read.Text("dueOn")));
        Assert.Equal(["store-credit 50.00 completed", "store-credit 30.00 completed"], read.Json.GetProperty("payments").EnumerateArray().Select(Payment));
        Assert.Equal(("paid", "False"), (paid.Text("status"), paid.Text("mayBeMarkedPaid")));
        Assert.Equal("70.00", await AvailableAsync(customer));
    }

    [Fact]
    public async Task Self_storage_is_paid_by_hand_in_part_and_a_payment_is_taken_out_again()
    {
        var customer = await CustomerAsync("50");
        var number = "S/%2F " + customer;
        await CreatedAsync(number, customer, "80.00", "self-storage");
        var path = $"invoices/{Uri.EscapeDataString(number)}/payments";

        var part = await PostAsync(path, """{"amount":"12.50"}""");
        var rest = await PostAsync(path, "{}", "rest-" + customer);
        var again = await PostAsync(path, "{}", "rest-" + customer);
        var id = rest.Json.GetProperty("payments")[1].GetProperty("id").GetString();
        var withoutReason = await PostAsync($"{path}/{id}/void", "{}");
        var voided = await PostAsync($"{path}/{id}/void", """{"reason":"Paid by transfer"}""");

        Assert.Equal(("12.50", "67.50"), (part.Text("credit"), part.Text("balanceRemaining")));
        Assert.Equal(("50.00", "30.00"), (rest.Text("credit"), rest.Text("balanceRemaining")));
        Assert.Equal(rest.Body, again.Body);
        Assert.True(again.Replayed);
        withoutReason.ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-required");
        Assert.Equal(("12.50", "67.50"), (voided.Text("credit"), voided.Text("balanceRemaining")));
        Assert.Equal(["store-credit 12.50 completed", "store-credit 37.50 void"], voided.Json.GetProperty("payments").EnumerateArray().Select(Payment));
        Assert.Equal("37.50", await AvailableAsync(customer));
    }

    [Fact]
    public async Task The_test_clock_settles_with_credit_that_becomes_effective()
    {
        var customer = await CustomerAsync("1");
        var today = DateOnly.FromDateTime(DateTimeOffset.Parse((await app.GetAsync("test-clock")).Text("now")).UtcDateTime);
        await CreatedAsync("F-" + customer, customer, "10.00");
        (await app.PostAsync($"accounts/ext:{customer}/credits", new
        {
            amount = new { amount = "30.00", currency = "USD" },
            type = "store-credit",
            effectiveOn = today.AddDays(2).ToString("yyyy-MM-dd"),
        })).Expect(HttpStatusCode.Created);
        Assert.Equal("9.00", (await app.GetAsync("invoices/F-" + customer)).Text("balanceRemaining"));

        (await app.PutAsync("test-clock", new { now = today.AddDays(3).ToString("yyyy-MM-dd") + "T00:00:01Z" })).Expect(HttpStatusCode.OK);

        var invoice = await app.GetAsync("invoices/F-" + customer);
        Assert.Equal("0.00", invoice.Text("balanceRemaining"));
        Assert.Equal(today.AddDays(2).ToString("yyyy-MM-dd"), invoice.Json.GetProperty("payments")[1].GetProperty("at").GetString()![..10]);
    }

    [Fact]
    public async Task Voiding_gives_back_and_both_events_may_come_in_any_order()
    {
        var customer = await CustomerAsync("30");
        await CreatedAsync("V-" + customer, customer, "80.00");

        var voided = await EventAsync("invoice.voided", new { invoiceNumber = "V-" + customer });
        var early = await EventAsync("invoice.voided", new { invoiceNumber = "W-" + customer });
        await CreatedAsync("W-" + customer, customer, "80.00");

        Assert.Equal(["voided", "returned"], voided.Json.GetProperty("effects").EnumerateArray().Select(effect => effect.GetProperty("kind").GetString()));
        Assert.Equal("deferred", early.Json.GetProperty("effects")[0].GetProperty("kind").GetString());
        Assert.Equal("voided", (await app.GetAsync("invoices/W-" + customer)).Text("status"));
        Assert.Equal("30.00", await AvailableAsync(customer));
    }

    [Fact]
    public async Task The_list_is_filtered_and_totalled()
    {
        var customer = await CustomerAsync("30");
        await CreatedAsync("L1-" + customer, customer, "80.00");
        await CreatedAsync("L2-" + customer, customer, "20.00", "valet");

        var all = await app.GetAsync($"invoices?accountId=ext:{customer}&limit=1");
        var rest = await app.GetAsync($"invoices?accountId=ext:{customer}&limit=1&cursor={all.Text("nextCursor")}");
        var valet = await app.GetAsync($"invoices?accountId=ext:{customer}&status=due&kind=valet&dueFrom=2026-12-01&dueTo=2026-12-01&store=main");

        Assert.Equal(("L2-" + customer, "100.00", "30.00", "70.00"), (all.Json.GetProperty("items")[0].GetProperty("number").GetString(), Total(all, "total"), Total(all, "credit"), Total(all, "balanceRemaining")));
        Assert.Equal("L1-" + customer, rest.Json.GetProperty("items")[0].GetProperty("number").GetString());
        Assert.Equal("L2-" + customer, valet.Json.GetProperty("items")[0].GetProperty("number").GetString());
        (await app.GetAsync("invoices?status=late")).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request");
        (await app.GetAsync("invoices?dueTo=tomorrow")).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request");
    }

    [Theory]
    [InlineData("0", 422, "amount-invalid")]
    [InlineData("-1", 422, "amount-invalid")]
    [InlineData("1.005", 422, "amount-invalid")]
    [InlineData("80.01", 422, "exceeds-order")]
    [InlineData("20.01", 422, "insufficient-credit")]
    public async Task A_payment_that_cannot_be_is_refused(string amount, int status, string code)
    {
        var customer = await CustomerAsync("20");
        await CreatedAsync("B-" + customer, customer, "80.00", "self-storage");
        var path = $"invoices/B-{customer}/payments";

        (await PostAsync(path, $$"""{"amount":"{{amount}}"}""")).ExpectProblem((HttpStatusCode)status, code);
        (await PostAsync(path, """{"amount":{"amount":"1","currency":"EUR"}}""")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "currency-mismatch");
        (await PostAsync(path, """{"amount":{"amount":"1"}}""")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "currency-mismatch");
        (await PostAsync(path, """{"amount":5}""")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "amount-invalid");
        (await PostAsync(path, "{}", "")).ExpectProblem(HttpStatusCode.BadRequest, "idempotency-key-required");
        (await app.PutAsync($"accounts/ext:{customer}/hold", new { reason = "fraud" })).Expect(HttpStatusCode.OK);
        (await PostAsync(path, "{}")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "account-on-hold");
    }

    [Theory]
    [InlineData("""{"invoice":null}""", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("""{"invoice":7}""", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("""{"invoice":{"number":"X","accountExternalId":"a","kind":"user","total":"80","issuedOn":"2026-11-01","dueOn":"2026-11-02"}}""", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("""{"invoice":{"number":"X","accountExternalId":"a","kind":"user","total":{"amount":"80","currency":"USD"},"issuedOn":"01.11.2026","dueOn":"2026-11-02"}}""", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("""{"invoice":{"number":"X","accountExternalId":"nobody","kind":"user","total":{"amount":"80","currency":"USD"},"issuedOn":"2026-11-01","dueOn":"2026-11-02"}}""", HttpStatusCode.UnprocessableEntity, "account-unknown")]
    [InlineData("""{"number":"X","accountExternalId":"nobody","kind":"user","total":{"amount":"80","currency":"USD"},"issuedOn":"2026-11-01","dueOn":"2026-11-02"}""", HttpStatusCode.UnprocessableEntity, "account-unknown")]
    public async Task An_invoice_that_cannot_be_read_is_refused(string data, HttpStatusCode status, string code)
    {
        var body = $$"""{"id":"bad-{{Interlocked.Increment(ref sent)}}","type":"invoice.created","occurredAt":"2026-11-22T10:00:00Z","data":{{data}}}""";

        (await app.SendAsync(HttpMethod.Post, "events", body, "", events)).ExpectProblem(status, code);
    }

    [Theory]
    [InlineData("GET", "invoices")]
    [InlineData("GET", "invoices/1")]
    [InlineData("POST", "invoices/1/payments")]
    [InlineData("POST", "invoices/1/payments/1/void")]
    [InlineData("POST", "invoices/1/mark-paid")]
    public async Task Each_route_needs_a_key_with_its_scope(string method, string path)
    {
        (await app.SendAsync(new HttpMethod(method), path, method == "GET" ? null : "{}", key: "")).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await app.SendAsync(new HttpMethod(method), path, method == "GET" ? null : "{}", key: events)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("invoices/none/payments")]
    [InlineData("invoices/none/payments/1/void")]
    [InlineData("invoices/none/mark-paid")]
    public async Task An_invoice_that_nobody_reported_is_not_found(string path)
    {
        (await PostAsync(path, """{"reason":"x"}""")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await app.GetAsync("invoices/none")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    /// <summary>A new customer with credit, by external id.</summary>
    private async Task<string> CustomerAsync(string credit)
    {
        var externalId = "c" + Guid.NewGuid().ToString("N")[..12];
        (await app.PostAsync("accounts", new { externalId, name = "Ada", kind = "person" })).Expect(HttpStatusCode.Created);
        await app.IssueAsync("ext:" + externalId, credit);
        return externalId;
    }

    private Task<ApiReply> CreatedAsync(string number, string customer, string total, string kind = "user") => EventAsync("invoice.created", Invoice(number, customer, total, kind));

    private static object Invoice(string number, string customer, string total, string kind, string issuedOn = "2026-11-01") => new
    {
        invoice = new { number, accountExternalId = customer, kind, total = new { amount = total, currency = "USD" }, issuedOn, dueOn = DateOnly.ParseExact(issuedOn, "yyyy-MM-dd").AddDays(30).ToString("yyyy-MM-dd") },
    };

    private static object Event(string type, object data) => new { id = $"inv-{Interlocked.Increment(ref sent)}", type, occurredAt = "2026-11-22T10:00:00Z", data };

    private async Task<ApiReply> EventAsync(string type, object data) => (await app.SendAsync(HttpMethod.Post, "events", Event(type, data), "", events)).Expect(HttpStatusCode.OK);

    private Task<ApiReply> PostAsync(string path, string body, string? idempotencyKey = null) => app.SendAsync(HttpMethod.Post, path, body, idempotencyKey, checkout);

    private async Task<string?> AvailableAsync(string customer) => (await app.GetAsync($"accounts/ext:{customer}/balance")).Json.GetProperty("items")[0].GetProperty("available").GetString();

    private static string Payment(System.Text.Json.JsonElement payment) =>
        $"{payment.GetProperty("method").GetString()} {payment.GetProperty("amount").GetString()} {payment.GetProperty("status").GetString()}";

    private static string? Total(ApiReply reply, string name) => reply.Json.GetProperty("totals")[0].GetProperty(name).GetString();
}
