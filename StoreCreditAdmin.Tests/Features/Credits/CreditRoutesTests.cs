using System.Net;
using System.Text.Json;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Credits;

[Collection(ApiTests.Name)]
public sealed class CreditRoutesTests(ApiApp api)
{
    [Fact]
    public async Task A_credit_is_issued_as_the_contract_writes_it()
    {
        var account = await api.AddAccountAsync();

        var credit = (await api.PostAsync($"accounts/{account}/credits", new
        {
            store = "main",
            amount = new { amount = "100.5", currency = "USD" },
            type = "gift-card",
            name = "Birthday",
            memo = "For staff",
            customerNote = "For you",
            effectiveOn = "2026-01-01",
            expiresOn = "2099-12-31",
            reason = "goodwill",
            notify = true,
        })).Expect(HttpStatusCode.Created).Json;

        var expected = new Dictionary<string, string>
        {
            ["accountId"] = account,
            ["store"] = "main",
            ["name"] = "Birthday",
            ["type"] = "gift-card",
            ["currency"] = "USD",
            ["openingAmount"] = "100.50",
            ["credited"] = "100.50",
            ["used"] = "0.00",
            ["authorized"] = "0.00",
            ["expired"] = "0.00",
            ["reclaimed"] = "0.00",
            ["invalidatedAmount"] = "0.00",
            ["remaining"] = "100.50",
            ["memo"] = "For staff",
            ["customerNote"] = "For you",
            ["source"] = "api",
            ["paidFor"] = "True",
            ["createdBy"] = "Tests read,credits,admin",
            ["effectiveOn"] = "2026-01-01",
            ["expiresOn"] = "2099-12-31",
            ["status"] = "active",
            ["invalidatedAt"] = "",
            ["invalidatedBy"] = "",
            ["invalidationReason"] = "",
        };
        Assert.Equal(expected, expected.Keys.ToDictionary(name => name, name => credit.GetProperty(name).ToString()));
        Assert.Equal(credit.GetRawText(), (await api.GetAsync($"credits/{credit.GetProperty("id")}")).Body);
        var entry = (await api.GetAsync($"accounts/{account}/entries")).Json.GetProperty("items")[0];
        Assert.Equal(("issue", "100.50"), (entry.GetProperty("kind").GetString(), entry.GetProperty("amount").GetString()));
    }

