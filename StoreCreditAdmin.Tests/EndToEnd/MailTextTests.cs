using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>What an e-mail says, written in a browser: from a field put in at the caret to the test in the folder, and back to the text as delivered.</summary>
[Collection(EndToEndTests.Name)]
public sealed class MailTextTests(Browser browser)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public Task A_manager_writes_a_text_sees_it_tries_it_on_themselves_saves_it_and_brings_the_old_one_back() => WalkAsync().WaitAsync(Limit);

    private async Task WalkAsync()
    {
        await using var app = await RunningApp.StartAsync();
        await using var customer = new CustomerOfTests(app);
        await customer.IssueAsync(await customer.AddAsync("夏目 漱石 <b>"), "20.00");
        var page = await browser.OpenAsAsync(Roles.Manager, app, "messages");
        await using var context = page.Context;
        await page.GetByRole(AriaRole.Link, new() { Name = "E-mail texts" }).ClickAsync();
        await Expect(page.RowWith("Store credit received")).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit Store credit received in English" }).ClickAsync();
        var (subject, body) = (page.GetByLabel("Subject", new() { Exact = true }), page.GetByLabel("Body", new() { Exact = true }));
        var shown = page.FrameLocator("iframe.mail-frame").Locator("body");
        await Expect(shown).ToContainTextAsync("20.00 USD");

        await body.FillAsync("<p>Dear </p>");
        await body.PressAsync("End");
        foreach (var _ in "</p>")
        {
            await body.PressAsync("ArrowLeft");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "{{customer.name}}", Exact = true }).PressAsync("Enter");
        await Expect(body).ToHaveValueAsync("<p>Dear {{customer.name}}</p>");
        await Expect(body).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(", 你好");
        await Expect(shown).ToHaveTextAsync("Dear 夏目 漱石 <b>, 你好");
        await subject.FillAsync("For {{customer.nme}}");
        await Expect(page.Locator(".mail-problem")).ToContainTextAsync("Did you mean {{customer.name}}?");
        await page.CheckPageAsync();
        await page.Button("Save").ClickAsync();
        await Expect(subject).ToBeFocusedAsync();
        await Expect(page.Locator(".field-error")).ToHaveTextAsync("errorThere is no field {{customer.nme}}. Did you mean {{customer.name}}?");
        await page.CheckPageAsync();

        await subject.FillAsync("For {{customer.name}}");
        await page.Button("Send me a test").ClickAsync();
        await Expect(page.Toast($"A test e-mail went to {RunningApp.SampleEmail(Roles.Manager)}.")).ToBeVisibleAsync();
        var file = Assert.Single(Directory.GetFiles(Path.Combine(Path.GetDirectoryName(app.DatabasePath)!, "mail"), "*.eml"));
        Assert.Contains(RunningApp.SampleEmail(Roles.Manager), await File.ReadAllTextAsync(file), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "E-mail texts" }).ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(subject).ToHaveValueAsync("For {{customer.name}}");
        await page.Button("Save").ClickAsync();
        await Expect(page.Toast("The text is saved as version 1.")).ToBeVisibleAsync();

        await page.SetViewportSizeAsync(400, 800);
        await page.Button("Switch between light and dark").ClickAsync();
        await Expect(page.RowWith("Version 1")).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.Button("Restore: As delivered").ClickAsync();
        await page.SubmitAsync("Restore");
        await Expect(page.Toast("It is back, as version 2.")).ToBeVisibleAsync();
        await Expect(subject).ToHaveValueAsync("You received {{credit.amount}} of store credit");
        await page.GotoAsync("messages/texts");
        await Expect(page.RowWith("Store credit received")).ToContainTextAsync("As delivered");
        await page.CheckPageAsync();
    }
}
