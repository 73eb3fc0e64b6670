using Bunit;
using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Pages.Orders;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Orders;

/// <summary>An order as an agent sees it and works on it.</summary>
public sealed class OrderPageTests
{
    [Fact]
    public async Task The_page_shows_lines_payments_by_credit_and_what_is_due()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("8.12");
        await feed.PlacedAsync(ShopFeed.Order("1", "23.75", kind: "subscription", payments: ShopFeed.Card("23.75", "pending")));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = Show(desk, "1");

        Assert.Equal("Order 1", page.Find("h1").TextContent);
        Assert.Equal(
            ["Total 23.75 USD", "Paid by other means 0.00 USD", "Paid with credit 8.12 USD 8.12 of it held", "Due 15.63 USD", "Given back 0.00 USD"],
            page.FindAll(".order-figures > div").Select(PageSearch.Words));
        Assert.Equal(["Card p1", "Pending", "15.63 USD"], page.Row("Card")![..3]);
        Assert.Equal(["Store credit", "Held", "8.12 USD"], page.Row("Store credit")![..3]);
        Assert.Equal("8.12 USD from Store Credit , 8.12 held", PageSearch.Words(page.Find(".payment-parts li")));
        Assert.Equal($"credits/{(await database.CreditOfAsync(account)).PublicId}", page.Find(".payment-parts a").GetAttribute("href"));
        Assert.Equal(["Goods A", "1", "23.75 USD", "23.75 USD"], page.Row("Goods")!);
        Assert.Equal("Subscription renewal", PageSearch.Words(page.FindAll(".facts-list dd")[3]));
    }

    [Fact]
    public async Task An_agent_pays_a_part_with_credit_and_then_the_rest()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("100");
        await feed.PlacedAsync(ShopFeed.Order("1", "80.00"));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, "1");

        page.ButtonNamed("Pay with credit").Click();
        page.WaitForElement("form");
        Assert.Equal("80.00", page.Labelled("Amount").GetAttribute("value"));
        page.Labelled("Amount").Input("80.01");
        Assert.Equal("More than is due", page.Find("output").TextContent);
        page.Labelled("Amount").Input("30");
        Assert.Equal("50.00\u00A0USD", page.Find("output").TextContent);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Due 50.00 USD", page.FindAll(".order-figures > div").Select(PageSearch.Words)));
        Assert.Equal("30.00\u00A0USD was paid with credit.", desk.LastToast);
        page.ButtonNamed("Pay with credit").Click();
        page.WaitForElement("form");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Paid", page.Find(".page-title .badge").TextContent));
        Assert.DoesNotContain("Pay with credit", page.FindAll("button").Select(PageSearch.Words));
        Assert.Equal(("20.00", "0.00", "80.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task A_payment_by_credit_is_voided_only_with_a_reason_and_the_order_owes_it_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("120");
        await feed.PlacedAsync(ShopFeed.Order("1", "120.00"));
        _ = (await feed.PayAsync("1")).Value;
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, "1");

        page.ButtonNamed("Void the payment of 120.00\u00A0USD").Click();
        page.WaitForElement("form");
        Assert.Equal("120.00 USD goes back to the credits that paid, each with its own expiry. The order owes that much again.", Plain(page.Find(".form-note").TextContent));
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Say why the payment is voided.", page.ErrorAt("Reason")));
        page.Labelled("Reason").Change("Customer pays in cash");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Void", page.Row("Store credit")![1]));
        Assert.Contains("Due 120.00 USD", page.FindAll(".order-figures > div").Select(PageSearch.Words));
        Assert.DoesNotContain(page.FindAll("button"), button => button.GetAttribute("aria-label")?.StartsWith("Void", StringComparison.Ordinal) == true);
        Assert.Equal(("120.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        Assert.Contains(await database.ReadEntriesAsync(account), entry => entry.Memo == "Customer pays in cash");
    }

    [Fact]
    public async Task Held_credit_can_be_captured_and_what_is_taken_cannot()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("8.12");
        await feed.PlacedAsync(ShopFeed.Order("1", "23.75", kind: "subscription"));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, "1");

        page.ButtonNamed("Capture 8.12\u00A0USD").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Capture").Click();

        page.WaitForAssertion(() => Assert.Equal("Completed", page.Row("Store credit")![1]));
        Assert.DoesNotContain(page.FindAll("button"), button => button.GetAttribute("aria-label")?.StartsWith("Capture", StringComparison.Ordinal) == true);
        Assert.Equal(("0.00", "0.00", "8.12"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task A_refund_shows_where_it_goes_and_the_running_total_and_never_passes_what_was_paid()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("20");
        await feed.PlacedAsync(ShopFeed.Order("1", "30.00"));
        _ = (await feed.PayAsync("1", "20")).Value;
        await feed.PaidAsync(ShopFeed.Order("1", "30.00", payments: ShopFeed.Card("10.00")));
        await feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "4.00"));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, "1");

        page.ButtonNamed("Refund with store credit").Click();
        page.WaitForElement("form");
        page.WaitForAssertion(() => Assert.Equal("Refund for order 1", page.Labelled("Note").GetAttribute("value")));
        page.Labelled("Amount").Input("26.01");
        Assert.Contains("Only a manager may give back more than was paid, with a reason.", page.Markup, StringComparison.Ordinal);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Only 26.00 USD of this order can still be given back", page.ErrorAt("Amount"), StringComparison.Ordinal));
        page.Labelled("Amount").Input("25");
        Assert.Equal("20.00 USD to the credits that paid, 5.00 USD to a new refund credit", Plain(page.Find(".refund-to").TextContent));
        Assert.Equal("4.00 USD so far: 4.00 USD in money, 0.00 USD in credit. With this one 29.00 USD of 30.00 USD.", Plain(page.Find(".refund-total span:last-child").TextContent));
        page.Labelled("Note").Change("Two bowls broken");
        page.Find("input[type=checkbox]").Change(true);
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".refunds-table tbody tr").Count));
        Assert.Equal(
            ["0.00 USD", "20.00 USD", "5.00 USD", "29.00 USD", "Test Agent", "Two bowls broken The customer is to be told."],
            page.FindAll(".refunds-table tbody tr")[1].Children.Skip(1).Select(PageSearch.Words));
        Assert.Equal("Of 30.00 USD 4.00 USD 20.00 USD 5.00 USD 29.00 USD 1.00 USD can still be given back.", Plain(PageSearch.Words(page.Find(".refunds-table tfoot tr"))));
        Assert.Equal("30.00", (await feed.ReadAsync("1")).Total.ToString());
        Assert.Equal(("25.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        Assert.Equal("25.00\u00A0USD was given back as store credit.", desk.LastToast);
    }

    [Fact]
    public async Task A_manager_gives_back_more_than_the_total_with_a_reason_that_is_logged()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync();
        await feed.PaidAsync(ShopFeed.Order("1", "100.00", payments: ShopFeed.Card("100.00")));
        _ = (await feed.RefundAsync("1", "60")).Value;
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Show(desk, "1");

        page.ButtonNamed("Refund with store credit").Click();
        page.WaitForElement("form");
        page.Labelled("Amount").Input("60");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Say why more is given back than the order allows.", page.ErrorAt("Why more than the order allows")));
        page.Labelled("Why more than the order allows").Change("Parcel lost twice");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("More than the order allowed: Parcel lost twice", page.Markup, StringComparison.Ordinal));
        Assert.Equal("120.00", (await feed.ReadAsync("1")).Refunded.ToString());
        Assert.Contains(await database.ReadAuditAsync(), line => line is { Action: "order.refund", ActorName: "Test Manager" } && line.NewValues!.Contains("Parcel lost twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task For_a_guest_without_account_the_refund_is_off_and_says_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new ShopFeed(database).PaidAsync(ShopFeed.Order("1", "18.40", guest: true, payments: ShopFeed.Card("18.40")));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);

        var page = Show(desk, "1");

        var button = page.ButtonNamed("Refund with store credit");
        Assert.True(button.HasAttribute("disabled"));
        Assert.Equal(
            "Refund with store credit is off. The order belongs to a guest whom no account knows, so there is no credit. Open an account with the guest's e-mail address first.",
            PageSearch.Words(page.Find("#" + button.GetAttribute("aria-describedby") + " span")));
        Assert.Contains("(guest without account)", page.Find(".facts-list").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_paid_and_what_was_given_back_wholly_cannot_be_refunded()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync();
        await feed.PlacedAsync(ShopFeed.Order("1", "10.00", payments: ShopFeed.Card("10.00", "pending")));
        await feed.PaidAsync(ShopFeed.Order("2", "10.00", payments: ShopFeed.Card("10.00")));
        _ = (await feed.RefundAsync("2", "10")).Value;
        await using var agent = await StaffDesk.OpenAsync(database, Roles.Agent);
        await using var manager = await StaffDesk.OpenAsync(database, Roles.Manager);

        Assert.Equal("Refund with store credit is off. Nothing was paid for this order yet, so nothing can be given back.", WhyOff(Show(agent, "1")));
        Assert.Equal("Refund with store credit is off. Nothing was paid for this order yet, so nothing can be given back.", WhyOff(Show(manager, "1")));
        Assert.Equal("Refund with store credit is off. All that was paid for this order was given back already.", WhyOff(Show(agent, "2")));
        Assert.Null(WhyOff(Show(manager, "2")));

        static string? WhyOff(IRenderedComponent<IComponent> page) => page.FindAll("#no-refund span").Select(PageSearch.Words).SingleOrDefault();
    }

    [Fact]
    public async Task Credit_that_cannot_pay_is_not_offered_and_says_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        await feed.PlacedAsync(ShopFeed.Order("1", "10.00"));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        Assert.Equal("Pay with credit is off. Ada Byron has no USD credit in this store.", PageSearch.Words(Show(desk, "1").Find("#no-payment span")));
        await database.IssueAsync(account, "10");
        Assert.Empty(Show(desk, "1").FindAll("#no-payment"));
        _ = await database.Get<AccountService>().HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new HoldRequest { Reason = "fraud" });
        Assert.Equal("Pay with credit is off. The account is on hold, so it cannot spend credit. Lift the hold first.", PageSearch.Words(Show(desk, "1").Find("#no-payment span")));
    }

    [Fact]
    public async Task Cancelling_says_what_will_happen_and_shows_what_the_card_owes_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("50");
        var shop = new Shop(database, account);
        await feed.PlacedAsync(ShopFeed.Order("1", "100.00", payments: ShopFeed.Card("50.00")));
        _ = (await feed.PayAsync("1", "20")).Value;
        _ = (await shop.AuthorizeAsync("1", "100.00", "30")).Value;
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, "1");

        page.ButtonNamed("Cancel order").Click();
        page.WaitForElement("form");
        Assert.Equal(
            [
                "30.00 USD of credit that is held is freed.", "20.00 USD goes back to the credits that paid.",
                "The shop is asked to pay 50.00 USD back by the means that paid.", "The order is marked as cancelled.",
            ],
            page.FindAll(".consequences li").Select(line => Plain(line.TextContent)));
        page.Labelled("Reason").Change("Out of stock");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Cancelled", page.Find(".page-title .badge").TextContent));
        Assert.Equal(["p1", "50.00 USD", "Requested"], page.FindAll("section[aria-labelledby=card-refunds] tbody td").Take(3).Select(PageSearch.Words));
        Assert.DoesNotContain("Cancel order", page.FindAll("button").Select(PageSearch.Words));
        Assert.Equal(("50.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        var asked = Assert.Single(await feed.MessagesAsync("card-refund.requested"));
        await feed.SendAsync("order.refunded", ShopFeed.Refund("1", (string)asked["refundId"]!, "50.00"));
        Assert.Equal("Confirmed", PageSearch.Words(Show(desk, "1").Find("section[aria-labelledby=card-refunds] .badge")));
    }

    [Fact]
    public async Task Who_may_only_look_is_offered_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync("5");
        await feed.PlacedAsync(ShopFeed.Order("1", "10.00", kind: "subscription"));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        Assert.Empty(Show(desk, "1").FindAll("button"));
    }

    [Theory]
    [InlineData("2026/17")]
    [InlineData("50%2Foff & more?")]
    [InlineData("#7 ü 漢字")]
    [InlineData("..")]
    [InlineData("a\\b+c=d;e")]
    public async Task An_order_number_may_hold_any_character(string number)
    {
        await using var database = await TestDatabase.CreateAsync();
        await new ShopFeed(database).PaidAsync(ShopFeed.Order(number, "10.00", guest: true, payments: ShopFeed.Card("10.00")));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        Assert.Equal("Order " + number, Show(desk, number).Find("h1").TextContent);
    }

    [Fact]
    public async Task An_order_that_nobody_reported_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = desk.Show<OrderPage>("orders/none");

        page.WaitForAssertion(() => Assert.Equal("No such order", page.Find("h1").TextContent));
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Trim();

    private static IRenderedComponent<IComponent> Show(StaffDesk desk, string number)
    {
        var page = desk.Show<OrderPage>(OrderAddress.Of(number));
        page.WaitForElement(".order-figures");
        return page;
    }
}
