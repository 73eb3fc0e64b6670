using System.Text.RegularExpressions;
using Microsoft.Playwright;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>Somebody is disabled while their page is open: the page can do nothing from the next click on.</summary>
[Collection(EndToEndTests.Name)]
public sealed class DisabledPersonTests(Browser browser)
{
    private const string SessionEnded = "Your sign-in is no longer valid. Sign in again.";

    [Fact]
    public async Task The_open_page_of_a_disabled_agent_writes_nothing_reads_nothing_and_leads_to_the_sign_in()
    {
        await using var app = await RunningApp.StartAsync();
        var page = await browser.OpenAsAsync(Security.Roles.Agent, app, "users");
        await using var context = page.Context;
        await page.AddUserAsync("Marie Curie", "marie@radium.example");
        await page.AddCreditAsync("10");
        await page.OpenAddCreditAsync();
        await page.OpenDialog().GetByLabel("Amount").FillAsync("5000");

        await DisableAsync(app);
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Add credit", Exact = true }).ClickAsync();
        await Expect(page.OpenDialog().GetByText(SessionEnded)).ToBeVisibleAsync();
        Assert.Equal(1L, await CreditsAsync(app));

        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(page.GetByText(SessionEnded)).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/account/sign-in"));
    }

    private static async Task DisableAsync(RunningApp app)
    {
        var disabled = await app.RunCommandAsync("staff", "disable", RunningApp.SampleEmail(Security.Roles.Agent));
        Assert.Equal((0, ""), (disabled.ExitCode, disabled.Error));
    }

    private static async Task<object?> CreditsAsync(RunningApp app)
    {
        await using var file = await DatabaseFile.OpenAsync(app.DatabasePath);
        return await file.ReadAsync("SELECT COUNT(*) FROM Credits");
    }
}
