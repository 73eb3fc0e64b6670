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
        var page = await browser.OpenAsync(app, "users?q=ada");
        await using var context = page.Context;
        await Expect(SignInHeading(page)).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        await SignInAsync(page, "agent@example.com", SamplePeople.Password);
        var menu = page.Locator(".account-menu summary");
        await Expect(menu).ToHaveTextAsync("AA Ann Agent");
        Assert.EndsWith("/users?q=ada", page.Url, StringComparison.Ordinal);

        await menu.ClickAsync();
        await page.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(SignInHeading(page)).ToBeVisibleAsync();
        await page.GotoAsync("");
        await Expect(SignInHeading(page)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer_and_five_lock_the_account()
    {
        var page = await browser.OpenAsync(app, "account/sign-in");
        await using var context = page.Context;
        var refusal = page.GetByRole(AriaRole.Alert);

        await SignInAsync(page, "nobody@example.com", "a wrong password");
        await Expect(refusal).ToHaveTextAsync(SignInService.NotAccepted.Message);
        await page.AssertAccessibleAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await SignInAsync(page, "agent@example.com", "a wrong password");
            await Expect(refusal).ToHaveTextAsync(SignInService.NotAccepted.Message);
            await Expect(page.GetByLabel("E-mail")).ToHaveValueAsync("agent@example.com");
            await Expect(page.GetByLabel("Password")).ToBeEmptyAsync();
        }

        await SignInAsync(page, "agent@example.com", SamplePeople.Password);
        await Expect(refusal).ToHaveTextAsync(SignInService.NotAccepted.Message);
        await SignInAsync(page, "manager@example.com", SamplePeople.Password);
        await Expect(page.Locator(".account-menu summary")).ToHaveTextAsync("MM Max Manager");
    }

    [Fact]
    public async Task Somebody_changes_their_password_and_stays_signed_in_here_only()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app, "account/change-password");
        await using var context = page.Context;
        using var elsewhere = await app.ClientOfAsync(Roles.Agent);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("")).StatusCode);

        await FillAsync("short");
        await Expect(page.GetByText("Use at least 12 characters.")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        await FillAsync("a longer password");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Password changed" })).ToBeVisibleAsync();

        await page.GotoAsync("");
        await Expect(page.Locator(".account-menu summary")).ToHaveTextAsync("AA Ann Agent");
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("")).StatusCode);

        async Task FillAsync(string next)
        {
            await page.GetByLabel("Current password").FillAsync(SamplePeople.Password);
            await page.GetByLabel("New password").FillAsync(next);
            await page.GetByLabel("Repeat the password").FillAsync(next);
            await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        }
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example/")]
    public async Task Nobody_is_led_to_another_site(string returnUrl)
    {
        using var answer = await RunningApp.PostFormAsync(
            app.Client, $"account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", "sign-in", new() { ["Use"] = RunningApp.SampleEmail(Roles.Agent) });

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(app.BaseAddress, new Uri(app.BaseAddress, answer.Headers.Location!));
    }

    [Fact]
    public async Task A_form_posted_from_elsewhere_is_refused()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["Use"] = RunningApp.SampleEmail(Roles.Agent) });
        using var answer = await app.Client.PostAsync("account/sign-in", form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        using var answer = await RunningApp.PostFormAsync(app.Client, "account/sign-in", "sign-in", new() { ["Use"] = RunningApp.SampleEmail(Roles.Agent) });

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("storecredit.session=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("; expires", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("account/sign-in")]
    [InlineData("favicon.svg")]
    [InlineData("api/v1/accounts")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var answer = await app.Client.GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_keys_of_cookies_are_for_the_owner_s_eyes_only()
    {
        var folder = Path.Combine(Path.GetDirectoryName(app.DatabasePath)!, "keys");

        Assert.NotEmpty(Directory.GetFiles(folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        using var client = await app.ClientOfAsync(Roles.Agent);
        await app.KillAsync();
        await app.StartAgainAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("")).StatusCode);
    }

    private static ILocator SignInHeading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" });

    private static async Task SignInAsync(IPage page, string email, string password)
    {
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
