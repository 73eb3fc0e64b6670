using Microsoft.Playwright;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>One Chromium for all end-to-end tests; each test opens a context of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async Task InitializeAsync()
    {
        // A busy machine is slow, not wrong.
        Assertions.SetDefaultExpectTimeout(15_000);
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A fresh page without cookies at the application's address. Dispose its context to close it.</summary>
    public async Task<IPage> OpenAsync(RunningApp app, string path = "", int width = 1280, int height = 800, string locale = "en-US")
    {
        var context = await chromium!.NewContextAsync(new()
        {
            BaseURL = app.BaseAddress.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            Locale = locale,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>A fresh page on which the sample person of a role has signed in, led on to the address.</summary>
    public async Task<IPage> OpenAsAsync(string role, RunningApp app, string path = "", int width = 1280, int height = 800, string locale = "en-US")
    {
        var page = await OpenAsync(app, $"account/sign-in?returnUrl={Uri.EscapeDataString("/" + path)}", width, height, locale);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Use {RunningApp.SampleEmail(role)}" }).ClickAsync();
        await page.WaitForURLAsync(address => !address.Contains("/account/sign-in", StringComparison.Ordinal));
        return page;
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
    }
}
