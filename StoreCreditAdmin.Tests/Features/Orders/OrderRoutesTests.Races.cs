using System.Net;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>Several at once over HTTP: the allowed number wins.</summary>
public sealed partial class OrderRoutesTests
{
    [Fact]
    public async Task One_event_sent_thirty_two_times_at_once_takes_effect_once()
    {
        var customer = await CustomerAsync("20");
        var order = Order("S-" + customer, customer, "11.88", "subscription");

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => EventAsync("order.placed", order, "same-" + customer)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(1, answers.Count(answer => Text(answer.Json, "outcome") == "processed"));
        Assert.Equal(31, answers.Count(answer => Text(answer.Json, "outcome") == "duplicate"));
        Assert.Single(answers.Select(answer => answer.Json.GetProperty("effects").GetRawText()).Distinct());
        Assert.Equal(("8.12", "11.88"), await BalanceAsync(customer));
    }

    [Fact]
    public async Task Two_orders_paid_at_once_with_the_last_ten_leave_one_winner()
    {
        var customer = await CustomerAsync("10.00");
        await EventAsync("order.placed", Order("X-" + customer, customer, "10.00"));
        await EventAsync("order.placed", Order("Y-" + customer, customer, "10.00"));

        var answers = await Task.WhenAll(new[] { "X-", "Y-" }.Select(prefix => PostAsync($"orders/{prefix}{customer}/payments", """{"amount":"10.00"}""")));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], answers.Select(answer => answer.Status).Order());
        Assert.Equal("insufficient-credit", answers.Single(answer => answer.Status != HttpStatusCode.OK).Code);
        Assert.Equal(("0.00", "10.00"), await BalanceAsync(customer));
    }

    [Fact]
    public async Task A_payment_of_the_rest_sent_twice_at_once_is_taken_once()
    {
        var customer = await CustomerAsync("100");
        await EventAsync("order.placed", Order("T-" + customer, customer, "60.00"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync($"orders/T-{customer}/payments", "{}", "rest-T-" + customer)));

        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal(("40.00", "60.00"), await BalanceAsync(customer));
    }

    [Fact]
    public async Task Refunds_in_money_and_in_credit_at_once_never_pass_the_total()
    {
        var customer = await CustomerAsync("1");
        var number = "U-" + customer;
        var order = Order(number, customer, "100.00");
        order["payments"] = ShopFeed.Card("100.00");
        await EventAsync("order.paid", order);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(turn => turn % 2 == 0
            ? PostAsync($"orders/{number}/refund-with-credit", """{"amount":"40"}""")
            : EventAsync("order.refunded", ShopFeed.Refund(number, $"r{turn}", "40.00"))));

        Assert.Equal(2, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => Assert.Equal("exceeds-order", answer.Code));
        Assert.Equal("80.00", Text((await SendAsync(HttpMethod.Get, "orders/" + number, keys.Reader)).Json, "refunded"));
    }

    [Fact]
    public async Task A_cancellation_and_a_payment_at_once_leave_nothing_paid_of_a_cancelled_order()
    {
        var customer = await CustomerAsync("30");
        var number = "V-" + customer;
        await EventAsync("order.placed", Order(number, customer, "30.00"));

        await Task.WhenAll(PostAsync($"orders/{number}/payments", "{}"), PostAsync($"orders/{number}/cancel", "{}"));

        var order = (await SendAsync(HttpMethod.Get, "orders/" + number, keys.Reader)).Json;
        Assert.Equal(("cancelled", "0.00"), (Text(order, "status"), Text(order, "due")));
        Assert.Equal(("30.00", "0.00"), await BalanceAsync(customer));
    }

    /// <summary>Available and used.</summary>
    private async Task<(string?, string?)> BalanceAsync(string customer)
    {
        var balance = (await SendAsync(HttpMethod.Get, $"accounts/ext:{customer}/balance", keys.Reader)).Json.GetProperty("items")[0];
        return (Text(balance, "available"), Text(balance, "used"));
    }
}
