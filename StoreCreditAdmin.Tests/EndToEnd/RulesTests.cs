using System.Net;
using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>Rules in a real browser: made, changed, tried, switched and deleted, by keyboard too, on a wide and on a narrow screen.</summary>
[Collection(EndToEndTests.Name)]
public sealed class RulesTests(Browser browser, RulesTests.App app) : IClassFixture<RulesTests.App>
{
    [Fact]
    public async Task A_manager_adds_a_rule_edits_it_by_keyboard_tries_it_switches_it_and_deletes_it()
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app.Running, "rules");
        await using var context = page.Context;
        await Expect(page.Button("Add rule: Order history")).ToBeVisibleAsync();
        await page.CheckPageAsync();

        await page.Button("Add rule: Order history").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.OpenDialog().GetByLabel("Measures")).ToBeFocusedAsync();
        foreach (var typed in new[] { "3", "5" })
        {
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.TypeAsync(typed);
        }

        await Expect(page.OpenDialog().GetByText("A customer's 3rd order earns 5.00 USD, the 4th nothing.")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Add step" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.OpenDialog().GetByLabel("Step 2: number of orders").FillAsync("3");
        await page.OpenDialog().GetByLabel("Step 2: gives").FillAsync("9");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.OpenDialog().GetByText("Each step must be higher than the one before.")).ToBeVisibleAsync();
        await Expect(page.OpenDialog().GetByLabel("Step 2: number of orders")).ToBeFocusedAsync();
        await page.CheckPageAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("5");
        await Expect(page.OpenDialog().GetByText("and 9.00 USD with the 5th")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.OpenDialog()).ToBeHiddenAsync();
        await Expect(page.GetByText("Gives 5.00 USD with the 3rd paid order and 9.00 USD with the 5th.")).ToBeVisibleAsync();

        await page.Button("Edit Order history").ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "See what it would have cost" }).ClickAsync();
        await Expect(page.OpenDialog().Locator(".order-figures")).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Switch, new() { Name = "Order history is on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Switch, new() { Name = "Order history is on" })).Not.ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Switch, new() { Name = "Order history is on" }).ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.SubmitAsync("Switch on");
        await Expect(page.GetByRole(AriaRole.Switch, new() { Name = "Order history is on" })).ToBeCheckedAsync();
        await page.Button("History of Order history").ClickAsync();
        await Expect(page.Locator(".rule-versions li")).ToHaveCountAsync(1);
        await page.CheckPageAsync();

        await page.Button("Delete Order history").ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.Button("Add rule: Order history")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_switch_of_the_module_and_the_expiry_work_on_a_narrow_screen_and_the_menu_follows()
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app.Running, "rules", width: 400, height: 900);
        await using var context = page.Context;
        var module = page.GetByRole(AriaRole.Switch, new() { Name = "Store credit is" });
        await Expect(module).ToBeCheckedAsync();
        await page.CheckPageAsync();

        await module.ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await Expect(module).Not.ToBeCheckedAsync();
        await Expect(page.Locator("a[href=rules] .visually-hidden")).ToHaveTextAsync("(store credit is off)");
        await module.ClickAsync();
        await Expect(page.Locator("a[href=rules] .visually-hidden")).ToHaveTextAsync("(store credit is on)");

        await page.GetByLabel("All store credits share the same expiry date rules").UncheckAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Registration" }).SelectOptionAsync("Days after issue");
        await page.CheckPageAsync();
        await page.Button("Save expiry").ClickAsync();
        await Expect(page.Toast("The expiry is saved.")).ToBeVisibleAsync();
        await page.Button("Add rule: Every order").ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await page.CheckPageAsync();
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(400, true)]
    public async Task What_an_order_earned_and_what_of_it_is_missing_is_seen_at_the_user_the_order_and_in_the_list(int width, bool dark)
    {
        var number = $"EARN-{width}";
        await app.TellOfAnOrderThatEarnedSpentAndWasGivenBackAsync(number);
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, "orders/" + number, width);
        await using var context = page.Context;
        if (dark)
        {
            await page.Button("Switch between light and dark").ClickAsync();
        }

        await Expect(page.Locator(".earnings-table")).ToContainTextAsync("2.00");
        await page.CheckPageAsync();
        await page.GotoAsync("shortfalls");
        await Expect(page.RowWith(number)).ToContainTextAsync("2.00");
        await page.CheckPageAsync();
        await page.RowWith(number).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.Locator(".award-table")).ToContainTextAsync(number);
        await Expect(page.Locator(".rule-progress")).ToBeVisibleAsync();
        await page.CheckPageAsync();
    }

    public sealed class App : IAsyncLifetime
    {
        private string? key;

        public RunningApp Running { get; private set; } = null!;

        public async Task InitializeAsync() => Running = await RunningApp.StartAsync();

        public async Task DisposeAsync() => await Running.DisposeAsync();

        /// <summary>10.00 earned by the first order, 7.00 of it spent, and half of the order given back, so 2.00 is missing.</summary>
        public async Task TellOfAnOrderThatEarnedSpentAndWasGivenBackAsync(string number)
        {
            key ??= await Running.CreateApiKeyAsync("admin,checkout,events");
            var email = number.ToLowerInvariant() + "@example.com";
            await Running.SendAsync(HttpMethod.Post, "rules", new { method = "first-order", currency = "USD", type = "promotion", config = new { mode = "fixed", amount = "10" } }, key);
            await TellAsync("order.paid", new { order = ShopFeed.Order(number, "100.00", email: email, payments: ShopFeed.Card("100.00")) });
            var held = await Running.SendAsync(
                HttpMethod.Post, "authorizations", new { contactEmail = email, orderNumber = number + "-2", orderTotal = new { amount = "7.00", currency = "USD" } }, key);
            Assert.Equal(HttpStatusCode.OK, (await Running.SendAsync(HttpMethod.Post, $"authorizations/{held.Text("code")}/capture", new { }, key)).Status);
            await TellAsync("order.refunded", ShopFeed.Refund(number, number + "-r", "50.00"));
        }

        private async Task TellAsync(string type, object data)
        {
            var told = await Running.SendAsync(HttpMethod.Post, "events", new { id = Guid.NewGuid(), type, occurredAt = DateTimeOffset.UtcNow, data }, key!);
            Assert.True(told.Status == HttpStatusCode.OK, told.Body);
        }
    }
}
