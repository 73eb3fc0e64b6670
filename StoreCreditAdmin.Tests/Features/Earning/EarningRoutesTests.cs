using System.Net;
using System.Text.Json;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Earning;

/// <summary>Rules and settings as the contract writes them.</summary>
public sealed class EarningRoutesTests(ApiApp api) : IClassFixture<ApiApp>, IAsyncLifetime
{
    private static readonly object FixedFive = new { mode = "fixed", amount = "5" };

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Each test finds no rule, the module on and no expiry.</summary>
    public async Task DisposeAsync()
    {
        foreach (var rule in (await api.GetAsync("rules")).Json.GetProperty("items").EnumerateArray())
        {
            (await api.DeleteAsync($"rules/{rule.GetProperty("id").GetString()}")).Expect(HttpStatusCode.NoContent);
        }

        (await api.PutAsync("settings/module", new { enabled = true })).Expect(HttpStatusCode.OK);
        (await api.PutAsync("settings/expiry", new { sameForAll = true, @default = new { kind = "never" }, perMethod = new { } })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_rule_is_added_once_changed_by_version_listed_and_deleted()
    {
        var body = new { method = "order-placed", enabled = true, currency = "USD", type = "promotion", config = new { mode = "per-amount", every = "20", give = "1", minimumSpend = "50" } };
        var key = Guid.NewGuid().ToString();

        var added = (await api.PostAsync("rules", body, key)).Expect(HttpStatusCode.Created);
        var again = (await api.PostAsync("rules", body, key)).Expect(HttpStatusCode.Created);
        var id = added.Text("id");
        Assert.Equal((added.Body, true), (again.Body, again.Replayed));
        Assert.Equal(
            $$$"""{"id":"{{{id}}}","store":"main","version":1,"method":"order-placed","enabled":true,"currency":"USD","type":"promotion","config":{"mode":"per-amount","every":"20.00","give":"1.00","minimumSpend":"50.00"}}""",
            added.Body);
        (await api.PostAsync("rules", new { method = "registration", config = new { amount = "5" } }, key)).ExpectProblem(HttpStatusCode.Conflict, "idempotency-conflict");

        var changed = (await api.PutAsync($"rules/{id}", new { config = FixedFive, version = 1 })).Expect(HttpStatusCode.OK);
        Assert.Equal(("2", "5.00"), (changed.Text("version"), changed.Text("config.amount")));
        (await api.PutAsync($"rules/{id}", new { config = new { mode = "fixed", amount = "6" }, version = 1 })).ExpectProblem(HttpStatusCode.Conflict, "changed-meanwhile");
        Assert.Equal("False", (await api.PutAsync($"rules/{id}", new { enabled = false })).Expect(HttpStatusCode.OK).Text("enabled"));
        Assert.Equal([id], (await api.GetAsync("rules")).Json.GetProperty("items").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));

        (await api.DeleteAsync($"rules/{id}")).Expect(HttpStatusCode.NoContent);
        (await api.DeleteAsync($"rules/{id}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await api.PutAsync($"rules/{id}", new { enabled = true })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Empty((await api.GetAsync("rules")).Json.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("first-order", """{"mode":"fixed","amount":"0"}""", "config.amount")]
    [InlineData("first-order", """{"mode":"fixed","amount":"-5"}""", "config.amount")]
    [InlineData("first-order", """{"mode":"fixed","amount":"5.001"}""", "config.amount")]
    [InlineData("first-order", """{"mode":"fixed"}""", "config.amount")]
    [InlineData("first-order", """{"mode":"every","every":"3","give":"1"}""", "config.mode")]
    [InlineData("first-order", """{"mode":"per-amount","every":"0","give":"3"}""", "config.every")]
    [InlineData("first-order", """{"mode":"fixed","amount":"5","minimumSpend":"50"}""", "config.minimumSpend")]
    [InlineData("order-placed", """{"mode":"fixed","amount":"5","minimumSpend":"-1"}""", "config.minimumSpend")]
    [InlineData("order-placed", """{"mode":"fixed","amount":"5","give":"5"}""", "config.give")]
    [InlineData("registration", """{"amount":"0"}""", "config.amount")]
    [InlineData("order-history", """{"measure":"days","steps":[{"at":"1","give":"1"}]}""", "config.measure")]
    [InlineData("order-history", """{"steps":[]}""", "config.steps")]
    [InlineData("order-history", """{"steps":[{"at":"1","give":"1"},{"at":"2","give":"1"},{"at":"3","give":"1"},{"at":"4","give":"1"},{"at":"5","give":"1"},{"at":"6","give":"1"}]}""", "config.steps")]
    [InlineData("order-history", """{"steps":[{"at":"3","give":"1"},{"at":"1","give":"1"}]}""", "config.steps[1].at")]
    [InlineData("order-history", """{"steps":[{"at":"3","give":"1"},{"at":"3","give":"2"}]}""", "config.steps[1].at")]
    [InlineData("order-history", """{"steps":[{"at":"1.5","give":"1"}]}""", "config.steps[0].at")]
    [InlineData("order-history", """{"steps":[{"at":"0","give":"1"}]}""", "config.steps[0].at")]
    [InlineData("spend-history", """{"mode":"every","every":"0","give":"8"}""", "config.every")]
    [InlineData("spend-history", """{"mode":"steps","steps":[{"at":"100","give":"0"}]}""", "config.steps[0].give")]
    [InlineData("spend-history", """{"mode":"fixed","amount":"5"}""", "config.mode")]
    [InlineData("birthday", """{"amount":"5"}""", "method")]
    public async Task A_rule_that_makes_no_sense_is_refused_at_its_field(string method, string config, string field)
    {
        var saved = await api.PostAsync("rules", new { method, config = JsonSerializer.Deserialize<JsonElement>(config) });
        var tried = await api.PostAsync("rules/dry-run", new { method, config = JsonSerializer.Deserialize<JsonElement>(config), from = "2026-01-01", to = "2026-12-31" });

        Assert.All([saved, tried], answer =>
        {
            answer.ExpectProblem(HttpStatusCode.UnprocessableEntity, "rule-invalid");
            Assert.Equal([field], answer.ErrorFields);
        });
    }

    [Fact]
    public async Task What_a_rule_names_must_be_there()
    {
        (await api.PostAsync("rules", new { method = "registration", config = new { amount = "5" }, currency = "ZZZ" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "currency-unknown");
        (await api.PostAsync("rules", new { method = "registration", config = new { amount = "5" }, type = "none" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "type-unknown");
        (await api.PostAsync("rules", new { method = "registration", config = new { amount = "5" }, store = "none" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "store-unknown");
        (await api.PostAsync("rules", new { method = "registration" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "rule-invalid");
    }

    [Fact]
    public async Task A_method_has_one_rule()
    {
        var rule = (await api.PostAsync("rules", new { method = "first-order", config = FixedFive })).Expect(HttpStatusCode.Created);

        (await api.PostAsync("rules", new { method = "first-order", config = FixedFive })).ExpectProblem(HttpStatusCode.Conflict, "rule-method-taken");
        Assert.Equal(["method"], (await api.PutAsync($"rules/{rule.Text("id")}", new { method = "order-placed" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "rule-invalid").ErrorFields);
        (await api.DeleteAsync($"rules/{rule.Text("id")}")).Expect(HttpStatusCode.NoContent);
        (await api.PostAsync("rules", new { method = "first-order", config = FixedFive })).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task While_the_module_is_off_only_card_numbers_pay()
    {
        var shop = await api.App.CreateApiKeyAsync("checkout");
        var account = await api.AddAccountAsync();
        await api.IssueAsync(account, "20.00");
        var card = (await api.GetAsync($"accounts/{account}")).Text("cardNumber");
        var byAccount = new { accountId = account, orderNumber = "off-1", orderTotal = new { amount = "5.00", currency = "USD" } };
        var byCard = new { cardNumber = card, orderNumber = "off-2", orderTotal = new { amount = "5.00", currency = "USD" } };
        var quote = new { accountId = account, orderTotal = new { amount = "5.00", currency = "USD" } };
        Task<ApiReply> Send(string path, object body) => api.SendAsync(HttpMethod.Post, path, body, key: shop);
        Assert.Equal("True", (await api.GetAsync("settings/module")).Text("enabled"));

        Assert.Equal("""{"enabled":false}""", (await api.PutAsync("settings/module", new { enabled = false })).Expect(HttpStatusCode.OK).Body);

        var quoted = (await Send("checkout/quote", quote)).Expect(HttpStatusCode.OK);
        Assert.Equal(("module-disabled", "0.00", "0.00"), (quoted.Text("refusal"), quoted.Text("applicable"), quoted.Text("available")));
        (await Send("authorizations", byAccount)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "module-disabled");
        Assert.Equal("5.00", (await Send("authorizations", byCard)).Expect(HttpStatusCode.Created).Text("amount"));
        (await api.PutAsync("settings/module", new { enabled = true })).Expect(HttpStatusCode.OK);
        (await Send("authorizations", byAccount)).Expect(HttpStatusCode.Created);
        Assert.Equal(["enabled"], (await api.PutAsync("settings/module", new { })).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request").ErrorFields);
    }

    [Fact]
    public async Task The_expiry_is_one_for_all_or_one_by_method()
    {
        Assert.Equal("""{"kind":"never"}""", (await api.GetAsync("settings/expiry")).Text("default"));

        var saved = (await api.PutAsync("settings/expiry", new
        {
            sameForAll = false,
            @default = new { kind = "after-days", days = 365 },
            perMethod = new Dictionary<string, object> { ["registration"] = new { kind = "never" }, ["first-order"] = new { kind = "on-date", date = "2099-12-31" } },
        })).Expect(HttpStatusCode.OK);

        Assert.Equal(
            """{"sameForAll":false,"default":{"kind":"after-days","days":365},"perMethod":{"first-order":{"kind":"on-date","date":"2099-12-31"},"registration":{"kind":"never"}}}""",
            string.Concat(saved.Body.AsSpan(0, saved.Body.LastIndexOf(",\"version\"", StringComparison.Ordinal)), "}"));
        Assert.Equal(saved.Body, (await api.GetAsync("settings/expiry")).Body);
        (await api.PutAsync("settings/expiry", new { sameForAll = true, version = int.Parse(saved.Text("version")) - 1 })).ExpectProblem(HttpStatusCode.Conflict, "changed-meanwhile");
    }

    [Theory]
    [InlineData("""{"default":{"kind":"on-date","date":"2020-01-01"}}""", 422, "expiry-in-past", "default")]
    [InlineData("""{"perMethod":{"registration":{"kind":"on-date","date":"2020-01-01"}}}""", 422, "expiry-in-past", "perMethod.registration")]
    [InlineData("""{"default":{"kind":"after-days","days":0}}""", 400, "invalid-request", "default")]
    [InlineData("""{"default":{"kind":"after-days","days":36501}}""", 400, "invalid-request", "default")]
    [InlineData("""{"default":{"kind":"sometimes"}}""", 400, "invalid-request", "default")]
    [InlineData("""{"perMethod":{"birthday":{"kind":"never"}}}""", 400, "invalid-request", "perMethod.birthday")]
    public async Task An_expiry_that_makes_no_sense_is_refused_at_its_field(string body, int status, string code, string field)
    {
        var answer = (await api.PutAsync("settings/expiry", body)).ExpectProblem((HttpStatusCode)status, code);

        Assert.Equal([field], answer.ErrorFields);
    }

    [Fact]
    public async Task A_dry_run_says_what_a_rule_would_have_cost_and_writes_nothing()
    {
        var shop = await api.App.CreateApiKeyAsync("events");
        var order = ShopFeed.Order("dry-1", "95", email: "dry@example.com", payments: ShopFeed.Card("95"));
        (await api.SendAsync(HttpMethod.Post, "events", new { id = "dry-1", type = "order.paid", occurredAt = "2026-11-22T11:30:00Z", data = new { order } }, key: shop)).Expect(HttpStatusCode.OK);
        var body = new { method = "first-order", config = new { mode = "per-amount", every = "30", give = "3" }, from = "2026-11-22", to = "2026-11-22" };

        var tried = (await api.SendAsync(HttpMethod.Post, "rules/dry-run", body, idempotencyKey: "")).Expect(HttpStatusCode.OK);

        Assert.Equal(("9.00", "1", "1", "USD"), (tried.Text("cost"), tried.Text("customers"), tried.Text("orders"), tried.Text("currency")));
        Assert.Equal("""[{"month":"2026-11","amount":"9.00","orders":1}]""", tried.Text("byMonth"));
        Assert.Equal("""[{"from":"9.00","to":"9.00","awards":1}]""", tried.Text("histogram"));
        Assert.Equal(("Ada Byron", "9.00"), (tried.Json.GetProperty("biggest")[0].GetProperty("name").GetString(), tried.Json.GetProperty("biggest")[0].GetProperty("amount").GetString()));
        Assert.Empty((await api.GetAsync("rules")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(["to"], (await api.PostAsync("rules/dry-run", body with { to = "2026-11-21" })).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request").ErrorFields);
        Assert.Equal(["to"], (await api.PostAsync("rules/dry-run", body with { to = "2036-11-22" })).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request").ErrorFields);
    }

    [Theory]
    [InlineData("POST", "rules")]
    [InlineData("PUT", "rules/5b0e3ee5-0f93-4f9c-9d0e-4a8a3d6ba001")]
    [InlineData("DELETE", "rules/5b0e3ee5-0f93-4f9c-9d0e-4a8a3d6ba001")]
    [InlineData("POST", "rules/dry-run")]
    [InlineData("PUT", "settings/module")]
    [InlineData("PUT", "settings/expiry")]
    public async Task Writing_needs_the_scope_admin_and_a_key_of_its_own(string method, string path)
    {
        var body = method == "DELETE" ? null : "{}";
        (await api.SendAsync(new(method), path, body, key: api.ReadKey)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await api.SendAsync(new(method), path, body, key: "")).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
        if (path != "rules/dry-run")
        {
            (await api.SendAsync(new(method), path, body, idempotencyKey: "")).ExpectProblem(HttpStatusCode.BadRequest, "idempotency-key-required");
        }
    }

    [Theory]
    [InlineData("rules")]
    [InlineData("settings/module")]
    [InlineData("settings/expiry")]
    public async Task Reading_needs_the_scope_read(string path)
    {
        var events = await api.App.CreateApiKeyAsync("events");

        (await api.GetAsync(path, api.ReadKey)).Expect(HttpStatusCode.OK);
        (await api.GetAsync(path, events)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }
}
