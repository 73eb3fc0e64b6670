using System.Net;
using System.Text;
using System.Text.Json;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Catalogue;

public sealed class CatalogueRoutesTests(CatalogueRoutesTests.AppWithKeys keys) : IClassFixture<CatalogueRoutesTests.AppWithKeys>
{
    [Theory]
    [InlineData("stores", """{"code":"main","name":"Main store","currency":"USD","timeZone":"UTC","address":null,"isDefault":true,"active":true,"applyAfterCheckout":false,"authorizationMinutes":1440,"returnedValueDays":null,"autoInvoiceKinds":["user","valet"],"creditLineType":"store-credit","capPerAccount":null,"version":0}""")]
    [InlineData("credit-types", """{"code":"gift-card","name":"Gift Card","priority":0,"paidFor":true,"mayExpire":true,"defaultExpiry":{"kind":"never"},"requiresReason":false,"active":true,"version":0}""")]
    [InlineData("reasons", """{"code":"fraud","name":"Fraud","purposes":["issue","adjust","invalidate","expiry-change","hold","refund"],"active":true,"version":0}""")]
    public async Task A_catalogue_is_read_as_the_contract_writes_it(string catalogue, string item)
    {
        var answer = await SendAsync(HttpMethod.Get, catalogue, keys.Reader);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(item, answer.Json.GetProperty("items").EnumerateArray().Select(one => one.GetRawText()));
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("nextCursor").ValueKind);
    }

    [Fact]
    public async Task A_catalogue_can_be_read_in_parts()
    {
        var codes = new List<string>();
        var cursor = "";
        do
        {
            var part = (await SendAsync(HttpMethod.Get, $"reasons?limit=4&cursor={cursor}", keys.Reader)).Json;
            codes.AddRange(part.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("code").GetString()!));
            cursor = part.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        Assert.Subset(codes.ToHashSet(), new HashSet<string> { "correction", "customer-request", "duplicate", "fraud", "goodwill", "overdue-payment" });
        Assert.Equal(codes.Order(StringComparer.Ordinal).Distinct(), codes);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Get, "reasons?cursor=nonsense", keys.Reader)).Status);
    }

    [Fact]
    public async Task A_type_is_added_once_and_changed_where_the_change_names_a_field()
    {
        const string Body = """{"code":"swap","name":"Swap","priority":3,"defaultExpiry":{"kind":"after-days","days":365}}""";

        var added = await SendAsync(HttpMethod.Post, "credit-types", keys.Admin, Body, "add-swap");
        var again = await SendAsync(HttpMethod.Post, "credit-types", keys.Admin, Body, "add-swap");
        var taken = await SendAsync(HttpMethod.Post, "credit-types", keys.Admin, Body);
        var changed = await SendAsync(HttpMethod.Patch, "credit-types/swap", keys.Admin, """{"defaultExpiry":{"kind":"on-date","date":"2099-12-31"},"active":false}""");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (added.Status, again.Status));
        Assert.Equal(added.Text, again.Text);
        Assert.Equal((HttpStatusCode.Conflict, "code-taken"), (taken.Status, taken.Code));
        Assert.Equal("""{"kind":"on-date","date":"2099-12-31"}""", changed.Json.GetProperty("defaultExpiry").GetRawText());
        Assert.Equal((3, false), (changed.Json.GetProperty("priority").GetInt32(), changed.Json.GetProperty("active").GetBoolean()));
    }

    [Fact]
    public async Task A_store_is_added_and_its_cap_set_and_cleared()
    {
        var added = await SendAsync(
            HttpMethod.Post, "stores", keys.Admin, """{"code":"kuwait","name":"Kuwait","currency":"KWD","timeZone":"Asia/Kuwait","capPerAccount":"100.5"}""");
        var left = await SendAsync(HttpMethod.Patch, "stores/kuwait", keys.Admin, """{"name":"Kuwait City"}""");
        var cleared = await SendAsync(HttpMethod.Patch, "stores/kuwait", keys.Admin, """{"capPerAccount":null,"autoInvoiceKinds":["self-storage"]}""");

        Assert.Equal((HttpStatusCode.Created, "100.500"), (added.Status, added.Json.GetProperty("capPerAccount").GetString()));
        Assert.Equal("100.500", left.Json.GetProperty("capPerAccount").GetString());
        Assert.Equal(JsonValueKind.Null, cleared.Json.GetProperty("capPerAccount").ValueKind);
        Assert.Equal("""["self-storage"]""", cleared.Json.GetProperty("autoInvoiceKinds").GetRawText());
    }

    [Theory]
    [InlineData("stores", """{"code":"x","name":"X","currency":"USD","timeZone":"Mars/Olympus"}""", 400, "invalid-request", "timeZone")]
    [InlineData("stores", """{"code":"x","name":"X","currency":"ZZZ","timeZone":"UTC"}""", 422, "currency-unknown", "currency")]
    [InlineData("stores", """{"code":"x","name":"X","currency":"USD","timeZone":"UTC","capPerAccount":10}""", 422, "amount-invalid", "capPerAccount")]
    [InlineData("stores", """{"code":"x","name":"X","currency":"USD","timeZone":"UTC","authorizationMinutes":"soon"}""", 400, "invalid-request", "authorizationMinutes")]
    [InlineData("stores", """{"code":"x","name":"X","currency":"USD","timeZone":"UTC","returnedValueDays":1.5}""", 400, "invalid-request", "returnedValueDays")]
    [InlineData("credit-types", """{"code":"x","name":"X","priority":1.5}""", 400, "invalid-request", "priority")]
    [InlineData("credit-types", """{"code":"X","name":"X"}""", 400, "invalid-request", "code")]
    [InlineData("credit-types", """{"code":"x","name":"X","defaultExpiry":{"kind":"on-date","date":"2020-01-01"}}""", 422, "expiry-in-past", "defaultExpiry")]
    [InlineData("reasons", """{"code":"x","name":"X","purposes":"refund"}""", 400, "invalid-request", "purposes")]
    [InlineData("reasons", """{"code":"x","name":"X"}""", 400, "invalid-request", "purposes")]
    public async Task Bad_input_is_refused_at_its_field(string catalogue, string body, int status, string code, string field)
    {
        var answer = await SendAsync(HttpMethod.Post, catalogue, keys.Admin, body);

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.True(answer.Json.GetProperty("errors").TryGetProperty(field, out _), answer.Text);
    }

    [Theory]
    [InlineData("stores")]
    [InlineData("credit-types")]
    [InlineData("reasons")]
    public async Task Reading_needs_the_scope_read_and_writing_the_scope_admin(string catalogue)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, catalogue, key: null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Get, catalogue, keys.Admin)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, catalogue, keys.Reader, "{}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Patch, catalogue + "/any", keys.Reader, "{}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Patch, catalogue + "/no-such", keys.Admin, "{}")).Status);
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? key, string? body = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, "api/v1/" + path);
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey ?? Guid.NewGuid().ToString());
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await keys.App.Client.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private sealed record Answer(HttpStatusCode Status, string Text)
    {
        public JsonElement Json => JsonDocument.Parse(Text).RootElement;

        public string? Code => Json.GetProperty("code").GetString();
    }

    public sealed class AppWithKeys : IAsyncLifetime
    {
        public RunningApp App { get; private set; } = null!;

        public string Reader { get; private set; } = "";

        public string Admin { get; private set; } = "";

        public async Task InitializeAsync()
        {
            App = await RunningApp.StartAsync(new Dictionary<string, string> { ["Sample__Enabled"] = "false" });
            Reader = await App.CreateApiKeyAsync("read");
            Admin = await App.CreateApiKeyAsync("admin");
        }

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
