using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>Dashboard, reports and entries in a real browser.</summary>
[Collection(EndToEndTests.Name)]
public sealed class AccountingTests(Browser browser)
{
    [Fact]
    public async Task An_accountant_goes_from_the_dashboard_to_the_entries_and_through_the_reports()
    {
        await using var app = await RunningApp.StartAsync();
        var key = await app.CreateApiKeyAsync("read,credits,checkout");
        await app.SendAsync(HttpMethod.Post, "accounts", new { externalId = "acc-1", name = "Mary Somerville of the Observatory at the End of a Very Long Road", kind = "person" }, key);
        await app.SendAsync(HttpMethod.Post, "accounts/ext:acc-1/credits", new { amount = new { amount = "1234567.89", currency = "USD" }, type = "gift-card" }, key);
        await app.SendAsync(HttpMethod.Post, "accounts/ext:acc-1/credits", new { amount = new { amount = "5000", currency = "JPY" }, type = "promotion" }, key);
        await app.SendAsync(HttpMethod.Post, "authorizations", new { accountId = "ext:acc-1", orderNumber = "M-1", orderTotal = new { amount = "67.89", currency = "USD" } }, key);
        await WalkAsync(app, width: 1280, dark: false);
        await WalkAsync(app, width: 400, dark: true);
    }

    private async Task WalkAsync(RunningApp app, int width, bool dark)
    {
        var page = await browser.OpenAsAsync(Roles.Accountant, app, width: width);
        await using var context = page.Context;
        if (dark)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();
        }

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Latest activity" })).ToBeVisibleAsync();
        await CheckAsync(page);
        await page.Locator("#glance-main-USD ~ dl a").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Ledger entries");
        await Expect(page.Locator(".totals tbody tr")).ToContainTextAsync("+1,234,567.89");
        await CheckAsync(page);

        await page.GotoAsync("accounting");
        await Expect(page.Locator("#liability-main-USD")).ToBeVisibleAsync();
        await page.GetByText("Figures of the chart").First.ClickAsync();
        await CheckAsync(page);
        foreach (var (tab, shown) in new[] { ("Roll-forward", "#roll-forward-main-USD"), ("Breakage", ".state-empty"), ("Usage by orders", ".state-empty"), ("Given by staff", ".state-empty") })
        {
            await page.GetByRole(AriaRole.Link, new() { Name = tab }).ClickAsync();
            await Expect(page.Locator(shown)).ToBeVisibleAsync();
            await CheckAsync(page);
        }

        await page.GotoAsync("accounting?asOf=2999-01-01");
        await Expect(page.GetByText("is still to come")).ToBeVisibleAsync();
        await CheckAsync(page);
    }

    private static async Task CheckAsync(IPage page)
    {
        await page.AssertAccessibleAsync();
        Assert.True(
            await page.EvaluateAsync<bool>("() => [document.documentElement, document.querySelector('.rz-body')].every(one => one.scrollWidth <= one.clientWidth + 1)"),
            $"The page {page.Url} is wider than the screen.");
    }
}
