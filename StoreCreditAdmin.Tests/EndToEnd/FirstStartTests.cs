using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

[Collection(EndToEndTests.Name)]
public sealed partial class FirstStartTests(Browser browser)
{
    private static readonly Dictionary<string, string> Production = new() { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["DOTNET_ENVIRONMENT"] = "Production" };

    [Fact]
    public async Task The_first_administrator_comes_in_by_a_printed_link_that_works_once()
    {
        await using var app = await RunningApp.StartAsync(new Dictionary<string, string> { ["Sample__Enabled"] = "false" });
        var link = await LinkAsync(app, 1);
        var page = await browser.OpenAsync(app, link);
        await using var context = page.Context;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Set up StoreCreditAdmin" })).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        await page.GetByLabel("Your name").FillAsync("Ada Byron");
        await page.GetByLabel("E-mail").FillAsync("ada@shop.example");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(StaffOfTests.Password);
        await page.GetByLabel("Repeat the password").FillAsync(StaffOfTests.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up and sign in" }).ClickAsync();
        await Expect(page.Locator(".account-menu summary")).ToHaveTextAsync("AB Ada Byron");

        await page.GotoAsync(link);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This link does not work" })).ToBeVisibleAsync();
        await app.KillAsync();
        await app.StartAgainAsync();
        Assert.Single(SetUpLink().Matches(app.Output));
    }

    [Fact]
    public async Task In_production_the_link_ends_with_the_process_and_another_start_prints_another()
    {
        await using var app = await RunningApp.StartAsync(Production);
        var first = await LinkAsync(app, 1);
        await app.KillAsync();
        await app.StartAgainAsync();
        var second = await LinkAsync(app, 2);

        Assert.NotEqual(first, second);
        Assert.Contains("This link does not work", await app.Client.GetStringAsync(first), StringComparison.Ordinal);
        Assert.Contains("Set up StoreCreditAdmin", await app.Client.GetStringAsync(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_there_are_no_sample_people()
    {
        await using var app = await RunningApp.StartAsync(Production);
        Assert.DoesNotContain("example.com", await app.Client.GetStringAsync("account/sign-in"), StringComparison.Ordinal);

        using var answer = await RunningApp.PostFormAsync(app.Client, "account/sign-in", "sign-in", new() { ["Use"] = "agent@example.com", ["Email"] = "agent@example.com", ["Password"] = "store-credit-demo" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("storecredit.session", string.Join(' ', answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []), StringComparison.Ordinal);
    }

    /// <summary>The printed link of the so-manyth start; it is printed a moment after the application answers.</summary>
    private static async Task<string> LinkAsync(RunningApp app, int start)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (SetUpLink().Count(app.Output) < start)
        {
            await Task.Delay(20, limit.Token);
        }

        return SetUpLink().Matches(app.Output)[start - 1].Value;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/account/setup/\S+")]
    private static partial Regex SetUpLink();
}
