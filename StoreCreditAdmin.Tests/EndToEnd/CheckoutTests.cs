using System.Net.Http.Json;
using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>What staff see of checkouts, in a real browser: simulating one, and setting free what many hold.</summary>
[Collection(EndToEndTests.Name)]
public sealed class CheckoutTests(Browser browser, CheckoutTests.App app) : IClassFixture<CheckoutTests.App>
{
    /// <summary>What has the focus when the heading asks for it after somebody went into a field.</summary>
    private const string LateHeading =
        "() => { document.querySelector('#content input').focus(); storeCredit.focusHeading(document.querySelector('h1')); return document.activeElement.tagName; }";

    [Fact]
    public async Task A_checkout_is_simulated_from_the_user_s_page()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, "users");
        await using var context = page.Context;
        await page.AddUserAsync("Rosalind Franklin", "rosalind@helix.example");
        await page.AddCreditAsync("30", memo: "For June");
        await page.AddCreditAsync("12.50", "Promotion", "Spring sale");

        await page.GetByRole(AriaRole.Link, new() { Name = "Simulate a checkout" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Simulate a checkout");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "User", Exact = true })).ToHaveValueAsync("Rosalind Franklin");
        await page.GetByLabel("Order total").FillAsync("50");
        await page.Button("Simulate").ClickAsync();

        await Expect(page.Locator(".simulation-sums")).ToContainTextAsync("42.50");
        await Expect(page.Locator(".simulation-pays tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator(".simulation-pays tbody tr").First).ToContainTextAsync("Store Credit");
        await page.AssertAccessibleAsync();

        await page.GetByLabel("Part to pay with credit").FillAsync("5");
        await page.GetByLabel("Part to pay with credit").PressAsync("Enter");
        await Expect(page.RowWith("Not needed")).ToContainTextAsync("Promotion");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Part to pay with credit")).ToHaveValueAsync("5");
        await page.RowWith("Promotion").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByText("So 12.50 USD is left.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Another_user_is_chosen_by_typing_on_a_small_screen()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, "users", width: 400);
        await using var context = page.Context;
        await page.AddUserAsync("Lise Meitner", "lise@fission.example");
        await page.AddCreditAsync("8");
        await page.GotoAsync("simulate");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Simulate a checkout" })).ToBeFocusedAsync();
        Assert.Equal("INPUT", await page.EvaluateAsync<string>(LateHeading));

        await page.GetByRole(AriaRole.Combobox, new() { Name = "User", Exact = true }).PressSequentiallyAsync("fission");
        await Expect(page.Locator(".user-field").GetByRole(AriaRole.Option)).ToContainTextAsync("Lise Meitner");
        await page.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("account="));
        await page.GetByLabel("Order total").FillAsync("3");
        await page.Button("Simulate").ClickAsync();

        await Expect(page.Locator(".simulation-pays tbody tr")).ToContainTextAsync("5.00");
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task Holds_are_released_together_and_each_says_why_in_the_history()
    {
        var page = await browser.OpenAsAsync(Roles.Agent, app.Running, "users");
        await using var context = page.Context;
        await page.AddUserAsync("Chien-Shiung Wu", "wu@parity.example");
        await page.AddCreditAsync("60");
        var account = new Uri(page.Url).Segments[^1];
        foreach (var order in new[] { "P-1", "P-2", "P-3" })
        {
            await app.HoldAsync(account, order, "10");
        }

        await page.GotoAsync("authorizations?account=parity");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        await page.AssertAccessibleAsync();
        await page.GetByLabel("Select all on this page").CheckAsync();
        await Expect(page.GetByText("3 of 3 selected")).ToBeVisibleAsync();
        await page.GetByLabel("Select Order P-2").UncheckAsync();
        await Expect(page.GetByText("2 of 3 selected")).ToBeVisibleAsync();
        await page.Button("Release selected").ClickAsync();
        await page.ChooseReasonAsync("Customer request");
        await page.OpenDialog().GetByLabel("Note").FillAsync("They bought elsewhere");
        await page.AssertAccessibleAsync();
        await page.SubmitAsync("Release");

        await Expect(page.Toast("2 authorizations are released.")).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Button("Release Order P-2 of Chien-Shiung Wu").ClickAsync();
        await page.ChooseReasonAsync("Correction");
        await page.SubmitAsync("Release");
        await Expect(page.GetByText("No open authorization matches")).ToBeVisibleAsync();
        await page.GotoAsync($"users/{account}?tab=history");
        await Expect(page.RowWith("They bought elsewhere")).ToHaveCountAsync(2);
        await Expect(page.Locator(".balance")).ToContainTextAsync("60.00");
    }

    public sealed class App : IAsyncLifetime
    {
        private HttpClient till = null!;

        public RunningApp Running { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Running = await RunningApp.StartAsync();
            till = new HttpClient { BaseAddress = Running.BaseAddress };
            till.DefaultRequestHeaders.Authorization = new("Bearer", await Running.CreateApiKeyAsync("checkout"));
        }

        public async Task HoldAsync(string accountId, string orderNumber, string total)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/authorizations")
            {
                Content = JsonContent.Create(new { accountId, orderNumber, orderTotal = new { amount = total, currency = "USD" } }),
            };
            request.Headers.Add("Idempotency-Key", orderNumber);
            using var answer = await till.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }

        public async Task DisposeAsync()
        {
            till.Dispose();
            await Running.DisposeAsync();
        }
    }
}
