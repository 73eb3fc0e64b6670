using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>Webhooks and messages in a browser, with a receiver that fails and then takes what it is sent.</summary>
[Collection(EndToEndTests.Name)]
public sealed class MessagesTests(Browser browser)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(1280, false)]
    [InlineData(400, true)]
    public Task A_webhook_is_added_fails_is_seen_and_gets_its_message_again(int width, bool dark) => WalkAsync(width, dark).WaitAsync(Limit);

    private async Task WalkAsync(int width, bool dark)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.Say(503, "Come back later, " + new string('w', 300));
        await using var app = await RunningApp.StartAsync(new Dictionary<string, string> { ["Webhooks__AllowPrivateAddresses"] = "true" });
        await using var customer = new CustomerOfTests(app);
        var page = await browser.OpenAsAsync(Roles.Administrator, app, "webhooks", width);
        await using var context = page.Context;
        if (dark)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();
        }

        await Expect(page.GetByText("No webhooks")).ToBeVisibleAsync();
        await CheckAsync(page, width);
        await page.Button("Add webhook").ClickAsync();
        await page.OpenDialog().GetByLabel("Address").FillAsync("shop");
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Add webhook" }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("Write the whole address")).ToBeVisibleAsync();
        await CheckAsync(page, width);
        await page.OpenDialog().GetByLabel("Address").FillAsync(receiver.Url);
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Add webhook" }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("This is the only time the secret is shown.")).ToBeVisibleAsync();
        await CheckAsync(page, width);
        await page.SubmitAsync("I have copied it");

        var account = await customer.AddAsync("夏目 漱石 <b>");
        await customer.IssueAsync(account, "20.00");
        await receiver.NextAsync();
        await DeskSteps.UntilItHoldsAsync(async () =>
        {
            await page.GotoAsync("messages/outgoing");
            await Expect(page.RowWith("夏目 漱石 <b>")).ToContainTextAsync("The receiver answered 503: Come back later", new() { Timeout = 2000 });
        });
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^What it says") }).ClickAsync();
        await Expect(page.Locator("pre")).ToContainTextAsync("\"available\": \"20.00\"");
        await CheckAsync(page, width);

        receiver.Answer = Receiver.Say(200);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Send again") }).ClickAsync();
        await Expect(page.Toast("The message is on its way.")).ToBeVisibleAsync();
        await receiver.NextAsync();
        await page.GotoAsync("webhooks");
        await Expect(page.RowWith(receiver.Url)).ToBeVisibleAsync();
        await CheckAsync(page, width);
    }

    private static async Task CheckAsync(IPage page, int width)
    {
        await page.AssertAccessibleAsync();
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
