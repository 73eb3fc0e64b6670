using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

[Collection(EndToEndTests.Name)]
public sealed class CatalogueTests(Browser browser) : IAsyncLifetime
{
    private RunningApp app = null!;

    public async Task InitializeAsync() => app = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_manager_adds_a_type_with_the_keyboard_and_takes_it_out_of_use()
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app, "types");
        await using var context = page.Context;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Credit types" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Edit Goodwill" })).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        await page.Keyboard.PressAsync("n");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Loyalty bonus");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByLabel("Code")).ToHaveValueAsync("loyalty-bonus");
        await page.GetByLabel("Expires by itself").SelectOptionAsync("Days after issue");
        await page.GetByLabel("Number of days").FillAsync("0");
        await page.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Write a whole number of days from 1 to 36500.")).ToBeVisibleAsync();
        await page.GetByLabel("Number of days").FillAsync("90");
        await page.Keyboard.PressAsync("Enter");

        var row = page.GetByRole(AriaRole.Row, new() { Name = "Loyalty bonus" });
        await Expect(row).ToContainTextAsync("90 days after issue");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate Loyalty bonus" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deactivate", Exact = true }).ClickAsync();
        await Expect(row).ToContainTextAsync("Inactive");
        await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await page.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_manager_keeps_the_reasons()
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app, "reasons");
        await using var context = page.Context;
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Edit Fraud" })).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Add reason" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Wrong item");
        await page.GetByLabel("Refunding").CheckAsync();
        await page.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add reason" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Wrong item" })).ToContainTextAsync("Refunding");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task An_administrator_keeps_the_stores(int width)
    {
        var page = await browser.OpenAsAsync(Roles.Administrator, app, "stores", width);
        await using var context = page.Context;
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).First).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Add store" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Osaka");
        await page.GetByLabel("Currency", new() { Exact = true }).SelectOptionAsync("JPY");
        await page.GetByLabel("Time zone").SelectOptionAsync("Asia/Tokyo");
        await page.GetByLabel("Limit for one account").FillAsync("50,000");
        await page.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add store" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Osaka" })).ToContainTextAsync("50,000");
    }

    [Theory]
    [InlineData("types")]
    [InlineData("reasons")]
    [InlineData("stores")]
    public async Task An_agent_is_kept_out(string path)
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app, path);
        await using var context = page.Context;

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Not allowed");
        await Expect(page.Locator(".data-table")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task All_credits_are_narrowed_in_the_address_and_downloaded()
    {
        var page = await browser.OpenAsAsync(Roles.Accountant, app, "credits");
        await using var context = page.Context;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "All credits" })).ToBeVisibleAsync();
        await Expect(page.Locator(".totals, .state-empty")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        await page.GetByLabel("Status").SelectOptionAsync("Invalidated");
        await page.WaitForURLAsync("**/credits?status=invalidated");
        var link = page.GetByRole(AriaRole.Link, new() { Name = "Download as CSV" });
        await Expect(link).ToHaveAttributeAsync("href", "exports/credits.csv?status=invalidated");
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.EndsWith("exports/credits.csv?status=invalidated", download.Url, StringComparison.Ordinal);
        Assert.Null(await download.FailureAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Clear filter" }).ClickAsync();
        await page.WaitForURLAsync("**/credits");
    }
}