    [Fact]
    public async Task An_account_is_found_by_its_external_id_too()
    {
        var external = "cust/1 " + Guid.NewGuid();
        var account = (await api.PostAsync("accounts", new { name = "Ada", kind = "person", externalId = external })).Text("id");
        var path = "ext:" + Uri.EscapeDataString(external);

        var credit = (await api.PostAsync($"accounts/{path}/credits", Issue("5"))).Expect(HttpStatusCode.Created);

        Assert.Equal(account, credit.Text("accountId"));
        Assert.Equal(credit.Text("id"), (await api.GetAsync($"credits?accountId={path}")).Json.GetProperty("items")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("JPY", "1000", "1000")]
    [InlineData("KWD", "1.5", "1.500")]
    [InlineData("USD", "0.01", "0.01")]
    [InlineData("USD", "007", "7.00")]
    [InlineData("USD", "10000000000000.00", "10000000000000.00")]
    public async Task Each_currency_has_its_own_digits(string currency, string amount, string shown)
    {
        var account = await api.AddAccountAsync();

        Assert.Equal(shown, (await api.GetAsync($"credits/{await api.IssueAsync(account, amount, currency)}")).Text("remaining"));
    }

    [Theory]
    [InlineData("\"0\"", "USD")]
    [InlineData("\"-1.00\"", "USD")]
    [InlineData("\"1.005\"", "USD")]
    [InlineData("\"10.5\"", "JPY")]
    [InlineData("\"0.0001\"", "KWD")]
    [InlineData("\"1e3\"", "USD")]
    [InlineData("\"1,000.50\"", "USD")]
    [InlineData("\"1.000,50\"", "USD")]
    [InlineData("\"1234567890123456\"", "USD")]
    [InlineData("\"10000000000000.01\"", "USD")]
    [InlineData("\"\"", "USD")]
    [InlineData("\" 5\"", "USD")]
    [InlineData("\"+5\"", "USD")]
    [InlineData("\"5.\"", "USD")]
    [InlineData("\".5\"", "USD")]
    [InlineData("\"NaN\"", "USD")]
    [InlineData("\"\\u0665\"", "USD")]
    [InlineData("5", "USD")]
    [InlineData("5.00", "USD")]
    [InlineData("true", "USD")]
    [InlineData("[\"5\"]", "USD")]
    [InlineData("null", "USD")]
    public async Task An_amount_that_is_not_one_is_refused_at_its_field_and_nothing_changes(string amount, string currency)
    {
        var account = await api.AddAccountAsync();
        var body = $$"""{"amount":{"amount":{{amount}},"currency":"{{currency}}"},"type":"goodwill","reason":"correction"}""";

        foreach (var route in new[] { "credits", "debit" })
        {
            var refused = (await api.PostAsync($"accounts/{account}/{route}", body)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "amount-invalid");
            Assert.Equal(["amount"], refused.ErrorFields);
        }

        Assert.Empty((await api.GetAsync($"accounts/{account}/entries")).Json.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("amount", """{"amount":"5","currency":"XXX"}""", "currency-unknown", "amount")]
    [InlineData("amount", """{"amount":"5","currency":"usd"}""", "currency-unknown", "amount")]
    [InlineData("amount", """{"amount":"5"}""", "currency-unknown", "amount")]
    [InlineData("type", "\"no-such\"", "type-unknown", "type")]
    [InlineData("type", "\"\"", "type-unknown", "type")]
    [InlineData("type", "null", "type-unknown", "type")]
    [InlineData("reason", "\"no-such\"", "reason-unknown", "reason")]
    [InlineData("store", "\"no-such\"", "store-unknown", "store")]
    [InlineData("expiresOn", "\"2026-01-01\"", "expiry-in-past", "expiresOn")]
    [InlineData("memo", "10000", "text-too-long", "memo")]
    [InlineData("customerNote", "10000", "text-too-long", "customerNote")]
    [InlineData("name", "101", "text-too-long", "name")]
    [InlineData("name", "\"two\\nlines\"", "text-invalid", "name")]
    [InlineData("memo", "\"a\\u0000b\"", "text-invalid", "memo")]
    public async Task A_field_that_cannot_be_is_refused_with_a_sentence(string name, string value, string code, string field)
    {
        var account = await api.AddAccountAsync();
        var body = new Dictionary<string, JsonElement> { ["amount"] = Json("""{"amount":"5","currency":"USD"}"""), ["type"] = Json("\"goodwill\"") };
        body[name] = int.TryParse(value, out var length) ? JsonSerializer.SerializeToElement(new string('x', length)) : Json(value);

        var refused = (await api.PostAsync($"accounts/{account}/credits", body)).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);

        Assert.Equal([field], refused.ErrorFields);
        Assert.Empty((await api.GetAsync($"accounts/{account}/entries")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Markup_in_texts_is_kept_as_it_is_written_and_sent_harmless()
    {
        var account = await api.AddAccountAsync("<script>alert(1)</script>");
        const string Markup = "<img src=x onerror=alert(1)> & \"quotes\" \u65e5\u672c\u8a9e \ud83c\udf81";

        var credit = await api.PostAsync($"accounts/{account}/credits", new { amount = new { amount = "5", currency = "USD" }, type = "goodwill", memo = Markup, customerNote = Markup });

        Assert.DoesNotContain('<', credit.Body);
        var read = await api.GetAsync($"credits/{credit.Text("id")}");
        Assert.Equal((Markup, "<script>alert(1)</script>"), (read.Text("memo"), read.Text("accountName")));
    }

    [Theory]
    [InlineData("14", HttpStatusCode.UnprocessableEntity, "below-used-and-authorized")]
    [InlineData("15", HttpStatusCode.OK, "0.00")]
    [InlineData("120", HttpStatusCode.OK, "105.00")]
    [InlineData("-10", HttpStatusCode.UnprocessableEntity, "amount-invalid")]
    [InlineData("100", HttpStatusCode.UnprocessableEntity, "amount-invalid")]
    public async Task An_amount_can_be_set_down_to_what_is_used_and_held(string newAmount, HttpStatusCode status, string expected)
    {
        var account = await api.AddAccountAsync();
        var credit = await api.IssueAsync(account, "100");
        await api.UseAndHoldAsync(account, used: "10", held: "5");

        var adjusted = (await api.PostAsync($"credits/{credit}/adjust", new { newAmount = new { amount = newAmount, currency = "USD" }, reason = "correction" })).Expect(status);

        Assert.Equal(expected, status == HttpStatusCode.OK ? adjusted.Text("remaining") : adjusted.Code);
        Assert.Equal(("10.00", "5.00"), ((await api.GetAsync($"credits/{credit}")).Text("used"), (await api.GetAsync($"credits/{credit}")).Text("authorized")));
    }

    [Theory]
    [InlineData("\"2.50\"", "12.50", null)]
    [InlineData("\"-10\"", "0.00", null)]
    [InlineData("\"0\"", null, "amount-invalid")]
    [InlineData("\"-10.01\"", null, "below-used-and-authorized")]
    [InlineData("\"0.001\"", null, "amount-invalid")]
    [InlineData("5", null, "amount-invalid")]
    public async Task A_delta_adds_or_takes_away(string delta, string? remaining, string? code)
    {
        var credit = await api.IssueAsync(await api.AddAccountAsync(), "10");

        var adjusted = await api.PostAsync($"credits/{credit}/adjust", $$"""{"delta":{{delta}},"reason":"correction"}""");

        Assert.Equal(remaining ?? code, adjusted.Status == HttpStatusCode.OK ? adjusted.Text("remaining") : adjusted.Code);
        Assert.Equal(remaining ?? "10.00", (await api.GetAsync($"credits/{credit}")).Text("remaining"));
    }

    [Fact]
    public async Task An_adjustment_names_either_a_new_amount_or_a_delta_in_the_credits_currency_and_a_reason()
    {
        var credit = await api.IssueAsync(await api.AddAccountAsync(), "10");
        var path = $"credits/{credit}/adjust";

        (await api.PostAsync(path, new { reason = "correction" })).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request");
        (await api.PostAsync(path, new { delta = "1", newAmount = new { amount = "11", currency = "USD" }, reason = "correction" })).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request");
        (await api.PostAsync(path, new { newAmount = new { amount = "11", currency = "EUR" }, reason = "correction" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "currency-mismatch");
        (await api.PostAsync(path, new { delta = "1" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-required");
        (await api.PostAsync(path, new { delta = "1", reason = "because" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-unknown");
        (await api.PostAsync("credits/" + Guid.NewGuid() + "/adjust", new { delta = "1", reason = "correction" })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal("1", (await api.GetAsync($"credits/{credit}")).Text("version"));
    }

    [Fact]
    public async Task Two_people_who_edit_one_credit_do_not_overwrite_each_other()
    {
        var credit = await api.IssueAsync(await api.AddAccountAsync(), "10");
        var version = (await api.GetAsync($"credits/{credit}")).Json.GetProperty("version").GetInt32();

        (await api.PatchAsync($"credits/{credit}", new { memo = "first", version })).Expect(HttpStatusCode.OK);
        (await api.PatchAsync($"credits/{credit}", new { memo = "second", version })).ExpectProblem(HttpStatusCode.Conflict, "changed-meanwhile");

        Assert.Equal("first", (await api.GetAsync($"credits/{credit}")).Text("memo"));
    }

    [Fact]
    public async Task What_a_credit_says_can_change_its_type_cannot_and_a_new_expiry_needs_a_reason()
    {
        var credit = await api.IssueAsync(await api.AddAccountAsync(), "10", expiresOn: "2099-01-01");
        var path = $"credits/{credit}";

        var described = (await api.PatchAsync(path, new { name = "Gift", memo = "m", customerNote = "n" })).Expect(HttpStatusCode.OK);
        var cleared = (await api.PatchAsync(path, """{"memo":null}""")).Expect(HttpStatusCode.OK);
        (await api.PatchAsync(path, new { type = "promotion" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "type-frozen");
        (await api.PatchAsync(path, new { expiresOn = "2099-06-01" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-required");
        (await api.PatchAsync(path, new { expiresOn = "2026-01-01", reason = "goodwill" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "expiry-in-past");
        var extended = (await api.PatchAsync(path, new { expiresOn = "2099-06-01", reason = "goodwill" })).Expect(HttpStatusCode.OK);
        var never = (await api.PatchAsync(path, """{"expiresOn":null,"reason":"goodwill"}""")).Expect(HttpStatusCode.OK);

        Assert.Equal(("Gift", "m", "n"), (described.Text("name"), described.Text("memo"), described.Text("customerNote")));
        Assert.Equal(("Gift", "", "n"), (cleared.Text("name"), cleared.Text("memo"), cleared.Text("customerNote")));
        Assert.Equal(("2099-06-01", ""), (extended.Text("expiresOn"), never.Text("expiresOn")));
        Assert.Equal("goodwill", never.Text("type"));
    }

    [Fact]
    public async Task A_credit_is_invalidated_once_with_a_reason_and_not_while_it_is_held()
    {
        var account = await api.AddAccountAsync();
        var held = await api.IssueAsync(account, "150");
        await api.UseAndHoldAsync(account, used: "0", held: "5");
        var free = await api.IssueAsync(await api.AddAccountAsync(), "10");

        (await api.PostAsync($"credits/{held}/invalidate", new { reason = "fraud" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "credit-in-use");
        (await api.PostAsync($"credits/{free}/invalidate", new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-required");
        var invalidated = (await api.PostAsync($"credits/{free}/invalidate", new { reason = "fraud", note = "Chargeback" })).Expect(HttpStatusCode.OK);
        (await api.PostAsync($"credits/{free}/invalidate", new { reason = "fraud" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "credit-invalidated");
        (await api.PostAsync($"credits/{free}/adjust", new { delta = "1", reason = "fraud" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "credit-invalidated");

        Assert.Equal("active", (await api.GetAsync($"credits/{held}")).Text("status"));
        Assert.Equal(
            ("invalidated", "0.00", "10.00", "Fraud", "Tests read,credits,admin"),
            (invalidated.Text("status"), invalidated.Text("remaining"), invalidated.Text("invalidatedAmount"), invalidated.Text("invalidationReason"), invalidated.Text("invalidatedBy")));
    }

    [Fact]
    public async Task Only_a_credit_that_was_never_drawn_is_deleted_and_it_leaves_the_lists()
    {
        var account = await api.AddAccountAsync();
        var used = await api.IssueAsync(account, "10");
        await api.UseAndHoldAsync(account, used: "1", held: "0");
        var unused = await api.IssueAsync(account, "20");
        var key = Guid.NewGuid().ToString();

        (await api.DeleteAsync($"credits/{used}")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "credit-in-use");
        var deleted = await api.DeleteAsync($"credits/{unused}", key);
        var replayed = await api.DeleteAsync($"credits/{unused}", key);

        Assert.Equal((HttpStatusCode.NoContent, "", false), (deleted.Status, deleted.Body, deleted.Replayed));
        Assert.Equal((HttpStatusCode.NoContent, "", true), (replayed.Status, replayed.Body, replayed.Replayed));
        (await api.DeleteAsync($"credits/{unused}")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "credit-deleted");
        var list = await api.GetAsync($"credits?accountId={account}");
        Assert.Equal([used], list.Json.GetProperty("items").EnumerateArray().Select(credit => credit.GetProperty("id").GetString()));
        Assert.Equal("10.00", list.Json.GetProperty("totals")[0].GetProperty("credited").GetString());
        Assert.Equal("deleted", (await api.GetAsync($"credits/{unused}")).Text("status"));
    }

    [Fact]
    public async Task A_debit_takes_the_soonest_expiring_first_and_says_what_is_left()
    {
        var account = await api.AddAccountAsync();
        var never = await api.IssueAsync(account, "30");
        var later = await api.IssueAsync(account, "10", expiresOn: "2099-12-01");
        var sooner = await api.IssueAsync(account, "20", expiresOn: "2099-11-01");

        var debit = (await api.PostAsync($"accounts/{account}/debit", new { amount = new { amount = "25", currency = "USD" }, reason = "correction" })).Expect(HttpStatusCode.Created);
        var tooMuch = (await api.PostAsync($"accounts/{account}/debit", new { amount = new { amount = "35.01", currency = "USD" }, reason = "correction" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "insufficient-credit");
        (await api.PostAsync($"accounts/{account}/debit", new { amount = new { amount = "5", currency = "EUR" }, reason = "correction" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "insufficient-credit");
        (await api.PostAsync($"accounts/{account}/debit", new { amount = new { amount = "5", currency = "USD" } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-required");
        (await api.PostAsync("accounts/ext:nobody/debit", new { amount = new { amount = "5", currency = "USD" }, reason = "correction" })).ExpectProblem(HttpStatusCode.NotFound, "not-found");

        Assert.Equal(
            [(sooner, "20.00"), (later, "5.00")],
            debit.Json.GetProperty("lines").EnumerateArray().Select(line => (line.GetProperty("creditId").GetString()!, line.GetProperty("amount").GetString()!)));
        Assert.Equal("Only 35.00 USD is left.", tooMuch.Text("detail"));
        Assert.Equal("30.00", (await api.GetAsync($"credits/{never}")).Text("remaining"));
    }

    [Fact]
    public async Task A_cap_refuses_what_would_pass_it()
    {
        var account = await api.AddAccountAsync();
        var store = "capped-" + Guid.NewGuid().ToString()[..8];
        (await api.PostAsync("stores", new { code = store, name = "Capped", currency = "USD", timeZone = "UTC", capPerAccount = "1000" })).Expect(HttpStatusCode.Created);
        Task<ApiReply> IssueAsync(string amount) => api.PostAsync($"accounts/{account}/credits", new { store, amount = new { amount, currency = "USD" }, type = "goodwill" });

        (await IssueAsync("950")).Expect(HttpStatusCode.Created);
        var refused = (await IssueAsync("60")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "cap-exceeded");
        (await IssueAsync("50")).Expect(HttpStatusCode.Created);

        Assert.Contains("50.00 USD", refused.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credits_are_listed_by_account_type_status_store_and_expiry_with_totals_of_the_whole_filter()
    {
        var account = await api.AddAccountAsync();
        var goodwill = await api.IssueAsync(account, "10", expiresOn: "2099-01-31");
        var card = await api.IssueAsync(account, "5", type: "gift-card", expiresOn: "2099-02-28");
        var euros = await api.IssueAsync(account, "7", "EUR");
        await api.UseAndHoldAsync(account, used: "4", held: "1");
        var gone = await api.IssueAsync(account, "1");
        await api.PostAsync($"credits/{gone}/invalidate", new { reason = "duplicate" });
        async Task<string[]> ListAsync(string query) =>
            [.. (await api.GetAsync($"credits?accountId={account}&{query}")).Expect(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Select(credit => credit.GetProperty("id").GetString()!)];

        Assert.Equal([gone, euros, card, goodwill], await ListAsync(""));
        Assert.Equal([card], await ListAsync("type=gift-card"));
        Assert.Equal([gone], await ListAsync("status=invalidated"));
        Assert.Equal([euros, card, goodwill], await ListAsync("status=active&store=main"));
        Assert.Equal([goodwill], await ListAsync("expiresBefore=2099-02-28"));
        Assert.Empty(await ListAsync("store=elsewhere"));
        Assert.Equal(
            """[{"currency":"EUR","credited":"7.00","used":"0.00","authorized":"0.00","remaining":"7.00"},{"currency":"USD","credited":"16.00","used":"4.00","authorized":"1.00","remaining":"10.00"}]""",
            (await api.GetAsync($"credits?accountId={account}&limit=1")).Json.GetProperty("totals").GetRawText());
    }

    private static object Issue(string amount) => new { amount = new { amount, currency = "USD" }, type = "goodwill" };

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
