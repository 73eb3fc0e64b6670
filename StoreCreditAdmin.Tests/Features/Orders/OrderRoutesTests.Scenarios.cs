using System.Net;
using System.Text.Json.Nodes;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>What happens in shops, over HTTP, with the numbers of the documents.</summary>
public sealed partial class OrderRoutesTests
{
    [Theory]
    [InlineData("8.12", "23.75", "8.12", "0.00")]
    [InlineData("20", "11.88", "11.88", "8.12")]
    public async Task A_guests_credit_takes_the_cards_place_after_checkout(string credit, string total, string asked, string left)
    {
        var store = await StoreThatAppliesAfterCheckoutAsync();
        var customer = await CustomerAsync(credit, store);
        var order = Order("G-" + customer, customer, total);
        (order["store"], order["guest"], order["customer"]!["externalId"]) = (store, true, null);
        order["payments"] = ShopFeed.Card(total);

        var paid = await EventAsync("order.paid", order);
        var read = (await SendAsync(HttpMethod.Get, "orders/G-" + customer, keys.Reader)).Json;
        var request = read.GetProperty("cardRefunds")[0];
        var confirmed = await EventAsync("order.refunded", ShopFeed.Refund("G-" + customer, Text(request, "id")!, asked));
        var after = (await SendAsync(HttpMethod.Get, "orders/G-" + customer, keys.Reader)).Json;

        Assert.Equal($$"""{"outcome":"processed","effects":["card-refund-requested {{asked}} USD","captured {{asked}} USD"]}""", Short(paid));
        Assert.Equal(("paid", asked, "0.00"), (Text(read, "status"), Text(read, "creditApplied"), Text(read, "due")));
        Assert.Equal((asked, "requested"), (Text(request, "amount"), Text(request, "state")));
        Assert.Equal($$"""{"outcome":"processed","effects":["card-refund-confirmed {{asked}} USD"]}""", Short(confirmed));
        Assert.Equal(("confirmed", "0.00"), (Text(after.GetProperty("cardRefunds")[0], "state"), Text(after, "refunded")));
        Assert.Equal((left, asked), await BalanceAsync(customer));
    }

    [Fact]
    public async Task Seventy_five_bought_are_there_once_the_order_is_paid_and_only_once()
    {
        var customer = await CustomerAsync("1");
        var order = Order("B75-" + customer, customer, "75.00", "credit-purchase");
        order["lines"] = new JsonArray(new JsonObject { ["sku"] = "CREDIT", ["name"] = "Credit", ["quantity"] = 75, ["unitPrice"] = "1.00", ["kind"] = "credit" });
        order["payments"] = ShopFeed.Card("75.00", "pending");

        await EventAsync("order.placed", order);
        var before = await BalanceAsync(customer);
        order["payments"] = ShopFeed.Card("75.00");
        await EventAsync("order.paid", order);
        await EventAsync("order.paid", order);

        Assert.Equal(("1.00", "0.00"), before);
        Assert.Equal(("76.00", "0.00"), await BalanceAsync(customer));
    }

    [Fact]
    public async Task A_customer_registered_for_a_store_that_there_is_not_is_refused()
    {
        var externalId = "r" + Guid.NewGuid().ToString("N")[..10];
        var data = new JsonObject { ["customer"] = new JsonObject { ["externalId"] = externalId, ["email"] = externalId + "@example.com", ["name"] = "Ada" }, ["store"] = "nowhere" };

        var refused = await EventAsync("customer.registered", data);
        data["store"] = "main";
        var registered = await EventAsync("customer.registered", data);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "store-unknown"), (refused.Status, refused.Code));
        Assert.Equal("account-created", Text(registered.Json.GetProperty("effects")[0], "kind"));
    }

    [Fact]
    public async Task A_customer_whose_credit_was_never_used_is_found_by_an_order()
    {
        var customer = await CustomerAsync("1");
        var number = $"FIND-{customer}".ToUpperInvariant();
        await EventAsync("order.placed", Order(number, customer, "9.00"));

        foreach (var text in new[] { number, number.ToLowerInvariant(), number[..12] })
        {
            var found = await SendAsync(HttpMethod.Get, "accounts?query=" + Uri.EscapeDataString(text), keys.Reader);
            Assert.Contains(found.Json.GetProperty("items").EnumerateArray(), account => Text(account, "externalId") == customer);
        }
    }
}
