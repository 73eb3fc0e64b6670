using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

public sealed partial class OrderRoutesTests(OrderRoutesTests.AppWithKeys keys) : IClassFixture<OrderRoutesTests.AppWithKeys>
{
    private static int sent;

    [Fact]
    public async Task A_renewal_is_placed_paid_refunded_and_read_as_the_contract_writes_it()
    {
        var customer = await CustomerAsync("8.12");
        var number = "R-" + customer;
        var order = Order(number, customer, "23.75", "subscription");

        var placed = await EventAsync("order.placed", order);
        order["payments"] = ShopFeed.Card("15.63");
        var paid = await EventAsync("order.paid", order);
        var refund = ShopFeed.Refund(number, "r1", "23.75");
        var refunded = await EventAsync("order.refunded", refund);
        var read = await SendAsync(HttpMethod.Get, "orders/" + number, keys.Reader);

        Assert.Equal("""{"outcome":"processed","effects":["authorized 8.12 USD"]}""", Short(placed));
        Assert.Equal("""{"outcome":"processed","effects":["captured 8.12 USD"]}""", Short(paid));
        Assert.Equal("""{"outcome":"processed","effects":["money-refunded 15.63 USD","returned 8.12 USD"]}""", Short(refunded));
        var json = read.Json;
        Assert.Equal(("paid", "23.75", "8.12", "0.00"), (Text(json, "status"), Text(json, "total"), Text(json, "creditApplied"), Text(json, "due")));
        Assert.Equal(["card 15.63 completed", "store-credit 8.12 void"], json.GetProperty("payments").EnumerateArray().Select(one => $"{Text(one, "method")} {Text(one, "amount")} {Text(one, "status")}"));
        Assert.Equal(("r1", "original", "23.75"), (Text(json.GetProperty("refunds")[0], "id"), Text(json.GetProperty("refunds")[0], "method"), Text(json.GetProperty("refunds")[0], "amount")));
        Assert.Equal(0, json.GetProperty("earned").GetArrayLength());
        Assert.Equal(("Goods", "23.75"), (Text(json.GetProperty("lines")[0], "name"), Text(json.GetProperty("lines")[0], "unitPrice")));
    }

