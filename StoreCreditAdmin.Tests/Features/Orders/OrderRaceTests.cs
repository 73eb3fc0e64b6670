using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>Several at once on one order: the allowed number wins, and the books balance.</summary>
public sealed class OrderRaceTests
{
    [Fact]
    public async Task A_capture_and_a_void_at_once_leave_one_winner()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("10");
        var shop = new Shop(database, account);
        var held = (await shop.AuthorizeAsync("1", "10")).Value;

        var results = await Task.WhenAll(
            Task.Run(async () => (await shop.CaptureAsync(held.Code)).Refusal?.Code),
            Task.Run(async () => (await shop.VoidAsync(held.Code)).Refusal?.Code));

        var balance = await feed.BalanceAsync(account);
        Assert.Equal(results[0] is null ? ("0.00", "0.00", "10.00") : ("10.00", "0.00", "0.00"), balance);
        Assert.Equal(results[0] is null ? "already-captured" : "already-voided", Assert.Single(results, code => code is not null));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Refunds_at_once_never_give_back_more_than_the_total()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        await feed.PaidAsync(ShopFeed.Order("1", "100.00", payments: ShopFeed.Card("100.00")));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () => number % 2 == 0
            ? (await feed.RefundAsync("1", "30")).Refusal?.Code
            : (await feed.TrySendAsync("order.refunded", ShopFeed.Refund("1", $"r{number}", "30.00", "store-credit"), $"race-{number}")).Refusal?.Code)));

        Assert.Equal(3, results.Count(code => code is null));
        Assert.All(results.Where(code => code is not null), code => Assert.Equal("exceeds-order", code));
        Assert.Equal(("90.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        Assert.Equal("10.00", (await feed.ReadAsync("1")).Refundable.ToString());
    }

    [Fact]
    public async Task Two_checkouts_for_the_last_ten_leave_one_winner()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("10.00");
        await feed.PlacedAsync(ShopFeed.Order("1", "10.00"));
        await feed.PlacedAsync(ShopFeed.Order("2", "10.00"));

        var results = await Task.WhenAll(
            Task.Run(async () => (await feed.PayAsync("1", "10.00")).Refusal?.Code),
            Task.Run(async () => (await feed.PayAsync("2", "10.00")).Refusal?.Code));

        Assert.Equal("insufficient-credit", Assert.Single(results, code => code is not null));
        Assert.Equal(("0.00", "0.00", "10.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task One_event_sent_many_times_at_once_takes_effect_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("8.12");
        await feed.ApplyAfterCheckoutAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            feed.SendAsync("order.paid", new() { ["order"] = ShopFeed.Order("1", "23.75", payments: ShopFeed.Card("23.75")) }, "evt-a"))));

        Assert.Equal(1, answers.Count(answer => answer.Outcome == "processed"));
        Assert.Equal(7, answers.Count(answer => answer.Outcome == "duplicate"));
        Assert.Single(await feed.MessagesAsync("card-refund.requested"));
        Assert.Equal(("0.00", "0.00", "8.12"), await feed.BalanceAsync(account));
    }
}
