using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>The journal and its accounts in a browser, at both widths, light and dark.</summary>
[Collection(EndToEndTests.Name)]
public sealed class JournalTests(Browser browser)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public Task A_draft_is_taken_and_the_accounts_are_read() => WalkAsync().WaitAsync(Limit);

    private async Task WalkAsync()
    {
        await using var app = await RunningApp.StartAsync();
        await using var customer = new CustomerOfTests(app);
        await customer.IssueAsync(await customer.AddAsync("夏目 漱石 <b>"), "20.00");
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var page = await browser.OpenAsAsync(Roles.Accountant, app, $"accounting/journal?from=2026-01-01&to={today}");
        await using var context = page.Context;
        await Expect(page.Locator(".journal-totals")).ToBeVisibleAsync();
        await page.CheckPageAsync();
        var draft = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download a draft by entry as hledger" }).ClickAsync());
        Assert.Null(await draft.FailureAsync());
        Assert.NotEmpty(await Hledger.BalancesAsync(await File.ReadAllBytesAsync(await draft.PathAsync())));

        await page.Button("Lock books").ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.SetViewportSizeAsync(400, 800);
        await page.Button("Switch between light and dark").ClickAsync();
        await page.CheckPageAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Accounts", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Expenses:Goodwill").First).ToBeVisibleAsync();
        await page.CheckPageAsync();
    }
}