    [Fact]
    public async Task An_order_is_paid_with_credit_in_parts_voided_refunded_and_cancelled()
    {
        var customer = await CustomerAsync("120");
        var number = "P-" + customer;
        await EventAsync("order.placed", Order(number, customer, "120.00"));

        var part = await PostAsync($"orders/{number}/payments", """{"amount":"50"}""");
        var rest = await PostAsync($"orders/{number}/payments", "{}", "rest-" + number);
        var again = await PostAsync($"orders/{number}/payments", "{}", "rest-" + number);
        var paymentId = Text(rest.Json.GetProperty("payments")[1], "id");
        var voided = await PostAsync($"orders/{number}/payments/{paymentId}/void", "{}");
        var foreign = await PostAsync($"orders/{number}/payments/none/void", "{}");
        var refunded = await PostAsync($"orders/{number}/refund-with-credit", """{"amount":"20","notify":false,"note":"Late"}""");
        var tooMuch = await PostAsync($"orders/{number}/refund-with-credit", """{"amount":"30.01"}""");
        var notAllowed = await PostAsync($"orders/{number}/refund-with-credit", """{"amount":"30.01","overrideReason":"Because"}""");
        var cancelled = await PostAsync($"orders/{number}/cancel", """{"reason":"Changed their mind"}""");
        var cancelledAgain = await PostAsync($"orders/{number}/cancel", "{}");

        Assert.Equal(("placed", "70.00"), (Text(part.Json, "status"), Text(part.Json, "due")));
        Assert.Equal(("paid", "0.00"), (Text(rest.Json, "status"), Text(rest.Json, "due")));
        Assert.Equal(rest.Text, again.Text);
        Assert.Equal(("placed", "70.00"), (Text(voided.Json, "status"), Text(voided.Json, "due")));
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), (foreign.Status, foreign.Code));
        Assert.Equal(("20.00", "30.00", "70.00"), (Text(refunded.Json, "refunded"), Text(refunded.Json, "refundable"), Text(refunded.Json, "due")));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "exceeds-order"), (tooMuch.Status, tooMuch.Code));
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (notAllowed.Status, notAllowed.Code));
        Assert.Equal("""{"released":"0.00","refunded":"30.00","reclaimed":"0.00"}""", cancelled.Text);
        Assert.Equal("""{"released":"0.00","refunded":"0.00","reclaimed":"0.00"}""", cancelledAgain.Text);
        Assert.Equal("120.00", Text((await SendAsync(HttpMethod.Get, $"accounts/ext:{customer}/balance", keys.Reader)).Json.GetProperty("items")[0], "available"));
    }

    [Fact]
    public async Task A_repeated_event_is_a_duplicate_and_needs_no_key_of_its_own()
    {
        var customer = await CustomerAsync("20");
        var order = Order("D-" + customer, customer, "11.88", "subscription");

        var first = await EventAsync("order.placed", order, "evt-" + customer);
        var again = await EventAsync("order.placed", order, "evt-" + customer);
        order["kind"] = "one-off";
        var other = await EventAsync("order.placed", order, "evt-" + customer);

        Assert.Equal(("processed", "duplicate"), (Text(first.Json, "outcome"), Text(again.Json, "outcome")));
        Assert.Equal(first.Json.GetProperty("effects").GetRawText(), again.Json.GetProperty("effects").GetRawText());
        Assert.Equal((HttpStatusCode.Conflict, "idempotency-conflict"), (other.Status, other.Code));
    }

    [Theory]
    [InlineData("""{"type":"order.paid","occurredAt":"2026-11-22T10:00:00Z","data":{}}""", 400, "invalid-request")]
    [InlineData("""{"id":"e1","occurredAt":"2026-11-22T10:00:00Z","data":{}}""", 400, "invalid-request")]
    [InlineData("""{"id":"e2","type":"order.paid","data":{}}""", 400, "invalid-request")]
    [InlineData("""{"id":"e3","type":"order.paid","occurredAt":"2026-11-22T10:00:00Z"}""", 400, "invalid-request")]
    [InlineData("""{"id":"e4","type":"order.paid","occurredAt":"yesterday","data":{}}""", 400, "invalid-request")]
    [InlineData("""{"id":"e5","type":"order.paid","occurredAt":"2026-11-22T10:00:00Z","data":{"order":7}}""", 400, "invalid-request")]
    [InlineData("""{"id":"e6","type":"order.paid","occurredAt":"2026-11-22T10:00:00Z","data":{"order":{"number":"1","currency":"USD","total":5}}}""", 422, "amount-invalid")]
    [InlineData("""{"id":"e7","type":"order.paid","occurredAt":"2226-11-22T10:00:00Z","data":{}}""", 422, "time-in-future")]
    [InlineData("""{"id":"e8","type":"order.cancelled","occurredAt":"2026-11-22T10:00:00Z","data":{}}""", 400, "invalid-request")]
    [InlineData("""{"id":"e9","type":"customer.registered","occurredAt":"2026-11-22T10:00:00Z","data":{}}""", 400, "invalid-request")]
    [InlineData("""{"id":"e10","type":"nobody.knows","occurredAt":"2026-11-22T10:00:00Z","data":{}}""", 200, null)]
    [InlineData("""{"id":"e11","type":"order.cancelled","occurredAt":"2026-11-22T10:00:00Z","data":{"orderNumber":"1","note":"\ud800"}}""", 400, "invalid-request")]
    [InlineData("[]", 400, "invalid-request")]
    [InlineData("{", 400, "invalid-request")]
    public async Task An_event_that_cannot_be_read_is_refused(string body, int status, string? code)
    {
        var answer = await SendAsync(HttpMethod.Post, "events", keys.Events, body, null);

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(code ?? "ignored", Text(answer.Json, code is null ? "outcome" : "code"));
    }

    [Fact]
    public async Task An_event_of_five_megabytes_and_one_of_ten_thousand_lines_are_refused()
    {
        // Asks before it sends the body, as programs do with a large one: else the answer may cross with what is still being sent.
        var large = await SendAsync(HttpMethod.Post, "events", keys.Events, new string(' ', 5 * 1024 * 1024), null, asksFirst: true);
        var order = Order("L-1", "someone", "100.00");
        order["lines"] = new JsonArray([.. Enumerable.Range(0, 10_000).Select(_ => new JsonObject { ["sku"] = "A", ["quantity"] = 1, ["unitPrice"] = "0.01" })]);
        var many = await EventAsync("order.placed", order);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body-too-large"), (large.Status, large.Code));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "order-too-large"), (many.Status, many.Code));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Get, "orders/L-1", keys.Reader)).Status);
    }

    [Theory]
    [InlineData("POST", "events")]
    [InlineData("GET", "orders/1")]
    [InlineData("POST", "orders/1/payments")]
    [InlineData("POST", "orders/1/payments/1/void")]
    [InlineData("POST", "orders/1/refund-with-credit")]
    [InlineData("POST", "orders/1/cancel")]
    public async Task Each_route_needs_a_key_with_its_scope(string method, string path)
    {
        var wrong = path == "events" ? keys.Checkout : keys.Events;
        var body = method == "GET" ? null : "{}";

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(new HttpMethod(method), path, null, body)).Status);
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), ((await SendAsync(new HttpMethod(method), path, wrong, body)).Status, (await SendAsync(new HttpMethod(method), path, wrong, body)).Code));
    }

    [Theory]
    [InlineData("orders/none/payments", "{}", 404, "not-found")]
    [InlineData("orders/none/payments/1/void", "{}", 404, "not-found")]
    [InlineData("orders/none/refund-with-credit", """{"amount":"1"}""", 404, "not-found")]
    [InlineData("orders/none/cancel", "{}", 404, "not-found")]
    public async Task An_order_that_nobody_reported_is_not_found(string path, string body, int status, string code)
    {
        var answer = await PostAsync(path, body);

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("2026/17")]
    [InlineData("50%2Foff & more?")]
    [InlineData("#7 ü 漢字")]
    [InlineData("a\\b+c=d;e")]
    public async Task An_order_number_may_hold_any_character(string name)
    {
        var customer = await CustomerAsync("20");
        var number = name + customer;
        await EventAsync("order.placed", Order(number, customer, "30.00"));

        var path = "orders/" + Uri.EscapeDataString(number);
        var paid = await PostAsync(path + "/payments", """{"amount":"5"}""");
        var read = await SendAsync(HttpMethod.Get, path, keys.Reader);

        Assert.Equal((number, "25.00"), (Text(paid.Json, "number"), Text(paid.Json, "due")));
        Assert.Equal((HttpStatusCode.OK, number), (read.Status, Text(read.Json, "number")));
    }

    [Theory]
    [InlineData("0", "amount-invalid")]
    [InlineData("-1", "amount-invalid")]
    [InlineData("1.005", "amount-invalid")]
    [InlineData("30.01", "exceeds-order")]
    [InlineData("20.01", "insufficient-credit")]
    public async Task A_payment_by_credit_that_cannot_be_is_refused(string amount, string code)
    {
        var customer = await CustomerAsync("20");
        await EventAsync("order.placed", Order("B-" + customer, customer, "30.00"));

        var answer = await PostAsync($"orders/B-{customer}/payments", $$"""{"amount":"{{amount}}"}""");
        var otherCurrency = await PostAsync($"orders/B-{customer}/payments", """{"amount":{"amount":"1","currency":"EUR"}}""");
        var withoutKey = await SendAsync(HttpMethod.Post, $"orders/B-{customer}/payments", keys.Checkout, "{}", null);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (answer.Status, answer.Code));
        Assert.Equal("currency-mismatch", otherCurrency.Code);
        Assert.Equal((HttpStatusCode.BadRequest, "idempotency-key-required"), (withoutKey.Status, withoutKey.Code));
    }

    private static JsonObject Order(string number, string customer, string total, string kind = "one-off")
    {
        var order = ShopFeed.Order(number, total, kind: kind, email: customer + "@example.com");
        order["customer"]!["externalId"] = customer;
        return order;
    }

    /// <summary>A new customer with credit, by external id.</summary>
    private async Task<string> CustomerAsync(string credit, string store = "main", string kind = "person")
    {
        var externalId = "c" + Guid.NewGuid().ToString("N")[..12];
        await SendAsync(HttpMethod.Post, "accounts", keys.Credits, $$"""{"externalId":"{{externalId}}","name":"Ada","kind":"{{kind}}","email":"{{externalId}}@example.com"}""", externalId);
        var issued = await SendAsync(
            HttpMethod.Post, $"accounts/ext:{externalId}/credits", keys.Credits, $$"""{"amount":{"amount":"{{credit}}","currency":"USD"},"type":"store-credit","store":"{{store}}"}""", externalId + "-credit");
        Assert.Equal(HttpStatusCode.Created, issued.Status);
        return externalId;
    }

    private Task<Answer> EventAsync(string type, JsonObject data, string? id = null)
    {
        var body = new JsonObject
        {
            ["id"] = id ?? $"evt-{Interlocked.Increment(ref sent)}",
            ["type"] = type,
            ["occurredAt"] = "2026-11-22T11:00:00Z",
            ["data"] = type is "order.placed" or "order.paid" ? new JsonObject { ["order"] = data.DeepClone() } : data.DeepClone(),
        };
        return SendAsync(HttpMethod.Post, "events", keys.Events, body.ToJsonString(), null);
    }

    private Task<Answer> PostAsync(string path, string body, string? key = null) => SendAsync(HttpMethod.Post, path, keys.Checkout, body, key ?? Guid.NewGuid().ToString());

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? apiKey, string? body = null, string? idempotencyKey = "any", bool asksFirst = false)
    {
        using var request = new HttpRequestMessage(method, "api/v1/" + path);
        request.Headers.ExpectContinue = asksFirst;
        request.Headers.Authorization = apiKey is null ? null : new("Bearer", apiKey);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            if (idempotencyKey is not null)
            {
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            }
        }

        using var response = await keys.App.Client.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Short(Answer answer) => JsonSerializer.Serialize(new
    {
        outcome = Text(answer.Json, "outcome"),
        effects = answer.Json.GetProperty("effects").EnumerateArray().Select(one => $"{Text(one, "kind")} {Text(one, "amount")} {Text(one, "currency")}"),
    });

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private sealed record Answer(HttpStatusCode Status, string Text)
    {
        public JsonElement Json => JsonDocument.Parse(Text).RootElement;

        public string? Code => Json.GetProperty("code").GetString();
    }

    public sealed class AppWithKeys : IAsyncLifetime
    {
        public RunningApp App { get; private set; } = null!;

        public string Reader { get; private set; } = "";

        public string Credits { get; private set; } = "";

        public string Checkout { get; private set; } = "";

        public string Events { get; private set; } = "";

        public string Admin { get; private set; } = "";

        public async Task InitializeAsync()
        {
            App = await RunningApp.StartAsync();
            Reader = await App.CreateApiKeyAsync("read");
            Credits = await App.CreateApiKeyAsync("credits");
            Checkout = await App.CreateApiKeyAsync("checkout");
            Events = await App.CreateApiKeyAsync("events");
            Admin = await App.CreateApiKeyAsync("admin");
        }

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
