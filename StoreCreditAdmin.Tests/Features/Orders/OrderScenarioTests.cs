using System.Text.Json.Nodes;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.PromoCodes;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>What happens in shops, seen from within: messages, kinds of credit, the ledger. <see cref="OrderRoutesTests"/> play the scenarios over HTTP.</summary>
public sealed class OrderScenarioTests
{
    [Fact]
    public async Task A_guests_credit_takes_the_place_of_a_part_of_the_card_payment_after_checkout()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("8.12");
        await feed.ApplyAfterCheckoutAsync();

        var answer = await feed.PaidAsync(ShopFeed.Order("100", "23.75", guest: true, payments: ShopFeed.Card("23.75")));

        var order = await feed.ReadAsync("100");
        Assert.Equal(["card-refund-requested 8.12", "captured 8.12"], answer.Effects.Select(effect => $"{effect.Kind} {effect.Amount}"));
        Assert.Equal(("paid", "8.12", "0.00"), (order.Status, order.CreditApplied.ToString(), order.Due.ToString()));
        Assert.Equal([("card", "23.75", "8.12"), ("store-credit", "8.12", "0.00")], order.Payments.Select(payment => (payment.Method, payment.Amount.ToString(), payment.RefundRequested.ToString())));
        Assert.Equal(("0.00", "0.00", "8.12"), await feed.BalanceAsync(account));
        var message = Assert.Single(await feed.MessagesAsync("card-refund.requested"));
        Assert.Equal(("100", "p1", "8.12", "USD"), ((string?)message["orderNumber"], (string?)message["paymentId"], (string?)message["amount"], (string?)message["currency"]));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_guests_credit_can_take_the_place_of_the_whole_card_payment()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("20");
        await feed.ApplyAfterCheckoutAsync();

        await feed.PaidAsync(ShopFeed.Order("100", "11.88", guest: true, payments: ShopFeed.Card("11.88")));

        Assert.Equal("11.88", (string?)Assert.Single(await feed.MessagesAsync("card-refund.requested"))["amount"]);
        Assert.Equal(("8.12", "0.00", "11.88"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task Without_the_stores_setting_or_for_a_purchase_of_credit_nothing_is_applied_after_checkout()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("20");

        await feed.PaidAsync(ShopFeed.Order("100", "11.88", guest: true, payments: ShopFeed.Card("11.88")));
        await feed.ApplyAfterCheckoutAsync();
        await feed.PaidAsync(ShopFeed.Order("101", "5.00", kind: "credit-purchase", payments: ShopFeed.Card("5.00")));

        Assert.Equal(("20.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        Assert.Empty(await feed.MessagesAsync("card-refund.requested"));
    }

    [Fact]
    public async Task What_an_order_brings_does_not_pay_for_it_after_checkout()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("8");
        await feed.ApplyAfterCheckoutAsync();
        _ = (await database.Get<PromoCodeService>().AddAsync(
            TestDatabase.Robot, OperationKey.ForForm(), new AddPromoCodeRequest { Code = "WELCOME5", Kind = "promo", Amount = "5", Currency = "USD", Type = "promotion" })).Value;
        var order = ShopFeed.Order("1", "100.00", payments: ShopFeed.Card("100.00"));
        order["promoCode"] = "WELCOME5";
        order["lines"] = new JsonArray(
            new JsonObject { ["sku"] = "CREDIT", ["name"] = "Credit", ["quantity"] = 75, ["unitPrice"] = "1.00", ["kind"] = "credit" },
            new JsonObject { ["sku"] = "A", ["name"] = "Goods", ["quantity"] = 1, ["unitPrice"] = "25.00", ["kind"] = "goods" });

        var answer = await feed.PaidAsync(order);

        Assert.Equal(["card-refund-requested 8.00", "captured 8.00", "issued 75.00", "issued 5.00"], answer.Effects.Select(effect => $"{effect.Kind} {effect.Amount}"));
        Assert.Equal(("80.00", "0.00", "8.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task Bought_credit_is_there_once_the_order_is_paid_and_only_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        var order = ShopFeed.Order("1", "75.00", kind: "credit-purchase", payments: ShopFeed.Card("75.00"));
        order["lines"] = new JsonArray(new JsonObject { ["sku"] = "CREDIT", ["name"] = "Credit", ["quantity"] = 75, ["unitPrice"] = "1.00", ["kind"] = "credit" });
        var unpaid = order.DeepClone().AsObject();
        unpaid["payments"] = ShopFeed.Card("75.00", "pending");

        await feed.PlacedAsync(unpaid);
        var before = await database.ReadEntriesAsync(account);
        var paid = await feed.PaidAsync(order.DeepClone().AsObject());
        var again = await feed.PaidAsync(order.DeepClone().AsObject());

        Assert.Empty(before);
        Assert.Equal(["issued 75.00"], paid.Effects.Select(effect => $"{effect.Kind} {effect.Amount}"));
        Assert.Empty(again.Effects);
        Assert.Equal(("75.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        var credit = await database.ReadCreditAsync(paid.Effects[0].CreditId!.Value);
        Assert.Equal(("store-credit", "order"), (credit.Type.Code, credit.Source));
    }

    [Fact]
    public async Task Bought_credit_is_not_there_twice_though_a_payment_is_taken_out_and_the_order_paid_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("50");
        var order = ShopFeed.Order("1", "75.00", payments: ShopFeed.Card("25.00"));
        order["lines"]![0]!["kind"] = "credit";
        await feed.PlacedAsync(order);
        var paid = (await feed.PayAsync("1", "50")).Value;
        var payment = paid.Payments.Single(one => one.Method == "store-credit");

        var unpaid = (await feed.VoidAsync("1", payment.Id)).Value;
        var again = (await feed.PayAsync("1", "50")).Value;

        Assert.Equal(("paid", "placed", "paid"), (paid.Status, unpaid.Status, again.Status));
        Assert.Equal(("75.00", "0.00", "50.00"), await feed.BalanceAsync(account));
    }
}
