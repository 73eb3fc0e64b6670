using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Accounts;
using StoreCreditAdmin.Components.Pages.Orders;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Orders;

public sealed class OrdersPageTests
{
    [Fact]
    public async Task The_list_shows_what_credit_paid_what_was_given_back_and_what_is_due()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = desk.Show<OrdersPage>("orders");
        page.WaitForElement("tbody tr");

        Assert.Equal(["WEB-2", "Ada Byron (guest)", "2026-11-22 11:00", "Paid", "5.00 USD", "0.00 USD", "0.00 USD", "0.00 USD"], page.Row("WEB-2")!);
        Assert.Equal(["WEB-1", "Ada Byron", "2026-11-22 11:00", "Placed", "20.00 USD", "8.00 USD", "3.00 USD", "12.00 USD"], page.Row("WEB-1")!);
        Assert.Equal("orders/WEB-1", page.Find("a.row-link[href$='WEB-1']").GetAttribute("href"));
        Assert.Equal("2 orders", PageSearch.Words(page.Find(".pager-count")));
    }

    [Fact]
    public async Task Filters_and_the_search_are_in_the_address()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<OrdersPage>("orders");
        page.WaitForElement("tbody tr");
        string[] Numbers() => [.. page.FindAll("tbody a.row-link").Select(link => link.TextContent)];

        page.Labelled("Store credit").Change("yes");
        page.WaitForAssertion(() => Assert.Equal(["WEB-1"], Numbers()));
        page.Labelled("Store credit").Change("no");
        page.WaitForAssertion(() => Assert.Equal(["WEB-2"], Numbers()));
        page.Labelled("Status").Change("placed");
        page.WaitForAssertion(() => Assert.Equal("No order matches", page.Find(".state-title").TextContent));
        Assert.EndsWith("orders?credit=no&status=placed", desk.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        page.Labelled("Store credit").Change("");
        page.WaitForAssertion(() => Assert.Equal(["WEB-1"], Numbers()));
        page.Labelled("Status").Change("");
        page.Labelled("Order number or customer").Change("web-2");
        page.WaitForAssertion(() => Assert.Equal(["WEB-2"], Numbers()));
        page.Labelled("Order number or customer").Change("byron");
        page.WaitForAssertion(() => Assert.Equal(2, Numbers().Length));
        page.Labelled("Placed from").Change("2026-11-23");
        page.WaitForAssertion(() => Assert.Equal("No order matches", page.Find(".state-title").TextContent));
    }

    [Fact]
    public async Task Without_any_order_the_list_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = desk.Show<OrdersPage>("orders");

        Assert.Equal("No orders yet", page.WaitForElement(".state-title").TextContent);
    }

    [Fact]
    public async Task A_users_page_shows_the_users_orders()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await LayOutAsync(database);
        await new ShopFeed(database).SendAsync("order.paid", new() { ["order"] = ShopFeed.Order("WEB-3", "9.00", email: "somebody.else@example.com") }, "evt-other");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = desk.Show<UserPage>($"users/{account.PublicId}?tab=orders", (nameof(UserPage.Id), account.PublicId));
        page.WaitForElement("tbody tr");

        Assert.Equal("Orders and invoices", page.Find(".tab-link[aria-current]").TextContent);
        Assert.Equal(["WEB-2", "WEB-1"], page.FindAll("tbody a.row-link").Select(link => link.TextContent));
        Assert.Equal(["WEB-1", "2026-11-22 11:00", "Placed", "20.00 USD", "8.00 USD", "3.00 USD", "12.00 USD"], page.Row("WEB-1")!);
    }

    /// <summary>An order of which credit paid 8 of 20, with 3 given back, and a guest's order paid by card.</summary>
    private static async Task<StoreCreditAdmin.Domain.Accounts.Account> LayOutAsync(TestDatabase database)
    {
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("10");
        await feed.PlacedAsync(ShopFeed.Order("WEB-1", "20.00"));
        _ = (await feed.PayAsync("WEB-1", "8")).Value;
        _ = (await feed.RefundAsync("WEB-1", "3")).Value;
        await feed.PaidAsync(ShopFeed.Order("WEB-2", "5.00", guest: true, payments: ShopFeed.Card("5.00")));
        return account;
    }
}
