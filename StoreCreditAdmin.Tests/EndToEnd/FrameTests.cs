using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

[Collection(EndToEndTests.Name)]
public sealed class FrameTests(Browser browser) : IAsyncLifetime
{
    private RunningApp app = null!;

    public async Task InitializeAsync() => app = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task The_home_page_is_the_dashboard_over_its_circuit_and_is_accessible(int width)
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app, width: width);
        await using var context = page.Context;

        // Nothing is prerendered: the heading is there only once the circuit runs.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Dashboard");
        await Expect(page.GetByText("No credit yet")).ToBeVisibleAsync();

        await page.AssertAccessibleAsync();
    }

    [Fact]
    public async Task On_a_narrow_screen_the_menu_is_closed_until_asked_for()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app, width: 400);
        await using var context = page.Context;
        var menu = page.GetByRole(AriaRole.Button, new() { Name = "Menu" });
        var users = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Users" });

        await Expect(menu).ToHaveAttributeAsync("aria-expanded", "false");
        await menu.ClickAsync();

        await Expect(menu).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(users).ToBeInViewportAsync();
        await page.AssertAccessibleAsync();
    }

    [Fact]
    public async Task The_theme_chosen_is_kept()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app);
        await using var context = page.Context;
        var html = page.Locator("html");

        await page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();
        await Expect(html).ToHaveAttributeAsync("data-theme", "standard-dark");
        await page.AssertAccessibleAsync();

        await page.ReloadAsync();
        await Expect(html).ToHaveAttributeAsync("data-theme", "standard-dark");
        await Expect(page.Locator("body")).Not.ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
    }

    [Fact]
    public async Task A_page_without_a_circuit_is_accessible_and_keeps_the_theme_toggle()
    {
        var page = await browser.OpenAsync(app, "error");
        await using var context = page.Context;

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Something went wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "standard-dark");
        await page.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_button_that_moves_while_it_is_pressed_is_pressed_all_the_same_and_once()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app, "users");
        await using var context = page.Context;
        var add = page.Button("Add user n").Or(page.Button("Add user")).First;
        var place = (await add.BoundingBoxAsync())!;
        await page.EvaluateAsync("() => addEventListener('click', click => { window.clicked = (window.clicked ?? 0) + (click.target.closest('button') ? 1 : 0); }, true)");

        await page.Mouse.MoveAsync(place.X + 5, place.Y + 5);
        await page.Mouse.DownAsync();
        await page.EvaluateAsync("() => { document.querySelector('.page-header').style.paddingTop = '200px'; }");
        await page.Mouse.UpAsync();

        await Expect(page.OpenDialog()).ToBeVisibleAsync();
        Assert.Equal(1, await page.EvaluateAsync<int>("() => window.clicked"));
    }

    [Fact]
    public async Task The_keyboard_can_skip_to_the_content()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app, "users");
        await using var context = page.Context;

        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a user" }).Last).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Skip to the content" }).PressAsync("Enter");

        await Expect(page.Locator("#content")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task No_request_leaves_the_application()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app);
        await using var context = page.Context;
        var outside = new List<string>();
        var failed = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(app.BaseAddress.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                outside.Add(request.Url);
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                failed.Add($"{response.Status} {response.Url}");
        };

        await page.GotoAsync("");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Empty(outside);
        Assert.Empty(failed);
    }

    [Fact]
    public async Task An_unknown_address_says_so()
    {
        using var client = await app.ClientOfAsync(Roles.Agent);
        using var answer = await client.GetAsync("no-such-page");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_lost_connection_is_shown_and_mends_after_a_restart()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app);
        await using var context = page.Context;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        await app.KillAsync();
        await Expect(page.GetByText("The connection was lost.")).ToBeVisibleAsync();

        await app.StartAgainAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reload the page" }).ClickAsync(new() { Timeout = 60_000 });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeHiddenAsync();
    }
}
