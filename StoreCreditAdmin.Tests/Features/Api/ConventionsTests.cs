using System.Net;
using System.Text.Json;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Api;

[Collection(ApiTests.Name)]
public sealed class ConventionsTests(ApiApp api)
{
    private static readonly object TenDollars = new { amount = new { amount = "10", currency = "USD" }, type = "goodwill" };

    [Fact]
    public async Task Without_a_key_or_with_a_wrong_or_revoked_one_nothing_opens()
    {
        var revoked = await api.App.CreateApiKeyAsync("read");
        var list = await api.App.RunCommandAsync("api-key", "list");
        var id = list.Out.Split('\n').First(line => line.Contains(revoked[..10], StringComparison.Ordinal)).Split(' ')[0];
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("credits", revoked)).Status);
        Assert.Equal(0, (await api.App.RunCommandAsync("api-key", "revoke", id)).ExitCode);

        foreach (var key in new[] { "", "sca_wrong", revoked, revoked.ToUpperInvariant() })
        {
            (await api.GetAsync("credits", key)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
            (await api.SendAsync(HttpMethod.Post, "accounts", new { name = "A", kind = "person" }, key: key)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
        }

        Assert.DoesNotContain(revoked, api.App.Output);
        Assert.DoesNotContain(api.Key, api.App.Output);
    }

    [Fact]
    public async Task A_key_without_the_scope_of_a_route_is_forbidden_to_use_it()
    {
        var account = await api.AddAccountAsync();
        var writer = await api.App.CreateApiKeyAsync("credits");

        (await api.SendAsync(HttpMethod.Post, $"accounts/{account}/credits", TenDollars, key: api.ReadKey)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await api.GetAsync("system/ledger/verify", api.ReadKey)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await api.GetAsync("credits", writer)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await api.GetAsync("test-clock", writer)).Expect(HttpStatusCode.OK);
        Assert.Empty((await api.GetAsync($"credits?accountId={account}")).Json.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("", "idempotency-key-required")]
    [InlineData("   ", "idempotency-key-required")]
    [InlineData("a\tb", "idempotency-key-required")]
    [InlineData("201", "idempotency-key-required")]
    public async Task A_write_needs_an_idempotency_key_of_1_to_200_printable_characters(string idempotencyKey, string code)
    {
        var account = await api.AddAccountAsync();
        if (idempotencyKey == "201")
        {
            idempotencyKey = new string('k', 201);
        }

        (await api.PostAsync($"accounts/{account}/credits", TenDollars, idempotencyKey)).ExpectProblem(HttpStatusCode.BadRequest, code);
        (await api.DeleteAsync("credits/1", idempotencyKey)).ExpectProblem(HttpStatusCode.BadRequest, code);
        (await api.PostAsync($"accounts/{account}/credits", TenDollars, account + new string('~', 200 - account.Length))).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_repeat_gets_the_first_answer_byte_for_byte_though_the_credit_changed_since()
    {
        var account = await api.AddAccountAsync();
        var key = Guid.NewGuid().ToString();
        var body = new { amount = new { amount = "10.5", currency = "USD" }, type = "goodwill", memo = "caf\u00e9 <b>\u65e5\u672c</b> 'quoted'", effectiveOn = "2026-01-01" };

        var first = (await api.PostAsync($"accounts/{account}/credits", body, key)).Expect(HttpStatusCode.Created);
        await api.PatchAsync($"credits/{first.Text("id")}", new { memo = "changed" });
        var again = (await api.PostAsync($"accounts/{account}/credits", body, key)).Expect(HttpStatusCode.Created);

        Assert.Equal(first.Body, again.Body);
        Assert.Equal(first.MediaType, again.MediaType);
        Assert.Equal((false, true), (first.Replayed, again.Replayed));
        Assert.Single((await api.GetAsync($"credits?accountId={account}")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_same_key_with_another_body_route_or_method_is_a_conflict()
    {
        var account = await api.AddAccountAsync();
        var other = await api.AddAccountAsync();
        var key = Guid.NewGuid().ToString();
        var credit = (await api.PostAsync($"accounts/{account}/credits", TenDollars, key)).Text("id");

        (await api.PostAsync($"accounts/{account}/credits", new { amount = new { amount = "10.0", currency = "USD" }, type = "goodwill" }, key)).ExpectProblem(HttpStatusCode.Conflict, "idempotency-conflict");
        (await api.PostAsync($"accounts/{other}/credits", TenDollars, key)).ExpectProblem(HttpStatusCode.Conflict, "idempotency-conflict");
        (await api.PostAsync($"accounts/{account}/debit", TenDollars, key)).ExpectProblem(HttpStatusCode.Conflict, "idempotency-conflict");
        (await api.DeleteAsync($"credits/{credit}", key)).ExpectProblem(HttpStatusCode.Conflict, "idempotency-conflict");
        Assert.Equal("10.00", (await api.GetAsync($"credits/{credit}")).Text("remaining"));
    }

    [Fact]
    public async Task Keys_of_one_caller_never_meet_those_of_another()
    {
        var account = await api.AddAccountAsync();
        var neighbour = await api.App.CreateApiKeyAsync("credits");

        var mine = await api.PostAsync($"accounts/{account}/credits", TenDollars, "order-1 " + account);
        var theirs = await api.SendAsync(HttpMethod.Post, $"accounts/{account}/credits", TenDollars, "order-1 " + account, neighbour);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (mine.Status, theirs.Status));
        Assert.NotEqual(mine.Text("id"), theirs.Text("id"));
    }

    [Fact]
    public async Task A_refusal_is_remembered_too()
    {
        var account = await api.AddAccountAsync();
        var debit = new { amount = new { amount = "15", currency = "USD" }, reason = "correction" };
        var key = Guid.NewGuid().ToString();

        var refused = (await api.PostAsync($"accounts/{account}/debit", debit, key)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "insufficient-credit");
        await api.IssueAsync(account, "20");
        var again = (await api.PostAsync($"accounts/{account}/debit", debit, key)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "insufficient-credit");
        var anew = await api.PostAsync($"accounts/{account}/debit", debit);

        Assert.Equal(refused.Body, again.Body);
        Assert.Equal((false, true), (refused.Replayed, again.Replayed));
        Assert.Equal(HttpStatusCode.Created, anew.Status);
    }

    [Fact]
    public async Task Twenty_parallel_posts_with_one_key_make_one_credit()
    {
        var account = await api.AddAccountAsync();
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.PostAsync($"accounts/{account}/credits", TenDollars, key)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Equal(1, answers.Count(answer => !answer.Replayed));
        Assert.Single((await api.GetAsync($"accounts/{account}/entries")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_list_is_read_in_parts_that_fit_together()
    {
        var account = await api.AddAccountAsync();
        var issued = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            issued.Add(await api.IssueAsync(account, "1"));
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var part = await api.GetAsync($"credits?accountId={account}&limit=2" + (cursor is null ? "" : "&cursor=" + cursor));
            seen.AddRange(part.Json.GetProperty("items").EnumerateArray().Select(credit => credit.GetProperty("id").GetString()!));
            Assert.Equal("5.00", part.Json.GetProperty("totals")[0].GetProperty("remaining").GetString());
            cursor = part.Json.GetProperty("nextCursor").GetString();
            Assert.Matches("^[A-Za-z0-9_-]*$", cursor ?? "");
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Reverse(issued), seen);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=WyJhY2NvdW50cyIsIjEiXQ", "cursor")]
    [InlineData("cursor=WyJjcmVkaXRzIiwieCIsInkiXQ", "cursor")]
    [InlineData("status=lost", "status")]
    [InlineData("expiresBefore=31.12.2026", "expiresBefore")]
    public async Task A_bad_query_is_refused_at_its_field(string query, string field) =>
        Assert.Equal([field], (await api.GetAsync("credits?" + query)).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request").ErrorFields);

    [Theory]
    [InlineData("GET", "nowhere", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/api/v2/credits", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "credits/nothing", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "accounts/ext:nobody", HttpStatusCode.NotFound, "not-found")]
    [InlineData("DELETE", "credits", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("GET", "credits/1/adjust", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    public async Task Below_api_there_are_no_pages_only_problem_documents(string method, string path, HttpStatusCode status, string code) =>
        (await api.SendAsync(new HttpMethod(method), path, null)).ExpectProblem(status, code);

    [Theory]
    [InlineData("", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("\"text\"", null)]
    [InlineData("{\"amount\":{\"amount\":\"5\",\"currency\":\"USD\"},\"type\":\"goodwill\"", null)]
    [InlineData("{'type':'goodwill'}", null)]
    [InlineData("{\"type\":\"goodwill\"}", "amount")]
    [InlineData("{\"amount\":{\"amount\":\"5\",\"amount\":\"500\",\"currency\":\"USD\"},\"type\":\"goodwill\"}", "amount.amount")]
    [InlineData("{\"amount\":\"5\",\"type\":\"goodwill\"}", "amount")]
    [InlineData("{\"amount\":{\"amount\":\"5\",\"currency\":7},\"type\":\"goodwill\"}", "amount.currency")]
    [InlineData("{\"amount\":{\"amount\":\"5\",\"currency\":\"USD\"},\"type\":[]}", "type")]
    [InlineData("{\"amount\":{\"amount\":\"5\",\"currency\":\"USD\"},\"type\":\"goodwill\",\"expiresOn\":\"2099-02-30\"}", "expiresOn")]
    [InlineData("{\"amount\":{\"amount\":\"5\",\"currency\":\"USD\"},\"type\":\"goodwill\",\"effectiveOn\":\"tomorrow\"}", "effectiveOn")]
    [InlineData("{\"amount\":{\"amount\":\"5\",\"currency\":\"USD\"},\"type\":\"goodwill\",\"memo\":\"\\ud800\"}", "memo")]
    [InlineData("{\"amount\":{\"amount\":\"5\",\"currency\":\"USD\"},\"type\":\"goodwill\",\"notify\":\"yes\"}", "notify")]
    public async Task A_malformed_body_is_a_bad_request_that_names_the_field(string body, string? field)
    {
        var account = await api.AddAccountAsync();

        var answer = (await api.PostAsync($"accounts/{account}/credits", body)).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request");

        Assert.Equal(field is null ? [] : [field], answer.ErrorFields);
        Assert.DoesNotContain("System.", answer.Body);
        Assert.Empty((await api.GetAsync($"credits?accountId={account}")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Members_that_a_route_does_not_know_are_ignored()
    {
        var account = await api.AddAccountAsync();
        const string Body = """{"amount":{"amount":"5","currency":"USD","unit":"minor"},"type":"goodwill","colour":{"deep":[1,2]}}""";

        (await api.PostAsync($"accounts/{account}/credits", Body)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_body_above_one_mebibyte_is_refused()
    {
        var account = await api.AddAccountAsync();
        var padding = new string(' ', 1024 * 1024);

        (await api.PostAsync($"accounts/{account}/credits", JsonSerializer.Serialize(TenDollars) + padding)).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        (await api.PostAsync($"accounts/{account}/credits", JsonSerializer.Serialize(TenDollars) + padding[..^500])).Expect(HttpStatusCode.Created);
    }
}
