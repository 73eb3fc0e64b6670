using System.Net;
using Microsoft.Playwright;
using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

[Collection(EndToEndTests.Name)]
public sealed class SignInTests(Browser browser) : IAsyncLifetime
{
    private RunningApp app = null!;

    public async Task InitializeAsync() => app = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_person_signs_in_is_led_to_the_page_asked_for_and_signs_out()
    {
        var page = await browser.OpenAsync(app, "?asked=for");
        await using var context = page.Context;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        await page.GetByLabel("E-mail").FillAsync("agent@example.com");
        await page.GetByLabel("Password").FillAsync(SamplePeople.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByText("Ann Agent").First).ToBeVisibleAsync();
        Assert.EndsWith("/?asked=for", page.Url, StringComparison.Ordinal);

        await page.GetByText("Ann Agent").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.GotoAsync("");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Nobody_is_led_to_another_site(string returnUrl)
    {
        using var answer = await RunningApp.PostFormAsync(
            app.Client, $"account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", "sign-in", new() { ["Use"] = RunningApp.SampleEmail(Roles.Agent) });

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", new Uri(app.BaseAddress, answer.Headers.Location!).PathAndQuery);
        Assert.Equal(app.BaseAddress.Host, new Uri(app.BaseAddress, answer.Headers.Location!).Host);
    }
}
