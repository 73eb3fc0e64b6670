using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Accounts;
using StoreCreditAdmin.Components.Pages.Orders;
using StoreCreditAdmin.Components.Pages.Shortfalls;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Accounts;

/// <summary>What a customer earned and why, as an agent sees it on the user's page, the order's and the list of shortfalls.</summary>
public sealed class EarningTabTests
{
    [Fact]
    public async Task The_users_page_says_what_each_order_earned_and_how_far_the_next_step_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        var earning = new EarningDesk(database);
        await earning.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "5", MinimumSpend = "50" });
        await earning.AddAsync("spend-history", new() { Mode = RuleModes.Every, Every = "100", Give = "8" });
        await earning.PayAsync("1", "130");
        await earning.PayAsync("2", "20");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var account = await earning.CustomerAsync();

        var page = desk.Show<UserPage>($"users/{account.PublicId}?tab=earning", (nameof(UserPage.Id), account.PublicId));

        page.WaitForElement(".award-table");
        page.WaitForElement(".rule-progress");
        Assert.Equal(
            ["Each paid order earns by itself.", "50.00 USD left over. 50.00 USD more earns 8.00 USD."],
            page.FindAll(".rule-progress li > p:nth-of-type(1)").Select(one => one.TextContent));
        var rows = page.FindAll(".award-table tbody tr").Select(row => row.Children.Select(PageSearch.Words).ToArray()).ToList();
        Assert.Equal(
            [
                ["Order 2", "20.00 USD", "Nothing. It did not reach the next whole multiple."],
                ["Order 2", "20.00 USD", "Nothing. It came to less than the rule's minimum."],
                ["Order 1", "130.00 USD", "8.00 USD"],
                ["Order 1", "130.00 USD", "5.00 USD"],
            ],
            rows.Select(row => new[] { row[1], row[3], row[4] }));
        Assert.Equal("Every order, version 1 Gives 5.00 USD for each paid order that comes to 50.00 USD or more.", rows[3][2]);
        Assert.EndsWith("Left over: 30.00 USD before, 50.00 USD after.", rows[0][2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_without_awards_is_told_what_will_appear()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = desk.Show<UserPage>($"users/{account.PublicId}?tab=earning", (nameof(UserPage.Id), account.PublicId));

        page.WaitForAssertion(() => Assert.Contains("No rule is on, so nothing is earned.", page.Markup, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("Nothing earned", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_missing_stands_at_the_order_and_in_the_list_of_shortfalls()
    {
        await using var database = await TestDatabase.CreateAsync();
        var earning = new EarningDesk(database);
        await earning.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "10" });
        await earning.AddAsync("first-order", new() { Mode = RuleModes.Fixed, Amount = "3" }, currency: "EUR");
        await earning.PayAsync("1", "100");
        var shop = new Shop(database, await earning.CustomerAsync());
        Assert.True((await shop.CaptureAsync((await shop.AuthorizeAsync("other", "7")).Value.Code)).IsOk);
        await earning.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "50"));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var order = desk.Show<OrderPage>("orders/1", (nameof(OrderPage.Number), "1"));
        order.WaitForElement(".earnings-table");
        Assert.Equal(
            ["Every order version 1|100.00 USD|10.00 USD|3.00 USD|2.00 USD", "First order version 1|Nothing. It was in another currency than the rule."],
            order.FindAll(".earnings-table tbody tr").Select(row => string.Join('|', row.Children.Select(PageSearch.Words))));

        var list = desk.Show<ShortfallsPage>("shortfalls");
        list.WaitForElement(".shortfalls-table");
        Assert.Equal("Missing in USD 2.00 USD", PageSearch.Words(list.Find(".shortfall-totals")));
        Assert.Equal(["Ada Byron", "1", "Every order", "2026-11-22 12:00", "10.00 USD", "3.00 USD", "2.00 USD"], list.Row("Ada Byron")!);
        Assert.Equal("orders/1", list.FindAll(".shortfalls-table a")[1].GetAttribute("href"));
    }

    [Fact]
    public async Task The_list_of_shortfalls_is_narrowed_to_a_store_and_widened_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddStoreAsync("tokyo", "Tokyo", "JPY", "Asia/Tokyo");
        var earning = new EarningDesk(database);
        await earning.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "10" });
        await earning.PayAsync("1", "100");
        var shop = new Shop(database, await earning.CustomerAsync());
        Assert.True((await shop.CaptureAsync((await shop.AuthorizeAsync("other", "7")).Value.Code)).IsOk);
        await earning.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "50"));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var list = desk.Show<ShortfallsPage>("shortfalls");
        list.WaitForElement(".shortfalls-table");

        list.Labelled("Store").Change("tokyo");
        list.WaitForAssertion(() => Assert.Contains("No shortfalls", list.Markup, StringComparison.Ordinal));
        Assert.EndsWith("shortfalls?store=tokyo", desk.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        list.Labelled("Store").Change("main");
        list.WaitForAssertion(() => Assert.Single(list.FindAll(".shortfalls-table tbody tr")));
        list.Labelled("Store").Change("");
        list.WaitForAssertion(() => Assert.Single(list.FindAll(".shortfalls-table tbody tr")));
        Assert.Empty(list.FindAll(".filter-clear"));
    }

    [Fact]
    public async Task A_list_without_shortfalls_says_what_will_appear()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = desk.Show<ShortfallsPage>("shortfalls?store=nowhere&page=-3");

        page.WaitForAssertion(() => Assert.Contains("No shortfalls", page.Markup, StringComparison.Ordinal));
    }
}
