using System.Net;
using System.Text.Json;
using StoreCreditAdmin.Tests.TestSupport;
using static StoreCreditAdmin.Tests.Features.Checkout.CheckoutApp;

namespace StoreCreditAdmin.Tests.Features.Checkout;

/// <summary>Holding, taking, freeing and giving back as a storefront does it (cases A to E).</summary>
public sealed class CheckoutRoutesTests(CheckoutApp shop) : IClassFixture<CheckoutApp>
{
    [Fact]
    public async Task An_order_is_quoted_held_taken_and_given_back_as_the_contract_writes_it()
    {
        var account = await shop.Api.AddAccountAsync();
        var soon = await shop.Api.IssueAsync(account, "10", expiresOn: "2030-06-30");
        var never = await shop.Api.IssueAsync(account, "140");
        var order = NewOrder();

        var quoted = await shop.QuoteAsync(account, "25");
        var held = (await shop.AuthorizeAsync(account, "25", order: order)).Expect(HttpStatusCode.Created);
        var code = held.Text("code");
        var captured = (await shop.CaptureAsync(code, new { amount = "20" })).Expect(HttpStatusCode.OK);
        var refunded = (await shop.RefundAsync(code, new { amount = "12.50", reason = "customer-request", note = "One was broken" })).Expect(HttpStatusCode.Created);
        var read = (await shop.Api.GetAsync("authorizations/" + code)).Expect(HttpStatusCode.OK);

        Assert.Equal(
            $$"""
            {"currency":"USD","applicable":"25.00","due":"0.00","available":"150.00","lines":[{"creditId":"{{soon}}","type":"goodwill","amount":"10.00","expiresOn":"2030-06-30"},{"creditId":"{{never}}","type":"goodwill","amount":"15.00","expiresOn":null}],"refusal":null}
            """,
            quoted.Body);
        Assert.Equal(
            ["accountId", "amount", "captured", "code", "contactId", "currency", "expiresAt", "invoiceNumber", "lines", "orderNumber", "refunded", "released", "status", "store"],
            held.Json.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal((account, order, "USD", "25.00", "open"), (held.Text("accountId"), held.Text("orderNumber"), held.Text("currency"), held.Text("amount"), held.Text("status")));
        Assert.Equal($$"""[{"creditId":"{{soon}}","authorized":"10.00","captured":"0.00","released":"0.00","refunded":"0.00"},{"creditId":"{{never}}","authorized":"15.00","captured":"0.00","released":"0.00","refunded":"0.00"}]""", held.Text("lines"));
        Assert.Equal(("20.00", "5.00", "partly-captured"), (captured.Text("captured"), captured.Text("released"), captured.Text("status")));
        Assert.Equal(("12.50", "12.50"), (refunded.Text("refund.amount"), refunded.Text("authorization.refunded")));
        Assert.Equal($$"""[{"creditId":"{{never}}","amount":"10.00"},{"creditId":"{{soon}}","amount":"2.50"}]""", refunded.Text("refund.lines"));
        Assert.True(Guid.TryParse(refunded.Text("refund.id"), out _));
        Assert.Equal(refunded.Text("authorization"), read.Body);
        Assert.Equal(("7.50", "0.00", "2.50"), await shop.CreditAsync(soon));
        Assert.Equal(("142.50", "0.00", "7.50"), await shop.BalanceAsync(account));
    }

    [Fact]
    public async Task A1_A2_A4_A7_What_is_asked_for_is_held_whole_or_not_at_all()
    {
        var account = await shop.Api.AddAccountAsync();
        var credit = await shop.Api.IssueAsync(account, "150");
        await shop.HoldAsync(account, "1");

        await shop.HoldAsync(account, "3");
        Assert.Equal(("0.00", "4.00", "146.00"), await shop.CreditAsync(credit));
        (await shop.AuthorizeAsync(account, "200", "146.01")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "insufficient-credit");
        await shop.HoldAsync(account, "200", "146");
        Assert.Equal(("0.00", "150.00", "0.00"), await shop.CreditAsync(credit));
    }

    [Fact]
    public async Task A12_Zero_takes_the_application_away_and_the_whole_is_due()
    {
        var account = await shop.CustomerAsync("16.50");
        var order = NewOrder();
        var code = await shop.HoldAsync(account, "40", "10", order);

        var freed = (await shop.AuthorizeAsync(account, "40", "0", order)).Expect(HttpStatusCode.Created);
        var quoted = await shop.QuoteAsync(account, "40", "0");

        Assert.Equal((code, "voided", "10.00"), (freed.Text("code"), freed.Text("status"), freed.Text("released")));
        Assert.Equal(("0.00", "40.00", "16.50", ""), (quoted.Text("applicable"), quoted.Text("due"), quoted.Text("available"), quoted.Text("refusal")));
        Assert.Equal(("16.50", "0.00", "0.00"), await shop.BalanceAsync(account));
        (await shop.AuthorizeAsync(account, "40", "0", order)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "amount-invalid");
    }

    [Fact]
    public async Task B2_keepRest_leaves_the_rest_held_for_the_next_parcel()
    {
        var account = await shop.Api.AddAccountAsync();
        var credit = await shop.Api.IssueAsync(account, "150");
        var code = await shop.HoldAsync(account, "10");

        var first = await shop.CaptureAsync(code, new { amount = "9", keepRest = true });
        Assert.Equal(("9.00", "1.00", "140.00"), await shop.CreditAsync(credit));
        var second = await shop.CaptureAsync(code);

        Assert.Equal(("partly-captured", "0.00"), (first.Text("status"), first.Text("released")));
        Assert.Equal(("captured", "10.00"), (second.Text("status"), second.Text("captured")));
        (await shop.CaptureAsync(code)).ExpectProblem(HttpStatusCode.Conflict, "already-captured");
    }

    [Fact]
    public async Task B3_B4_More_than_is_held_or_another_currency_is_not_taken()
    {
        var account = await shop.CustomerAsync("150");
        var code = await shop.HoldAsync(account, "10");

        (await shop.CaptureAsync(code, new { amount = "20" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "exceeds-authorized");
        (await shop.CaptureAsync(code, new { amount = new { amount = "10", currency = "EUR" } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "currency-mismatch");
        Assert.Equal(("140.00", "10.00", "0.00"), await shop.BalanceAsync(account));
    }

    [Fact]
    public async Task B6_B7_A_second_capture_is_refused_and_a_repeated_one_is_answered_byte_for_byte()
    {
        var account = await shop.CustomerAsync("150");
        var order = NewOrder();
        await RecordAsync(order, account, "10.00");
        var code = await shop.HoldAsync(account, "10", order: order);
        var key = Guid.NewGuid().ToString();
        var first = (await shop.CaptureAsync(code, new { amount = "10" }, key)).Expect(HttpStatusCode.OK);

        (await shop.CaptureAsync(code, new { amount = "10" })).ExpectProblem(HttpStatusCode.Conflict, "already-captured");
        var repeated = await shop.CaptureAsync(code, new { amount = "10" }, key);

        Assert.Equal((first.Body, true), (repeated.Body, repeated.Replayed));
        Assert.Equal(("140.00", "0.00", "10.00"), await shop.BalanceAsync(account));
        (await shop.AuthorizeAsync(account, "10", order: order)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "exceeds-order");
    }

    [Fact]
    public async Task Every_write_is_answered_again_byte_for_byte_a_refusal_too()
    {
        var account = await shop.CustomerAsync("150");
        async Task<ApiReply> TwiceAsync(string path, object body)
        {
            var key = Guid.NewGuid().ToString();
            var first = await shop.PostAsync(path, body, key);
            var second = await shop.PostAsync(path, body, key);
            Assert.Equal((first.Status, first.Body, first.MediaType, true, false), (second.Status, second.Body, second.MediaType, second.Replayed, first.Replayed));
            return first;
        }

        var code = (await TwiceAsync("authorizations", new { accountId = account, orderNumber = NewOrder(), orderTotal = Usd("30") })).Text("code");
        await TwiceAsync($"authorizations/{code}/capture", new { amount = "20", keepRest = true });
        await TwiceAsync($"authorizations/{code}/refunds", new { amount = "5" });
        await TwiceAsync($"authorizations/{code}/void", new { });
        await TwiceAsync("authorizations", new { accountId = account, orderNumber = NewOrder(), orderTotal = Usd("500"), amount = "400" });

        Assert.Equal(("125.00", "10.00", "15.00"), await shop.BalanceAsync(account));
    }

    [Fact]
    public async Task B9_A15_A_hold_stops_new_authorizations_and_quotes_but_not_the_promise_already_given()
    {
        var account = await shop.CustomerAsync("100");
        var code = await shop.HoldAsync(account, "20");
        await shop.Api.PutAsync($"accounts/{account}/hold", new { reason = "overdue-payment" });

        (await shop.AuthorizeAsync(account, "1")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "account-on-hold");
        var quoted = await shop.QuoteAsync(account, "1");
        (await shop.CaptureAsync(code)).Expect(HttpStatusCode.OK);
        await shop.Api.DeleteAsync($"accounts/{account}/hold");
        await shop.HoldAsync(account, "10");

        Assert.Equal(("0.00", "1.00", "0.00", "account-on-hold"), (quoted.Text("applicable"), quoted.Text("due"), quoted.Text("available"), quoted.Text("refusal")));
        Assert.Equal(("70.00", "10.00", "20.00"), await shop.BalanceAsync(account));
    }

    [Fact]
    public async Task B11_No_more_is_taken_than_the_order_owes_by_then()
    {
        var account = await shop.CustomerAsync("100");
        var order = NewOrder();
        var code = await shop.HoldAsync(account, "60", order: order);
        await RecordAsync(order, account, "55.00");

        var refused = (await shop.CaptureAsync(code, new { amount = "60" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "exceeds-order");
        (await shop.CaptureAsync(code, new { amount = "55" })).Expect(HttpStatusCode.OK);

        Assert.Contains("55.00", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(("45.00", "0.00", "55.00"), await shop.BalanceAsync(account));
    }

    [Fact]
    public async Task C2_to_C5_A_void_frees_once_and_never_what_was_taken()
    {
        var account = await shop.CustomerAsync("100");
        var code = await shop.HoldAsync(account, "10");

        var first = (await shop.PostAsync($"authorizations/{code}/void", new { reason = "Left the shop" })).Expect(HttpStatusCode.OK);
        var second = (await shop.VoidAsync(code)).Expect(HttpStatusCode.OK);
        var taken = await shop.HoldAsync(account, "10");
        await shop.CaptureAsync(taken);
        var unknown = (await shop.VoidAsync("nope")).ExpectProblem(HttpStatusCode.NotFound, "not-found");

        Assert.Equal(("voided", first.Body), (first.Text("status"), second.Body));
        Assert.Contains("'nope'", unknown.Text("detail"), StringComparison.Ordinal);
        (await shop.CaptureAsync(code)).ExpectProblem(HttpStatusCode.Conflict, "already-voided");
        (await shop.VoidAsync(taken)).ExpectProblem(HttpStatusCode.Conflict, "already-captured");
        Assert.Equal(("90.00", "0.00", "10.00"), await shop.BalanceAsync(account));
    }

    [Fact]
    public async Task D3_D4_D6_D7_No_more_comes_back_than_was_taken_and_never_into_a_voided_credit()
    {
        var account = await shop.Api.AddAccountAsync();
        var credit = await shop.Api.IssueAsync(account, "100");
        var code = await shop.HoldAsync(account, "10");
        await shop.CaptureAsync(code);

        (await shop.RefundAsync("nope", new { amount = "5" })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await shop.RefundAsync(code, new { amount = "100" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "exceeds-captured");
        (await shop.RefundAsync(code, new { amount = "6" })).Expect(HttpStatusCode.Created);
        (await shop.RefundAsync(code, new { amount = "5" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "exceeds-captured");
        (await shop.RefundAsync(code, new { amount = "1", toNewCredit = true })).Expect(HttpStatusCode.Created);
        await shop.Api.PostAsync($"credits/{credit}/invalidate", new { reason = "fraud" });
        var rest = (await shop.RefundAsync(code)).Expect(HttpStatusCode.Created);
        (await shop.RefundAsync(code, new { amount = "0.01" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "exceeds-captured");
        (await shop.RefundAsync(code)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "exceeds-captured");

        var opened = await shop.Api.GetAsync("credits/" + rest.Json.GetProperty("refund").GetProperty("lines")[0].GetProperty("creditId").GetString());
        Assert.Equal(("3.00", "refund-credit", credit), (opened.Text("remaining"), opened.Text("type"), opened.Text("originCreditId")));
        Assert.Equal(("refunded", "10.00"), (rest.Text("authorization.status"), rest.Text("authorization.refunded")));
    }

    [Fact]
    public async Task E6_E14_E26_Another_amount_for_an_order_takes_the_place_of_the_first()
    {
        var account = await shop.CustomerAsync("500");
        var order = NewOrder();

        var most = await shop.AuthorizeAsync(account, "800", order: order);
        var part = await shop.AuthorizeAsync(account, "500", "300", order);
        var quoted = await shop.QuoteAsync(account, "500", "200");

        Assert.Equal(("500.00", "300.00"), (most.Text("amount"), part.Text("amount")));
        Assert.Equal("voided", (await shop.Api.GetAsync("authorizations/" + most.Text("code"))).Text("status"));
        Assert.Equal(("200.00", "300.00", "200.00"), (quoted.Text("applicable"), quoted.Text("due"), quoted.Text("available")));
        Assert.Equal(("200.00", "300.00", "0.00"), await shop.BalanceAsync(account));
        Assert.Equal(["149.00", "200.00"], new[] { await shop.QuoteAsync(account, "149"), await shop.QuoteAsync(account, "1500") }.Select(quote => quote.Text("applicable")));
    }

    [Fact]
    public async Task E8_E9_E15_Credits_are_drawn_on_in_spending_order_and_in_the_orders_currency_only()
    {
        var account = await shop.Api.AddAccountAsync();
        await shop.Api.IssueAsync(account, "30");
        await shop.Api.IssueAsync(account, "10", expiresOn: "2031-12-01");
        await shop.Api.IssueAsync(account, "20", expiresOn: "2031-11-01");
        await shop.Api.IssueAsync(account, "99", "GBP");

        var quoted = await shop.QuoteAsync(account, "25");

        Assert.Equal(["2031-11-01 20.00", "2031-12-01 5.00"], quoted.Json.GetProperty("lines").EnumerateArray().Select(line => $"{line.GetProperty("expiresOn")} {line.GetProperty("amount")}"));
        Assert.Equal("60.00", quoted.Text("available"));
    }

    [Fact]
    public async Task E20_E21_Small_credits_pay_together_and_the_next_order_gets_what_is_left()
    {
        var account = await shop.CustomerAsync("20");
        await shop.CaptureAsync(await shop.HoldAsync(account, "11.88"));
        var next = await shop.AuthorizeAsync(account, "23.75");
        var collector = await shop.CustomerAsync("20", "3", "2", "2");
        var paid = await shop.CaptureAsync(await shop.HoldAsync(collector, "25.69"));

        Assert.Equal("8.12", next.Text("amount"));
        Assert.Equal(["20.00", "3.00", "2.00", "0.69"], paid.Json.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("captured").GetString()));
        Assert.Equal(("1.31", "0.00", "25.69"), await shop.BalanceAsync(collector));
    }

    [Fact]
    public async Task E22_Several_cards_pay_one_order_together_and_never_more_than_its_total()
    {
        var order = NewOrder();
        foreach (var amount in new[] { "5", "5", "5" })
        {
            var card = (await shop.Api.GetAsync("accounts/" + await shop.CustomerAsync(amount))).Text("cardNumber");
            Assert.Equal("5.00", (await shop.PostAsync("authorizations", new { cardNumber = card, orderNumber = order, orderTotal = Usd("49.96") })).Expect(HttpStatusCode.Created).Text("amount"));
        }

        var rich = await shop.CustomerAsync("100");
        (await shop.AuthorizeAsync(rich, "49.96", "34.97", order)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "exceeds-order");
        Assert.Equal("34.96", (await shop.AuthorizeAsync(rich, "49.96", order: order)).Text("amount"));
    }

    [Fact]
    public async Task An_authorization_lasts_as_long_as_was_asked()
    {
        var account = await shop.CustomerAsync("100");
        var now = await shop.NowAsync();
        async Task<ApiReply> ForAsync(object? minutes) =>
            await shop.PostAsync("authorizations", new { accountId = account, orderNumber = NewOrder(), orderTotal = Usd("1"), expiresInMinutes = minutes });

        foreach (var (asked, minutes) in new (object?, int)[] { (null, 24 * 60), (1, 1), (527_040, 527_040) })
        {
            var lasts = (await ForAsync(asked)).Expect(HttpStatusCode.Created).Json.GetProperty("expiresAt").GetDateTimeOffset() - now;
            Assert.InRange(lasts.TotalMinutes, minutes, minutes + 5);
        }

        foreach (var bad in new object[] { 0, -1, 527_041, 1.5, "soon", true })
        {
            Assert.Equal(["expiresInMinutes"], (await ForAsync(bad)).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request").ErrorFields);
        }
    }

    [Fact]
    public async Task Only_keys_that_may_check_out_do_and_looking_needs_no_more_than_reading()
    {
        var account = await shop.CustomerAsync("100");
        var code = await shop.HoldAsync(account, "10");
        object body = new { accountId = account, orderNumber = "1", orderTotal = Usd("1") };

        foreach (var path in new[] { "checkout/quote", "authorizations", $"authorizations/{code}/capture", $"authorizations/{code}/void", $"authorizations/{code}/refunds" })
        {
            (await shop.PostAsync(path, body, key: shop.Api.Key)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
            (await shop.PostAsync(path, body, key: "")).ExpectProblem(HttpStatusCode.Unauthorized, "unauthorized");
        }

        foreach (var path in new[] { "authorizations", $"authorizations/{code}/capture", $"authorizations/{code}/void", $"authorizations/{code}/refunds" })
        {
            (await shop.PostAsync(path, body, idempotencyKey: "")).ExpectProblem(HttpStatusCode.BadRequest, "idempotency-key-required");
        }

        var events = await shop.Api.App.CreateApiKeyAsync("events");
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden],
            new[] { await Read(shop.Api.ReadKey), await Read(shop.Till), await Read(events) }.Select(reply => reply.Status));
        (await shop.Api.GetAsync("authorizations/nope")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Task<ApiReply> Read(string key) => shop.Api.GetAsync("authorizations/" + code, key);
    }

    public static TheoryData<string, int, string> BadAuthorizations => new()
    {
        { """{"orderNumber":"1"}""", 422, "amount-invalid" },
        { """{"orderNumber":"1","orderTotal":{"amount":"10.001","currency":"USD"}}""", 422, "amount-invalid" },
        { """{"orderNumber":"1","orderTotal":{"amount":10,"currency":"USD"}}""", 422, "amount-invalid" },
        { """{"orderNumber":"1","orderTotal":{"amount":"-10","currency":"USD"}}""", 422, "amount-invalid" },
        { """{"orderNumber":"1","orderTotal":{"amount":"0","currency":"USD"}}""", 422, "amount-invalid" },
        { """{"orderNumber":"1","orderTotal":{"amount":"10","currency":"XXX"}}""", 422, "currency-unknown" },
        { """{"orderNumber":"1","orderTotal":{"amount":"10","currency":"EUR"}}""", 422, "currency-mismatch" },
        { """{"orderNumber":"1","orderTotal":{"amount":"10","currency":"USD"},"amount":{"amount":"1","currency":"EUR"}}""", 422, "currency-mismatch" },
        { """{"orderNumber":"1","orderTotal":{"amount":"10","currency":"USD"},"amount":"-1"}""", 422, "amount-invalid" },
        { """{"orderNumber":"1","orderTotal":{"amount":"10","currency":"USD"},"amount":1}""", 422, "amount-invalid" },
        { """{"orderNumber":"1","orderTotal":{"amount":"10","currency":"USD"},"amount":"10.01"}""", 422, "exceeds-order" },
        { """{"orderNumber":"1","orderTotal":{"amount":"100","currency":"USD"},"amount":"50.01"}""", 422, "insufficient-credit" },
        { """{"orderNumber":"1","orderTotal":{"amount":"10","currency":"USD"},"store":"nowhere"}""", 422, "store-unknown" },
        { """{"orderNumber":" ","orderTotal":{"amount":"10","currency":"USD"}}""", 400, "invalid-request" },
        { """{"orderTotal":{"amount":"10","currency":"USD"}}""", 400, "invalid-request" },
        { """{"orderTotal":{"amount":"10","currency":"USD"},"orderNumber":"LONG"}""".Replace("LONG", new string('1', 101), StringComparison.Ordinal), 422, "text-too-long" },
        { """{"orderNumber":"1","orderTotal":"10"}""", 400, "invalid-request" },
        { """{"orderNumber":"1","orderTotal":{"amount":"10","currency":"USD"},"contactId":"me"}""", 400, "invalid-request" },
        { """[]""", 400, "invalid-request" },
        { """{"orderNumber":"1",""", 400, "invalid-request" },
    };

    [Theory]
    [MemberData(nameof(BadAuthorizations))]
    public async Task A_bad_request_is_refused_and_holds_nothing(string body, int status, string code)
    {
        var account = await shop.CustomerAsync("50");
        var named = body.StartsWith('{') ? $$"""{"accountId":"{{account}}",{{body[1..]}}""" : body;

        (await shop.PostAsync("authorizations", named)).ExpectProblem((HttpStatusCode)status, code);
        Assert.Equal(("50.00", "0.00", "0.00"), await shop.BalanceAsync(account));
    }

    [Theory]
    [InlineData("capture", """{"amount":"0"}""", 422, "amount-invalid")]
    [InlineData("capture", """{"amount":"-1"}""", 422, "amount-invalid")]
    [InlineData("capture", """{"amount":"1e1"}""", 422, "amount-invalid")]
    [InlineData("capture", """{"amount":"1.001"}""", 422, "amount-invalid")]
    [InlineData("capture", """{"keepRest":"yes"}""", 400, "invalid-request")]
    [InlineData("capture", "", 400, "invalid-request")]
    [InlineData("refunds", """{"amount":"1"}""", 422, "exceeds-captured")]
    [InlineData("refunds", """{"amount":"0"}""", 422, "amount-invalid")]
    [InlineData("refunds", """{"amount":"1","reason":"because"}""", 422, "reason-unknown")]
    [InlineData("void", "null", 400, "invalid-request")]
    public async Task A_bad_change_is_refused_and_the_hold_stays(string what, string body, int status, string code)
    {
        var account = await shop.CustomerAsync("50");
        var held = await shop.HoldAsync(account, "10");

        (await shop.PostAsync($"authorizations/{held}/{what}", body)).ExpectProblem((HttpStatusCode)status, code);
        Assert.Equal(("40.00", "10.00", "0.00"), await shop.BalanceAsync(account));
    }

    private async Task RecordAsync(string number, string account, string total)
    {
        var order = ShopFeed.Order(number, total, email: $"{account}@example.com");
        order["customer"]!["externalId"] = "x-" + account;
        order["placedAt"] = (await shop.NowAsync()).AddMinutes(-1);
        var told = await shop.PostAsync("events", JsonSerializer.Serialize(new { id = "placed-" + number, type = "order.placed", occurredAt = await shop.NowAsync(), data = new { order } }), idempotencyKey: "");
        told.Expect(HttpStatusCode.OK);
    }
}
