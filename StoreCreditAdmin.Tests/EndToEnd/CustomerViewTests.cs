using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using StoreCreditAdmin.Features.CustomerLinks;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>What customers see by their link, over HTTP from the application as it runs in Production, and in a browser.</summary>
[Collection(EndToEndTests.Name)]
public sealed class CustomerViewTests(Browser browser)
{
    private const string Script = "<script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly Dictionary<string, string> Production = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["DOTNET_ENVIRONMENT"] = "Production",
        ["Logging__LogLevel__Default"] = "Trace",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace",
        ["Logging__LogLevel__Microsoft.EntityFrameworkCore"] = "Trace",
    };

    [Fact]
    public Task A_link_opens_a_page_of_its_own_that_no_cache_keeps_and_no_log_names() => InTimeAsync(async () =>
    {
        await using var app = await RunningApp.StartAsync(Production);
        await using var customer = new CustomerOfTests(app);
        var account = await customer.AddAsync("Ada Byron");
        await customer.IssueAsync(account, "20.00", note: "For the chipped vase", memo: "Secret of the staff");
        await customer.OrderAsync(account, "A-1", "8.00");
        await customer.OrderAsync(account, "A-2", "3.00", capture: false);
        var link = await customer.LinkAsync(account);

        using var answer = await app.Client.GetAsync(link.Path);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("noindex, nofollow", Assert.Single(answer.Headers.GetValues("X-Robots-Tag")));
        Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains("<meta name=\"robots\" content=\"noindex, nofollow\"", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("blazor", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Secret of the staff", page);
        Assert.DoesNotContain("Authorized", page);
        Assert.DoesNotContain("A-2", page);
        Assert.Contains("For the chipped vase", page);
        Assert.Contains("Order A-1", page);
        Assert.DoesNotContain(link.Path!["c/".Length..], app.Output);
        Assert.Contains("trce: ", app.Output);

        using var look = new HttpRequestMessage(HttpMethod.Head, link.Path);
        using var looked = await app.Client.SendAsync(look);
        Assert.Equal((HttpStatusCode.OK, "no-store", "/" + link.Path), (looked.StatusCode, looked.Headers.CacheControl?.ToString(), looked.RequestMessage!.RequestUri!.AbsolutePath));
        Assert.False(looked.Headers.Contains("Set-Cookie"));
    });

    [Fact]
    public Task A_wrong_a_revoked_and_an_expired_link_are_answered_alike_and_guessing_is_slowed_down() => InTimeAsync(async () =>
    {
        await using var app = await RunningApp.StartAsync(new Dictionary<string, string> { ["Sample__Enabled"] = "false", ["TestClock__Enabled"] = "true" });
        await using var customer = new CustomerOfTests(app);
        var key = await app.CreateApiKeyAsync("read");
        var account = await customer.AddAsync("Ada Byron");
        var (expired, revoked, live) = (await customer.LinkAsync(account, 1), await customer.LinkAsync(account, 7), await customer.LinkAsync(account, 7));
        await customer.RevokeAsync(revoked);
        (await app.SendAsync(HttpMethod.Put, "test-clock", new { now = expired.Link.ExpiresAt }, key)).Expect(HttpStatusCode.OK);

        var answers = new List<(HttpStatusCode Status, string Headers, string Body)>();
        foreach (var path in new[] { "c/wrong", "c/" + new string('A', 43), revoked.Path!, expired.Path! })
        {
            using var answer = await app.Client.GetAsync(path);
            var headers = answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
            answers.Add((answer.StatusCode, string.Join('\n', headers), await answer.Content.ReadAsStringAsync()));
        }

        Assert.Equal(HttpStatusCode.NotFound, answers[0].Status);
        Assert.Contains("This link does not work", answers[0].Body);
        Assert.Contains("no-store", answers[0].Headers);
        Assert.Single(answers.Distinct());
        using (var fine = await app.Client.GetAsync(live.Path))
        {
            Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
        }

        for (var guesses = answers.Count; guesses < CustomerLinkThrottle.FailuresPerMinute; guesses++)
        {
            using var guess = await app.Client.GetAsync("c/guess" + guesses);
            Assert.Equal(HttpStatusCode.NotFound, guess.StatusCode);
        }

        foreach (var path in new[] { "c/one-more", live.Path! })
        {
            using var slowed = await app.Client.GetAsync(path);
            Assert.Equal((HttpStatusCode.TooManyRequests, 60), (slowed.StatusCode, (int)slowed.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        }
    });

    [Fact]
    public Task The_history_has_pages_and_a_page_beyond_the_last_leads_back() => InTimeAsync(async () =>
    {
        await using var app = await RunningApp.StartAsync(new Dictionary<string, string> { ["Sample__Enabled"] = "false" });
        await using var customer = new CustomerOfTests(app);
        var account = await customer.AddAsync("Ada Byron");
        for (var number = 1; number <= CustomerViews.PageSize + 1; number++)
        {
            await customer.IssueAsync(account, "1.00", note: $"Note {number:00}.");
        }

        var link = await customer.LinkAsync(account);
        var page = await browser.OpenAsync(app, link.Path!);
        await using var context = page.Context;
        await Expect(page.Locator(".history li")).ToHaveCountAsync(CustomerViews.PageSize);
        await page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        await Expect(page.Locator(".history li")).ToHaveCountAsync(1);
        await Expect(page.Locator(".history li")).ToContainTextAsync("Note 01.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Newer" }).ClickAsync();
        await Expect(page.GetByText("Page 1 of 2")).ToBeVisibleAsync();
        foreach (var odd in new[] { "0", "-1", "x", "99999999999", "2147483647" })
        {
            await page.GotoAsync($"{link.Path}?page={odd}");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your store credit");
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Go to the newest" }).ClickAsync();
        await Expect(page.GetByText("Page 1 of 2")).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData(1280, ColorScheme.Light, "Ada Byron")]
    [InlineData(400, ColorScheme.Dark, "نور الدين عبد الرحمن الخطيب")]
    [InlineData(400, ColorScheme.Light, "𠮷田 美咲 株式会社さくら文具")]
    public Task The_page_is_accessible_no_wider_than_the_screen_and_shows_text_as_text(int width, ColorScheme scheme, string name) => InTimeAsync(async () =>
    {
        await using var app = await RunningApp.StartAsync(new Dictionary<string, string>(Production) { ["Logging__LogLevel__Default"] = "Warning" });
        await using var customer = new CustomerOfTests(app);
        var account = await customer.AddAsync(name + " " + Script);
        await customer.IssueAsync(account, "1234567.89", note: "Note " + Script + new string('m', 120), expiresOn: new DateOnly(2099, 12, 31));
        await customer.IssueAsync(account, "5", currency: "JPY");
        await customer.OrderAsync(account, "A-" + Script[..20], "8.00");
        await customer.HoldAsync(account);
        var link = await customer.LinkAsync(account);

        var page = await browser.OpenAsync(app, "health/live", width);
        await using var context = page.Context;
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var requests = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync(link.Path!);

        await Expect(page.Locator(".owner")).ToHaveTextAsync(name + " " + Script);
        await Expect(page.Locator(".note")).ToContainTextAsync("Note " + Script);
        await Expect(page.Locator(".paused")).ToBeVisibleAsync();
        await Expect(page.GetByText("Secret of the staff")).ToHaveCountAsync(0);
        Assert.Equal("Your store credit", await page.TitleAsync());
        await page.AssertAccessibleAsync();
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(complaints);
        Assert.All(requests, url => Assert.StartsWith(app.BaseAddress.ToString(), url));
        Assert.DoesNotContain(requests, url => url.Contains("_blazor", StringComparison.Ordinal) || url.EndsWith(".js", StringComparison.Ordinal));

        await page.GotoAsync("c/wrong");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This link does not work");
        await page.AssertAccessibleAsync();
    });

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public Task An_agent_makes_a_link_copies_it_sees_that_it_was_opened_and_revokes_it(int width) => InTimeAsync(async () =>
    {
        await using var app = await RunningApp.StartAsync();
        await using var customer = new CustomerOfTests(app);
        var account = await customer.AddAsync("Marie Curie");
        await customer.IssueAsync(account, "20.00");
        var page = await browser.OpenAsAsync(Roles.Agent, app, "users/" + account, width);
        await using var context = page.Context;
        await page.Button("Customer link").ClickAsync();
        await Expect(page.OpenDialog().GetByText("None.")).ToBeVisibleAsync();
        await page.OpenDialog().GetByLabel("Works for").SelectOptionAsync("30");
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Make link" }).ClickAsync();
        var address = await page.OpenDialog().Locator(".link-made code").TextContentAsync();
        Assert.Matches(new Regex("^" + Regex.Escape(app.BaseAddress.ToString()) + "c/[A-Za-z0-9_-]{43}$"), address);
        await Expect(page.OpenDialog().GetByText("Not opened yet")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        var visitor = await browser.OpenAsync(app, new Uri(address!).AbsolutePath[1..], width);
        await using var visit = visitor.Context;
        await Expect(visitor.GetByText("Marie Curie")).ToBeVisibleAsync();
        await Expect(visitor.Locator(".available")).ToContainTextAsync("20.00");
        await page.ReloadAsync();
        await page.Button("Customer link").ClickAsync();
        await Expect(page.OpenDialog().GetByText("Last opened")).ToBeVisibleAsync();
        Assert.Equal(0, await page.GetByText(address!).CountAsync());

        await page.OpenDialog().GetByRole(AriaRole.Button, new() { NameRegex = new("^Revoke") }).ClickAsync();
        await Expect(page.OpenDialog().GetByText("None.")).ToBeVisibleAsync();
        await visitor.ReloadAsync();
        await Expect(visitor.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This link does not work");
        await page.GotoAsync($"users/{account}?tab=history");
        await Expect(page.RowWith("Customer link made")).ToContainTextAsync("Ann Agent");
        await Expect(page.RowWith("Customer link revoked")).ToBeVisibleAsync();
    });

    private static Task InTimeAsync(Func<Task> test) => test().WaitAsync(Limit);
}
