using System.Text.Json.Nodes;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>What the shop reports late, or again and otherwise.</summary>
public sealed class OrderReportTests
{
    [Fact]
    public async Task A_hold_that_ran_out_and_was_made_anew_is_promised_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("100");
        await feed.PlacedAsync(ShopFeed.Order("1", "100.00"));
        var shop = new Shop(database, account);
        _ = (await shop.AuthorizeAsync("1", "100", "40")).Value;
        await RunOutAsync(database);
        var second = (await shop.AuthorizeAsync("1", "100", "40")).Value;
        _ = (await shop.CaptureAsync(second.Code)).Value;

        await feed.PaidAsync(WithoutPayments("1", "100.00"));

        Assert.Equal(("60.00", "0.00", "40.00"), await feed.BalanceAsync(account));
        Assert.Equal(("paid", "40.00"), ((await feed.ReadAsync("1")).Status, (await feed.ReadAsync("1")).CreditApplied.ToString()));
    }

    [Fact]
    public async Task A_payment_that_falls_short_and_is_reported_again_takes_no_more_than_was_promised()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("100");
        await feed.PlacedAsync(ShopFeed.Order("1", "100.00"));
        _ = (await new Shop(database, account).AuthorizeAsync("1", "100", "40")).Value;
        await RunOutAsync(database);

        await feed.PaidAsync(ShopFeed.Order("1", "100.00", payments: ShopFeed.Card("40.00")));
        await feed.PaidAsync(ShopFeed.Order("1", "100.00", payments: ShopFeed.Card("40.00")));

        Assert.Equal(("60.00", "0.00", "40.00"), await feed.BalanceAsync(account));
        Assert.Equal("20.00", (await feed.ReadAsync("1")).Due.ToString());
    }

    [Fact]
    public async Task What_another_account_had_promised_is_not_taken_from_the_customer()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var customer = await feed.CustomerAsync("100");
        var friend = await feed.CustomerAsync("30", email: "friend@example.com");
        await feed.PlacedAsync(ShopFeed.Order("1", "50.00"));
        _ = (await new Shop(database, friend).AuthorizeAsync("1", "50", "30")).Value;
        database.Clock.Now = database.Clock.Now.AddHours(25);

        await feed.PaidAsync(WithoutPayments("1", "50.00"));

        Assert.Equal(("100.00", "0.00", "0.00"), await feed.BalanceAsync(customer));
        Assert.Equal(("30.00", "0.00", "0.00"), await feed.BalanceAsync(friend));
    }

    [Fact]
    public async Task Paid_by_other_means_is_more_where_credit_was_taken_out_and_the_order_is_paid_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync("60");
        await feed.PlacedAsync(ShopFeed.Order("1", "100.00"));
        var byCredit = (await feed.PayAsync("1", "60")).Value.Payments.Single(one => one.Method == "store-credit");
        await feed.PaidAsync(WithoutPayments("1", "100.00"));
        _ = (await feed.VoidAsync("1", byCredit.Id)).Value;

        await feed.PaidAsync(WithoutPayments("1", "100.00"));

        var order = await feed.ReadAsync("1");
        Assert.Equal(("paid", "0.00", "100.00"), (order.Status, order.Due.ToString(), order.Payments.Single(payment => payment.Method == "other").Amount.ToString()));
    }

    [Fact]
    public async Task An_order_of_another_store_does_not_take_the_place_of_one_with_its_number()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddStoreAsync("tokyo", "Tokyo", "JPY", "Asia/Tokyo");
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("100");
        await feed.PlacedAsync(ShopFeed.Order("1", "100.00"));
        var other = ShopFeed.Order("1", "7.00", email: "other@example.com");
        other["store"] = "tokyo";

        var refused = await feed.TrySendAsync("order.placed", new() { ["order"] = other });
        var same = ShopFeed.Order("1", "90.00");
        same["store"] = "main";
        await feed.PlacedAsync(same);

        Assert.Equal(("store-mismatch", "order.store"), (refused.Refusal?.Code, refused.Refusal?.Field));
        Assert.Equal(("90.00", account.PublicId), ((await feed.ReadAsync("1")).Total.ToString(), (await feed.ReadAsync("1")).AccountId));
    }

    [Fact]
    public async Task A_guest_s_order_belongs_to_the_account_that_is_opened_with_the_address_later()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.PaidAsync(ShopFeed.Order("1", "10.00", guest: true, payments: ShopFeed.Card("10.00")));
        var unknown = await feed.RefundAsync("1", "4");

        var account = await feed.CustomerAsync();
        var before = await feed.ReadAsync("1");
        var refunded = await feed.RefundAsync("1", "4");

        Assert.Equal("account-unknown", unknown.Refusal?.Code);
        Assert.Equal((account.PublicId, null), (before.AccountId, before.NoRefundWithCredit));
        Assert.Equal((account.PublicId, "4.00"), (refunded.Value.AccountId, refunded.Value.Refunded.ToString()));
        Assert.Equal("4.00", (await feed.BalanceAsync(account)).Available);
    }

    [Theory]
    [InlineData(true, "15.00", "5.00")]
    [InlineData(false, "0.00", "20.00")]
    public async Task Money_that_the_shop_gave_back_before_the_payment_is_not_asked_back_once_more(bool placedFirst, string creditApplied, string paidByOthers)
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync("100");
        await feed.ApplyAfterCheckoutAsync();
        if (placedFirst)
        {
            await feed.PlacedAsync(ShopFeed.Order("1", "20.00", payments: ShopFeed.Card("20.00")));
        }

        await feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "5"));
        await feed.PaidAsync(ShopFeed.Order("1", "20.00", payments: ShopFeed.Card("20.00")));

        var order = await feed.ReadAsync("1");
        Assert.Equal((creditApplied, paidByOthers, "5.00", "15.00"), (order.CreditApplied.ToString(), order.PaidByOthers.ToString(), order.RefundedInMoney.ToString(), order.Refundable.ToString()));
    }

    private static JsonObject WithoutPayments(string number, string total)
    {
        var order = ShopFeed.Order(number, total);
        order.Remove("payments");
        return order;
    }

    private static async Task RunOutAsync(TestDatabase database)
    {
        database.Clock.Now = database.Clock.Now.AddHours(25);
        await database.Get<IEnumerable<IDueJob>>().Single(job => job.Name == "stale-authorizations").RunAsync(CancellationToken.None);
    }
}
