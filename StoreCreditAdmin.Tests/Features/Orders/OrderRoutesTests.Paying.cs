using System.Net;
using System.Text.Json.Nodes;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>Renewals, who may spend, and the ways to pay, over HTTP, with the numbers of the documents.</summary>
public sealed partial class OrderRoutesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Renewals_in_a_row_draw_on_credit_first_until_it_is_used_up(bool guest)
    {
        var customer = await CustomerAsync("20");

        var first = await EventAsync("order.placed", Renewal("N1-" + customer, customer, "11.88", guest));
        var second = await EventAsync("order.placed", Renewal("N2-" + customer, customer, "23.75", guest, ShopFeed.Card("23.75", "pending")));
        var held = await OrderAsync("N2-" + customer);
        var secondPaid = await EventAsync("order.paid", Renewal("N2-" + customer, customer, "23.75", guest, ShopFeed.Card("15.63")));
        var third = await EventAsync("order.placed", Renewal("N3-" + customer, customer, "11.88", guest));
        var thirdPaid = await EventAsync("order.paid", Renewal("N3-" + customer, customer, "11.88", guest, ShopFeed.Card("11.88")));

        Assert.Equal(["authorized 11.88", "captured 11.88"], Effects(first));
        Assert.Equal(["authorized 8.12", "payment-reduced 15.63"], Effects(second));
        Assert.Equal(("placed", "8.12", "15.63"), held);
        Assert.Equal(["captured 8.12"], Effects(secondPaid));
        Assert.Equal(["credit-not-applied 11.88 insufficient-credit"], Effects(third));
        Assert.Empty(Effects(thirdPaid));
        Assert.Equal(("paid", "11.88", "0.00"), await OrderAsync("N1-" + customer));
        Assert.Equal(("paid", "8.12", "0.00"), await OrderAsync("N2-" + customer));
        Assert.Equal(("paid", "0.00", "0.00"), await OrderAsync("N3-" + customer));
        Assert.Equal(("0.00", "20.00"), await BalanceAsync(customer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_card_frees_what_a_renewal_held_and_the_next_try_holds_it_again(bool guest)
    {
        var customer = await CustomerAsync("8.12");
        var number = "F-" + customer;
        await EventAsync("order.placed", Renewal(number, customer, "23.75", guest, ShopFeed.Card("15.63", "pending")));

        var failed = await EventAsync("payment.failed", new JsonObject { ["orderNumber"] = number });
        var failedAgain = await EventAsync("payment.failed", new JsonObject { ["orderNumber"] = number });
        var freed = (await OrderAsync(number), await BalanceAsync(customer));
        var retried = await EventAsync("order.placed", Renewal(number, customer, "23.75", guest, ShopFeed.Card("15.63", "pending", "p2")));
        await EventAsync("order.paid", Renewal(number, customer, "23.75", guest, ShopFeed.Card("15.63", id: "p2")));

        Assert.Equal(["released 8.12"], Effects(failed));
        Assert.Empty(Effects(failedAgain));
        Assert.Equal((("placed", "0.00", "23.75"), ("8.12", "0.00")), freed);
        Assert.Equal(["authorized 8.12"], Effects(retried));
        Assert.Equal(("paid", "8.12", "0.00"), await OrderAsync(number));
        Assert.Equal(("0.00", "8.12"), await BalanceAsync(customer));
        var payments = (await SendAsync(HttpMethod.Get, "orders/" + number, keys.Reader)).Json.GetProperty("payments").EnumerateArray();
        Assert.Equal(
            ["card 15.63 completed", "card 15.63 invalid", "store-credit 8.12 completed"],
            payments.Select(one => $"{Text(one, "method")} {Text(one, "amount")} {Text(one, "status")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_order_paid_wholly_with_credit_is_paid_in_two_other_ways_once_that_payment_is_voided()
    {
        var customer = await CustomerAsync("120");
        var number = "W-" + customer;
        await EventAsync("order.placed", Order(number, customer, "120.00"));

        var whole = await PostAsync($"orders/{number}/payments", "{}");
        var payment = Text(whole.Json.GetProperty("payments")[0], "id");
        var voided = await PostAsync($"orders/{number}/payments/{payment}/void", "{}");
        var voidedAgain = await PostAsync($"orders/{number}/payments/{payment}/void", "{}");
        var cash = Order(number, customer, "120.00");
        cash["payments"] = ShopFeed.Card("70.00", id: "cash-1");
        var partly = await EventAsync("order.paid", cash);
        var between = await OrderAsync(number);
        var paid = await PostAsync($"orders/{number}/payments", """{"amount":"50"}""");

        Assert.Equal(("paid", "0.00"), (Text(whole.Json, "status"), Text(whole.Json, "due")));
        Assert.Equal(("placed", "120.00"), (Text(voided.Json, "status"), Text(voided.Json, "due")));
        Assert.Equal(voided.Text, voidedAgain.Text);
        Assert.Equal(["not-paid 50.00 order-not-funded"], Effects(partly));
        Assert.Equal(("placed", "0.00", "50.00"), between);
        Assert.Equal(("paid", "0.00"), (Text(paid.Json, "status"), Text(paid.Json, "due")));
        Assert.Equal(("70.00", "50.00"), await BalanceAsync(customer));
    }

    [Fact]
    public async Task A_contact_of_a_company_draws_on_its_credit_only_once_that_is_switched_on()
    {
        var company = await CustomerAsync("100", kind: "company");
        var contact = Text((await SendAsync(HttpMethod.Get, $"accounts/ext:{company}", keys.Reader)).Json.GetProperty("contacts")[0], "id");

        var refused = await EventAsync("order.placed", Renewal("C1-" + company, company, "30.00", guest: false));
        var allowed = await SendAsync(HttpMethod.Patch, "contacts/" + contact, keys.Credits, """{"mayUseCredit":true}""", contact);
        var taken = await EventAsync("order.placed", Renewal("C2-" + company, company, "30.00", guest: false));

        Assert.Equal(["credit-not-applied 30.00 contact-not-permitted"], Effects(refused));
        Assert.Equal(HttpStatusCode.OK, allowed.Status);
        Assert.Equal(["authorized 30.00", "captured 30.00"], Effects(taken));
        Assert.Equal(("70.00", "30.00"), await BalanceAsync(company));
    }

    [Fact]
    public async Task An_account_on_hold_pays_nothing_until_the_hold_is_lifted()
    {
        var store = await StoreThatAppliesAfterCheckoutAsync();
        var customer = await CustomerAsync("100", store);
        JsonObject In(JsonObject order)
        {
            order["store"] = store;
            return order;
        }

        var paidByCard = In(Order("H2-" + customer, customer, "30.00"));
        paidByCard["payments"] = ShopFeed.Card("30.00");
        await SendAsync(HttpMethod.Put, $"accounts/ext:{customer}/hold", keys.Credits, """{"reason":"fraud"}""", "hold-" + customer);

        var renewal = await EventAsync("order.placed", In(Renewal("H1-" + customer, customer, "30.00", guest: false)));
        var after = await EventAsync("order.paid", paidByCard);
        var byHand = await PostAsync($"orders/H1-{customer}/payments", """{"amount":"10"}""");
        var lifted = await SendAsync(HttpMethod.Delete, $"accounts/ext:{customer}/hold", keys.Credits, "", "lift-" + customer);
        var taken = await EventAsync("order.placed", In(Renewal("H3-" + customer, customer, "30.00", guest: false)));

        Assert.Equal(["credit-not-applied 30.00 account-on-hold"], Effects(renewal));
        Assert.Equal(["credit-not-applied 30.00 account-on-hold"], Effects(after));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "account-on-hold"), (byHand.Status, byHand.Code));
        Assert.Equal(HttpStatusCode.OK, lifted.Status);
        Assert.Equal(["authorized 30.00", "captured 30.00"], Effects(taken));
        Assert.Equal(("70.00", "30.00"), await BalanceAsync(customer));
    }

    [Fact]
    public async Task An_order_is_paid_with_the_membership_card_number()
    {
        var customer = await CustomerAsync("20");
        var number = "M-" + customer;
        var card = Text((await SendAsync(HttpMethod.Get, $"accounts/ext:{customer}", keys.Reader)).Json, "cardNumber");
        await EventAsync("order.placed", Order(number, customer, "11.88"));

        var held = await PostAsync("authorizations", $$$"""{"cardNumber":"{{{card}}}","orderNumber":"{{{number}}}","orderTotal":{"amount":"11.88","currency":"USD"}}""");
        var captured = await PostAsync($"authorizations/{Text(held.Json, "code")}/capture", "{}");
        await EventAsync("order.paid", Order(number, customer, "11.88"));

        Assert.Equal((HttpStatusCode.Created, "captured"), (held.Status, Text(captured.Json, "status")));
        Assert.Equal(("paid", "11.88", "0.00"), await OrderAsync(number));
        Assert.Equal(("8.12", "11.88"), await BalanceAsync(customer));
    }

    [Fact]
    public async Task Promo_and_referral_codes_give_their_credit_once_the_order_is_paid()
    {
        var (customer, referrer) = (await CustomerAsync("1"), await CustomerAsync("1"));
        var (promo, referral) = ("P" + customer, "R" + referrer);
        foreach (var body in new[]
        {
            $$"""{"code":"{{promo}}","kind":"promo","amount":"5","currency":"USD","type":"promotion"}""",
            $$"""{"code":"{{referral}}","kind":"referral","amount":"4","currency":"USD","type":"promotion","referrerAccountId":"ext:{{referrer}}","referrerAmount":"3"}""",
        })
        {
            Assert.Equal(HttpStatusCode.Created, (await SendAsync(HttpMethod.Post, "codes", keys.Admin, body, body)).Status);
        }

        var order = Order("Q1-" + customer, customer, "50.00");
        (order["promoCode"], order["referralCode"]) = (promo, referral);
        await EventAsync("order.placed", order);
        var before = await BalanceAsync(customer);
        order["payments"] = ShopFeed.Card("50.00");
        var paid = await EventAsync("order.paid", order);
        var again = await EventAsync("order.paid", order);
        (order["number"], order["referralCode"]) = ("Q2-" + customer, null);
        var second = await EventAsync("order.paid", order);

        Assert.Equal(("1.00", "0.00"), before);
        Assert.Equal(["issued 5.00", "issued 4.00", "issued 3.00"], Effects(paid));
        Assert.Empty(Effects(again));
        Assert.Equal(["credit-not-issued 5.00 code-used"], Effects(second));
        Assert.Equal(("10.00", "0.00"), await BalanceAsync(customer));
        Assert.Equal(("4.00", "0.00"), await BalanceAsync(referrer));
    }

    private static JsonObject Renewal(string number, string customer, string total, bool guest, JsonArray? payments = null)
    {
        var order = Order(number, customer, total, "subscription");
        order["payments"] = payments ?? [];
        if (guest)
        {
            (order["guest"], order["customer"]!["externalId"]) = (true, null);
        }

        return order;
    }

    /// <summary>A new store's code.</summary>
    private async Task<string> StoreThatAppliesAfterCheckoutAsync()
    {
        var store = "s" + Guid.NewGuid().ToString("N")[..8];
        var added = await SendAsync(
            HttpMethod.Post, "stores", keys.Admin, $$"""{"code":"{{store}}","name":"After {{store}}","currency":"USD","timeZone":"UTC","applyAfterCheckout":true}""", store);
        Assert.Equal(HttpStatusCode.Created, added.Status);
        return store;
    }

    /// <summary>Its status, what credit pays and what is due.</summary>
    private async Task<(string?, string?, string?)> OrderAsync(string number)
    {
        var order = (await SendAsync(HttpMethod.Get, "orders/" + number, keys.Reader)).Json;
        return (Text(order, "status"), Text(order, "creditApplied"), Text(order, "due"));
    }

    private static IEnumerable<string> Effects(Answer answer) => answer.Json.GetProperty("effects").EnumerateArray().Select(effect =>
        string.Join(' ', new[] { "kind", "amount", "reason" }.Where(name => effect.TryGetProperty(name, out _)).Select(name => Text(effect, name))));
}
