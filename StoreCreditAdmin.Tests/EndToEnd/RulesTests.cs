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

    public sealed class App : IAsyncLifetime
    {
        public RunningApp Running { get; private set; } = null!;

        public async Task InitializeAsync() => Running = await RunningApp.StartAsync();

        public async Task DisposeAsync() => await Running.DisposeAsync();
    }
}
