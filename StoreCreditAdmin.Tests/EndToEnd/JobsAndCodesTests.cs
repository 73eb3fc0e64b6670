using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>The jobs, the codes and what expires soon in a browser, at both widths.</summary>
[Collection(EndToEndTests.Name)]
public sealed class JobsAndCodesTests(Browser browser)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public Task A_job_is_run_a_code_is_added_and_what_expires_is_extended() => WalkAsync().WaitAsync(Limit);

    private async Task WalkAsync()
    {
        await using var app = await RunningApp.StartAsync();
        await using var customer = new CustomerOfTests(app);
        await customer.IssueAsync(await customer.AddAsync("夏目 漱石 <b>"), "20.00", expiresOn: DateOnly.FromDateTime(DateTime.UtcNow).AddDays(3));

        await RunJobAsync(app);
        await AddCodeAsync(app);
        await ExtendAsync(app);
    }

    private async Task RunJobAsync(RunningApp app)
    {
        var page = await browser.OpenAsAsync(Roles.Administrator, app, "jobs");
        await using var context = page.Context;
        await page.Button("Run now: Remind of expiring credit").ClickAsync();
        await Expect(page.Toast("Remind of expiring credit: started.")).ToBeVisibleAsync();
        await Expect(page.Locator(".job-runs").GetByText("Asked for by")).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.GetByLabel("Result").SelectOptionAsync("Failed");
        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();

        await page.SetViewportSizeAsync(400, 800);
        await page.GotoAsync("jobs");
        await page.Button("Switch between light and dark").ClickAsync();
        await Expect(page.Locator(".jobs-table")).ToBeVisibleAsync();
        await page.CheckPageAsync();
    }

    private async Task AddCodeAsync(RunningApp app)
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app, "codes", 400);
        await using var context = page.Context;
        await Expect(page.GetByText("No codes yet")).ToBeVisibleAsync();
        await page.Button("Add referral code").ClickAsync();
        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToBeHiddenAsync();

        await page.SetViewportSizeAsync(1280, 800);
        await page.Keyboard.PressAsync("n");
        await page.OpenDialog().GetByLabel("Code").FillAsync("WELCOME5");
        await page.OpenDialog().GetByLabel("Credit for the customer").FillAsync("0");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.OpenDialog().Locator(".field-error")).ToBeVisibleAsync();
        await page.CheckPageAsync();
        await page.OpenDialog().GetByLabel("Credit for the customer").FillAsync("5.00");
        await page.SubmitAsync("Add code");
        await Expect(page.RowWith("WELCOME5")).ToContainTextAsync("Can be used");
        await page.CheckPageAsync();
        await page.GotoAsync("codes/WELCOME5");
        await Expect(page.GetByText("Not used yet")).ToBeVisibleAsync();
        await page.CheckPageAsync();
    }

    private async Task ExtendAsync(RunningApp app)
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app, "credits");
        await using var context = page.Context;
        await page.GetByRole(AriaRole.Link, new() { Name = "Expiring soon" }).ClickAsync();
        await Expect(page.Locator(".expiring-cost")).ToContainTextAsync("1 credit of 1 account");
        await page.CheckPageAsync();
        await page.SetViewportSizeAsync(400, 800);
        await page.CheckPageAsync();
        await page.GetByLabel("Days to add").FillAsync("30");
        await page.GetByLabel("Reason").SelectOptionAsync(new SelectOptionValue { Label = "Goodwill" });
        await page.Button("Extend 1 credit").ClickAsync();
        await Expect(page.GetByText("1 credit was extended.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing expires by then")).ToBeVisibleAsync();
        await page.CheckPageAsync();
    }
}
