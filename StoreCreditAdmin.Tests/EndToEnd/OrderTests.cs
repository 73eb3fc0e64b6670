using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>Orders in a real browser: the shop tells of them over HTTP, and people work on them. Each test has a customer and orders of its own.</summary>
[Collection(EndToEndTests.Name)]
public sealed class OrderTests(Browser browser, OrderTests.App app) : IClassFixture<OrderTests.App>
{
    [Fact]
    public async Task A_payment_by_credit_is_voided_and_the_order_paid_in_cash_and_with_credit()
    {
        var customer = await app.CustomerAsync("Ida Rhodes", "120");
        await app.TellAsync("order.placed", Order("E29-1", customer, "120.00"));
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, "orders");
        await using var context = page.Context;

        await page.GetByLabel("Order number or customer").FillAsync("E29");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "E29-1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Order E29-1");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("p");
        await Expect(page.OpenDialog().GetByLabel("Amount")).ToHaveValueAsync("120.00");
        await page.SubmitAsync("Pay");
        await Expect(Status(page)).ToHaveTextAsync("Paid");

        await page.Button("Void the payment of 120.00 USD").ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Void payment" }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("Say why the payment is voided.")).ToBeVisibleAsync();
        await page.OpenDialog().GetByLabel("Reason").FillAsync("Pays the greater part in cash");
        await page.SubmitAsync("Void payment");
        await Expect(Status(page)).ToHaveTextAsync("Placed");
        await Expect(Figure(page, "Due")).ToContainTextAsync("120.00");

        var order = Order("E29-1", customer, "120.00");
        order["payments"] = new JsonArray(new JsonObject { ["id"] = "till-1", ["method"] = "cash", ["amount"] = "70.00", ["status"] = "completed" });
        await app.TellAsync("order.paid", order);
        await page.ReloadAsync();
        await Expect(Figure(page, "Due")).ToContainTextAsync("50.00");
        await page.Button("Pay with credit").ClickAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("50");
        await Expect(page.OpenDialog().Locator("output")).ToHaveTextAsync("0.00 USD");
        await page.SubmitAsync("Pay");
        await Expect(Status(page)).ToHaveTextAsync("Paid");
        await Expect(Figure(page, "Due")).ToContainTextAsync("0.00");
        await Expect(page.RowWith("Cash")).ToContainTextAsync("70.00");

        await page.RowWith("50.00").GetByRole(AriaRole.Link, new() { Name = "Store Credit" }).ClickAsync();
        await Expect(page.GetByText("So 70.00 USD is left")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Order E29-1" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Order E29-1");
        await page.Locator(".breadcrumbs").GetByRole(AriaRole.Link, new() { Name = "Ida Rhodes" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Orders and invoices" })).ToHaveAttributeAsync("aria-current", "page");
        await Expect(page.RowWith("E29-1")).ToContainTextAsync("50.00");
    }

    [Fact]
    public async Task A_refund_as_credit_keeps_the_order_and_goes_past_its_total_only_by_a_manager()
    {
        var customer = await app.CustomerAsync("Ruth Teitelbaum");
        await app.TellAsync("order.paid", Order("D14/7 #é", customer, "80.00", ShopFeed.Card("80.00")));
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, "orders");
        await page.GetByRole(AriaRole.Link, new() { Name = "D14/7 #é" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Order D14/7 #é");

        await page.Keyboard.PressAsync("r");
        await Expect(page.OpenDialog().GetByLabel("Note")).ToHaveValueAsync("Refund for order D14/7 #é");
        await page.OpenDialog().GetByLabel("Amount").FillAsync("25");
        await Expect(page.OpenDialog().GetByText("a new refund credit")).ToBeVisibleAsync();
        await Expect(page.OpenDialog().GetByText("None so far. With this one 25.00 USD of 80.00 USD.")).ToBeVisibleAsync();
        await page.OpenDialog().GetByLabel("Note").FillAsync("One lens scratched");
        await page.OpenDialog().GetByLabel("The customer is to be told").CheckAsync();
        await page.SubmitAsync("Refund");
        await Expect(page.RowWith("One lens scratched")).ToContainTextAsync("The customer is to be told.");
        await Expect(Figure(page, "Total")).ToContainTextAsync("80.00");
        await Expect(Figure(page, "Given back")).ToContainTextAsync("0.00 in money, 25.00 in credit");

        await page.Button("Refund with store credit").ClickAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("60");
        await Expect(page.OpenDialog().GetByText("Only a manager may give back more than was paid")).ToBeVisibleAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Refund", Exact = true }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("Only 55.00 USD of this order can still be given back")).ToBeVisibleAsync();
        var address = page.Url;
        await page.Context.CloseAsync();

        page = await browser.OpenAsAsync(Roles.Manager, app.Running, new Uri(address).AbsolutePath[1..]);
        await using var context = page.Context;
        await page.Button("Refund with store credit").ClickAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("60");
        await page.OpenDialog().GetByLabel("Why more than the order allows").FillAsync("Promised by the director");
        await page.SubmitAsync("Refund");
        await Expect(page.RowWith("Promised by the director")).ToContainTextAsync("85.00");
        await Expect(page.GetByText("0.00 USD can still be given back.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_guest_without_account_gets_no_credit_and_a_cancelled_order_asks_the_card_to_pay_back()
    {
        var guest = Order("D16-1", null, "18.40", ShopFeed.Card("18.40"));
        await app.TellAsync("order.paid", guest);
        var customer = await app.CustomerAsync("Jean Bartik", "50");
        await app.TellAsync("order.placed", Order("C11-1", customer, "100.00", ShopFeed.Card("50.00")));
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, "orders/D16-1");
        await using var context = page.Context;
        await Expect(page.Button("Refund with store credit")).ToBeDisabledAsync();
        await Expect(page.GetByText("The order belongs to a guest whom no account knows")).ToBeVisibleAsync();

        await page.GotoAsync("orders/C11-1");
        await page.Button("Pay with credit").ClickAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("20");
        await page.SubmitAsync("Pay");
        await page.Button("Cancel order").ClickAsync();
        await Expect(page.OpenDialog().GetByRole(AriaRole.Listitem)).ToHaveTextAsync(
        [
            "20.00 USD goes back to the credits that paid.", "The shop is asked to pay 50.00 USD back by the means that paid.", "The order is marked as cancelled.",
        ]);
        await page.SubmitAsync("Cancel order");
        await Expect(Status(page)).ToHaveTextAsync("Cancelled");
        await Expect(page.RowWith("Requested")).ToContainTextAsync("50.00");
        await Expect(page.Button("Cancel order")).ToHaveCountAsync(0);
        await page.Locator(".breadcrumbs").GetByRole(AriaRole.Link, new() { Name = "Jean Bartik" }).ClickAsync();
        await Expect(page.Locator(".balance")).ToContainTextAsync("50.00");
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(400, true)]
    public async Task Every_page_and_every_open_dialog_of_orders_is_accessible_and_no_wider_than_the_screen(int width, bool dark)
    {
        var number = $"AXE-{width}-{new string('9', 60)}";
        var customer = await app.CustomerAsync($"Kathleen McNulty Mauchly Antonelli of the machine with {width} tubes", "30");
        await app.TellAsync("order.placed", Order(number, customer, "80.00", ShopFeed.Card("40.00"), "subscription"));
        var page = await browser.OpenAsAsync(Roles.Manager, app.Running, "orders/" + number, width);
        await using var context = page.Context;
        if (dark)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();
        }

        await page.CheckDialogAsync("Capture 30.00 USD");
        await page.CheckDialogAsync("Void the payment of 30.00 USD");
        await page.CheckDialogAsync("Cancel order");
        await page.Button("Refund with store credit").ClickAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("60");
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Refund", Exact = true }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("Say why more is given back than the order allows.")).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("12");
        await page.SubmitAsync("Refund");
        await Expect(page.Locator(".refunds-table")).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.GotoAsync("orders");
        await Expect(page.RowWith(number)).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.GotoAsync("orders?q=nothing-like-it");
        await Expect(page.GetByText("No order matches")).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.GotoAsync("orders/none");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("No such order");
    }

    private static ILocator Status(IPage page) => page.Locator(".page-title .badge");

    private static ILocator Figure(IPage page, string name) => page.Locator(".order-figures > div").Filter(new() { HasText = name });

    private static JsonObject Order(string number, string? customer, string total, JsonArray? payments = null, string kind = "one-off")
    {
        var order = ShopFeed.Order(number, total, guest: customer is null, kind: kind, email: $"{customer ?? "passer-by"}@example.com", payments: payments);
        order["customer"]!["externalId"] = customer;
        return order;
    }

    public sealed class App : IAsyncLifetime
    {
        private static int told;
        private string key = "";

        public RunningApp Running { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Running = await RunningApp.StartAsync();
            key = await Running.CreateApiKeyAsync("read,credits,checkout,events");
        }

        public async Task DisposeAsync() => await Running.DisposeAsync();

        /// <summary>A new customer's external id.</summary>
        public async Task<string> CustomerAsync(string name, string? credit = null)
        {
            var externalId = "c" + Guid.NewGuid().ToString("N")[..10];
            await PostAsync("accounts", new JsonObject { ["externalId"] = externalId, ["name"] = name, ["kind"] = "person", ["email"] = externalId + "@example.com" }, HttpStatusCode.Created);
            if (credit is not null)
            {
                await PostAsync($"accounts/ext:{externalId}/credits", new JsonObject { ["amount"] = new JsonObject { ["amount"] = credit, ["currency"] = "USD" }, ["type"] = "store-credit" }, HttpStatusCode.Created);
            }

            return externalId;
        }

        public Task TellAsync(string type, JsonObject order) => PostAsync("events", new JsonObject
        {
            ["id"] = $"evt-{Interlocked.Increment(ref told)}",
            ["type"] = type,
            ["occurredAt"] = "2026-11-22T11:00:00Z",
            ["data"] = new JsonObject { ["order"] = order.DeepClone() },
        }, HttpStatusCode.OK);

        private async Task PostAsync(string path, JsonObject body, HttpStatusCode expected)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/" + path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new("Bearer", key);
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            using var answer = await Running.Client.SendAsync(request);
            Assert.True(answer.StatusCode == expected, await answer.Content.ReadAsStringAsync());
        }
    }
}
