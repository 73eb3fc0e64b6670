using System.Net;
using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>From credit that a shop issues to the e-mail, its file and the page that shows it.</summary>
[Collection(EndToEndTests.Name)]
public sealed class MailTests(Browser browser)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public Task A_customer_is_written_to_of_credit_that_the_shop_issues() => WalkAsync().WaitAsync(Limit);

    private async Task WalkAsync()
    {
        await using var app = await RunningApp.StartAsync();
        var key = await app.CreateApiKeyAsync("read,credits");
        await app.SendAsync(HttpMethod.Post, "accounts", new { externalId = "m-1", name = "夏目 漱石 <b>", kind = "person", email = "natsume@example.com" }, key);
        var issue = new { amount = new { amount = "12.34", currency = "USD" }, type = "goodwill", customerNote = "<script>alert(1)</script> Sorry", notify = true };
        Assert.Equal(HttpStatusCode.Created, (await app.SendAsync(HttpMethod.Post, "accounts/ext:m-1/credits", issue, key)).Status);

        var page = await browser.OpenAsAsync(Roles.Manager, app, "messages");
        await using var context = page.Context;
        await DeskSteps.UntilItHoldsAsync(async () =>
        {
            await page.ReloadAsync();
            await Expect(page.RowWith("natsume@example.com")).ToContainTextAsync("Sent", new() { Timeout = 2000 });
        });
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^What it says") }).ClickAsync();
        await Expect(page.Locator("pre")).ToContainTextAsync("<script>alert(1)</script> Sorry");
        await page.CheckPageAsync();
        var file = Assert.Single(Directory.GetFiles(Path.Combine(Path.GetDirectoryName(app.DatabasePath)!, "mail"), "*.eml"));
        Assert.Contains("natsume@example.com", await File.ReadAllTextAsync(file), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Settings", Exact = true }).ClickAsync();
        await page.GetByLabel("Store credit received").UncheckAsync();
        await page.Button("Save e-mails").ClickAsync();
        await Expect(page.Toast("The e-mails are saved.")).ToBeVisibleAsync();
        await app.SendAsync(HttpMethod.Post, "accounts/ext:m-1/credits", issue, key);
        await page.SetViewportSizeAsync(400, 800);
        await page.CheckPageAsync();
        await page.GotoAsync("messages");
        await page.Button("Switch between light and dark").ClickAsync();
        await Expect(page.Locator(".message-table tbody tr")).ToHaveCountAsync(1);
        await page.CheckPageAsync();
        await page.GotoAsync("messages?state=dead");
        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
        await page.CheckPageAsync();
    }
}
