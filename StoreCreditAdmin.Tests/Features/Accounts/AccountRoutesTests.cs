using System.Net;
using System.Text;
using System.Text.Json;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounts;

public sealed class AccountRoutesTests(AccountRoutesTests.AppWithKeys keys) : IClassFixture<AccountRoutesTests.AppWithKeys>
{
    [Fact]
    public async Task An_account_is_created_once_and_read_by_its_id_or_external_id()
    {
        const string Body = """{"externalId":"route-1","name":"Ada <b>Byron</b>","kind":"person","email":"route1@example.com","phone":"+44 20 7946 0958"}""";

        var created = await SendAsync(HttpMethod.Post, "accounts", Body, "create-1");
        var again = await SendAsync(HttpMethod.Post, "accounts", Body, "create-1");
        var other = await SendAsync(HttpMethod.Post, "accounts", Body.Replace("Ada", "Bea", StringComparison.Ordinal), "create-1");
        var taken = await SendAsync(HttpMethod.Post, "accounts", Body);
        var byId = await SendAsync(HttpMethod.Get, $"accounts/{created.Id}");
        var byExternalId = await SendAsync(HttpMethod.Get, "accounts/ext:route-1");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (created.Status, again.Status));
        Assert.Equal((created.Text, "true"), (again.Text, again.Replayed));
        Assert.Equal((HttpStatusCode.Conflict, "idempotency-conflict"), (other.Status, other.Code));
        Assert.Equal((HttpStatusCode.Conflict, "external-id-taken"), (taken.Status, taken.Code));
        Assert.Equal((created.Text, created.Text), (byId.Text, byExternalId.Text));
        Assert.Equal("Ada <b>Byron</b>", created.Json.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, created.Json.GetProperty("hold").ValueKind);
        Assert.Equal("""[]""", created.Json.GetProperty("balances").GetRawText());
        Assert.True(created.Json.GetProperty("contacts")[0].GetProperty("mayUseCredit").GetBoolean());
        Assert.Equal(16, created.Json.GetProperty("cardNumber").GetString()!.Length);
    }

    [Fact]
    public async Task Contacts_are_added_and_a_change_leaves_what_it_does_not_name()
    {
        var account = await CreateAsync("company");
        var added = await SendAsync(HttpMethod.Post, $"accounts/{account}/contacts", """{"name":"Jane","email":"jane@example.com","phone":"1","mayUseCredit":false}""");
        var contact = added.Json.GetProperty("id").GetString();

        var changed = await SendAsync(HttpMethod.Patch, $"contacts/{contact}", """{"mayUseCredit":true,"phone":null}""");

        Assert.Equal((HttpStatusCode.Created, false), (added.Status, added.Json.GetProperty("mayUseCredit").GetBoolean()));
        Assert.Equal((true, "Jane", null), (changed.Json.GetProperty("mayUseCredit").GetBoolean(), changed.Json.GetProperty("name").GetString(), changed.Json.GetProperty("phone").GetString()));
    }

    [Fact]
    public async Task A_hold_is_put_and_lifted_and_lifting_again_answers_the_account()
    {
        var account = await CreateAsync();

        var noReason = await SendAsync(HttpMethod.Put, $"accounts/{account}/hold", "{}");
        var held = await SendAsync(HttpMethod.Put, $"accounts/{account}/hold", """{"reason":"fraud","note":"Called us"}""");
        var lifted = await SendAsync(HttpMethod.Delete, $"accounts/{account}/hold");
        var liftedAgain = await SendAsync(HttpMethod.Delete, $"accounts/{account}/hold");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "reason-required"), (noReason.Status, noReason.Code));
        Assert.True(held.Json.GetProperty("onHold").GetBoolean());
        Assert.Equal("fraud", held.Json.GetProperty("hold").GetProperty("reason").GetString());
        Assert.Equal("Tests read,credits", held.Json.GetProperty("hold").GetProperty("by").GetString());
        Assert.False(lifted.Json.GetProperty("onHold").GetBoolean());
        Assert.Equal((HttpStatusCode.OK, lifted.Text), (liftedAgain.Status, liftedAgain.Text));
    }

    [Fact]
    public async Task Balance_and_entries_are_what_the_contract_says()
    {
        var account = await CreateAsync();
        var empty = await SendAsync(HttpMethod.Get, $"accounts/{account}/entries");
        var credit = await SendAsync(
            HttpMethod.Post, $"accounts/{account}/credits", """{"amount":{"amount":"150","currency":"USD"},"type":"goodwill","memo":"for staff","expiresOn":"2999-12-31"}""");

        var balance = await SendAsync(HttpMethod.Get, $"accounts/{account}/balance?store=main&currency=USD");
        var longAgo = await SendAsync(HttpMethod.Get, $"accounts/{account}/balance?asOf=2001-01-01");
        var staff = (await SendAsync(HttpMethod.Get, $"accounts/{account}/entries?creditId={credit.Id}")).Json.GetProperty("items")[0];
        var customer = (await SendAsync(HttpMethod.Get, $"accounts/{account}/entries?view=customer")).Json.GetProperty("items")[0];

        Assert.Equal((HttpStatusCode.OK, """{"items":[],"nextCursor":null}"""), (empty.Status, empty.Text));
        Assert.Equal(
            """{"items":[{"store":"main","currency":"USD","available":"150.00","authorized":"0.00","used":"0.00","expired":"0.00","nextExpiry":{"on":"2999-12-31","amount":"150.00"}}]}""",
            balance.Text);
        Assert.Equal("""{"items":[]}""", longAgo.Text);
        string[] fields =
        [
            "id", "seq", "operationId", "creditId", "kind", "amount", "currency", "from", "to", "availableAfter", "accountAvailableAfter", "actor", "reason", "memo",
            "orderNumber", "invoiceNumber", "authorizationCode", "recordedAt", "effectiveOn", "label",
        ];
        Assert.All(fields, field => Assert.True(staff.TryGetProperty(field, out _), field));
        Assert.Equal(("issue", "150.00", "outside", "available", "Added", "for staff"), (Text("kind"), Text("amount"), Text("from"), Text("to"), Text("label"), Text("memo")));
        Assert.Equal(JsonValueKind.Null, customer.GetProperty("memo").ValueKind);

        string? Text(string field) => staff.GetProperty(field).GetString();
    }

    [Fact]
    public async Task Accounts_are_found_and_listed_in_parts()
    {
        for (var index = 0; index < 3; index++)
        {
            await SendAsync(HttpMethod.Post, "accounts", $$"""{"name":"Quartz {{index}}","kind":"company"}""");
        }

        var first = (await SendAsync(HttpMethod.Get, "accounts?query=qua&limit=2")).Json;
        var second = (await SendAsync(HttpMethod.Get, $"accounts?query=qua&limit=2&cursor={first.GetProperty("nextCursor").GetString()}")).Json;

        Assert.Equal(
            ["Quartz 0", "Quartz 1", "Quartz 2"],
            new[] { first, second }.SelectMany(part => part.GetProperty("items").EnumerateArray()).Select(account => account.GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        Assert.Equal(0, (await SendAsync(HttpMethod.Get, "accounts?query=%22%20OR%20%22zzz")).Json.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("GET", "accounts/ext:nobody", null, 404, "not-found")]
    [InlineData("GET", "accounts/17/balance", null, 404, "not-found")]
    [InlineData("GET", "accounts/00000000-0000-0000-0000-000000000000/entries", null, 404, "not-found")]
    [InlineData("PATCH", "contacts/17", "{}", 404, "not-found")]
    [InlineData("PUT", "accounts/17/hold", """{"reason":"fraud"}""", 404, "not-found")]
    [InlineData("POST", "accounts/17/contacts", """{"name":"Jane"}""", 404, "not-found")]
    [InlineData("GET", "accounts?cursor=nonsense", null, 400, "invalid-request")]
    [InlineData("GET", "accounts?limit=0", null, 400, "invalid-request")]
    [InlineData("POST", "accounts", """{"kind":"person"}""", 422, "name-required")]
    [InlineData("POST", "accounts", """{"name":"Ada","kind":"robot"}""", 422, "kind-unknown")]
    [InlineData("POST", "accounts", """{"name":"Ada","kind":"person","email":"nonsense"}""", 422, "email-invalid")]
    [InlineData("POST", "accounts", """{"name":"Ada\u0000","kind":"person"}""", 422, "text-invalid")]
    [InlineData("POST", "accounts", """{"name":5,"kind":"person"}""", 400, "invalid-request")]
    [InlineData("POST", "accounts", """{"name":""", 400, "invalid-request")]
    public async Task What_cannot_be_done_is_answered_with_its_code(string method, string path, string? body, int status, string code)
    {
        var answer = await SendAsync(new HttpMethod(method), path, body);

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
    }

    [Fact]
    public async Task Wrong_dates_views_stores_and_credits_of_others_are_named()
    {
        var account = await CreateAsync();

        Assert.Equal("invalid-request", (await SendAsync(HttpMethod.Get, $"accounts/{account}/balance?asOf=22.11.2026")).Code);
        Assert.Equal("store-unknown", (await SendAsync(HttpMethod.Get, $"accounts/{account}/balance?store=nowhere")).Code);
        Assert.Equal("currency-unknown", (await SendAsync(HttpMethod.Get, $"accounts/{account}/balance?currency=XYZ")).Code);
        Assert.Equal("invalid-request", (await SendAsync(HttpMethod.Get, $"accounts/{account}/entries?view=boss")).Code);
        Assert.Equal("not-found", (await SendAsync(HttpMethod.Get, $"accounts/{account}/entries?creditId={account}")).Code);
        Assert.Equal("text-too-long", (await SendAsync(HttpMethod.Put, $"accounts/{account}/hold", $$"""{"reason":"fraud","note":"{{new string('n', 10_000)}}"}""")).Code);
    }

    [Fact]
    public async Task A_key_that_only_reads_changes_nothing_and_none_reads_nothing()
    {
        var account = await CreateAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Put, $"accounts/{account}/hold", """{"reason":"fraud"}""", key: keys.Reader)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, $"accounts/{account}", key: keys.Reader)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, $"accounts/{account}", key: "")).Status);
    }

    private async Task<string> CreateAsync(string kind = "person") =>
        (await SendAsync(HttpMethod.Post, "accounts", $$"""{"name":"Ada Byron","kind":"{{kind}}"}""")).Id;

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string? idempotencyKey = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"api/v1/{path}", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key ?? keys.Writer}");
        if (method != HttpMethod.Get)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey ?? Guid.NewGuid().ToString());
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await keys.App.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var replayed = response.Headers.TryGetValues("Idempotency-Replayed", out var values) ? values.Single() : null;
        return new Answer(response.StatusCode, text, replayed);
    }

    private sealed record Answer(HttpStatusCode Status, string Text, string? Replayed)
    {
        public JsonElement Json => JsonDocument.Parse(Text).RootElement;

        public string Id => Json.GetProperty("id").GetString()!;

        public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;
    }

    public sealed class AppWithKeys : IAsyncLifetime
    {
        public RunningApp App { get; private set; } = null!;

        public string Writer { get; private set; } = "";

        public string Reader { get; private set; } = "";

        public async Task InitializeAsync()
        {
            App = await RunningApp.StartAsync();
            Writer = await App.CreateApiKeyAsync("read,credits");
            Reader = await App.CreateApiKeyAsync("read");
        }

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
