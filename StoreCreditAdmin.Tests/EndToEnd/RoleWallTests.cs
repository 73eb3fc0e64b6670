using System.Net;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.EndToEnd;

/// <summary>Which role opens which address, asked of the running application as a browser without scripts asks it.</summary>
[Collection(EndToEndTests.Name)]
public sealed class RoleWallTests
{
    private const string Everybody = "Agent, Manager, Accountant, Administrator";

    /// <summary>Who may open what, as the shop understands its roles.</summary>
    private static readonly Dictionary<string, string> MayOpen = new()
    {
        [""] = Everybody,
        ["users"] = Everybody,
        ["credits"] = Everybody,
        ["orders"] = Everybody,
        ["orders/1"] = Everybody,
        ["order"] = Everybody,
        ["invoices"] = Everybody,
        ["invoices/1"] = Everybody,
        ["invoice"] = Everybody,
        ["exports/credits.csv"] = Everybody,
        ["exports/credits.xlsx"] = Everybody,
        ["account/change-password"] = Everybody,
        ["shortfalls"] = Everybody,
        ["accounting"] = "Manager, Accountant, Administrator",
        ["accounting/entries"] = "Manager, Accountant, Administrator",
        ["users/on-hold"] = Everybody,
        ["accounting/statements"] = "Manager, Accountant, Administrator",
        ["accounting/journal"] = "Manager, Accountant, Administrator",
        ["accounting/journal/accounts"] = "Manager, Accountant, Administrator",
        ["exports/users.csv"] = Everybody,
        ["exports/users.xlsx"] = Everybody,
        ["exports/orders.csv"] = Everybody,
        ["exports/invoices.csv"] = Everybody,
        ["exports/open-authorizations.csv"] = Everybody,
        ["exports/history.csv"] = Everybody,
        ["exports/shortfalls.csv"] = Everybody,
        ["exports/expiring.csv"] = "Manager, Administrator",
        ["exports/codes.csv"] = "Manager, Administrator",
        ["exports/code-uses.csv"] = "Manager, Administrator",
        ["exports/mails.csv"] = "Manager, Administrator",
        ["exports/messages.csv"] = "Manager, Administrator",
        ["exports/imports.csv"] = "Manager, Administrator",
        ["exports/types.csv"] = "Manager, Administrator",
        ["exports/reasons.csv"] = "Manager, Administrator",
        ["exports/job-runs.csv"] = "Administrator",
        ["exports/stores.csv"] = "Administrator",
        ["exports/staff.csv"] = "Administrator",
        ["exports/api-keys.csv"] = "Administrator",
        ["exports/webhooks.csv"] = "Administrator",
        ["rules"] = "Manager, Administrator",
        ["types"] = "Manager, Administrator",
        ["reasons"] = "Manager, Administrator",
        ["import"] = "Manager, Administrator",
        ["messages"] = "Manager, Administrator",
        ["messages/texts"] = "Manager, Administrator",
        ["messages/texts/credit-received"] = "Manager, Administrator",
        ["messages/settings"] = "Manager, Administrator",
        ["messages/outgoing"] = "Manager, Administrator",
        ["audit"] = "Accountant, Administrator",
        ["exports/audit.csv"] = "Accountant, Administrator",
        ["stores"] = "Administrator",
        ["staff"] = "Administrator",
        ["api-keys"] = "Administrator",
        ["webhooks"] = "Administrator",
        ["system"] = "Administrator",
    };

    [Fact]
    public async Task Each_address_opens_to_the_roles_that_may_and_to_nobody_else()
    {
        await using var app = await RunningApp.StartAsync();
        var opened = MayOpen.Keys.ToDictionary(path => path, _ => new List<string>());
        foreach (var role in Roles.All)
        {
            using var client = await app.ClientOfAsync(role);
            foreach (var path in MayOpen.Keys)
            {
                using var answer = await client.GetAsync(path);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    opened[path].Add(role);
                }
                else
                {
                    Assert.Equal((HttpStatusCode.Redirect, "/account/access-denied"), (answer.StatusCode, answer.Headers.Location!.AbsolutePath));
                }
            }
        }

        Assert.Equal(MayOpen, opened.ToDictionary(path => path.Key, path => string.Join(", ", path.Value)));
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in_page_and_back()
    {
        await using var app = await RunningApp.StartAsync();
        foreach (var path in MayOpen.Keys.Append("no-such-page").Append("_blazor/negotiate"))
        {
            using var answer = await app.Client.GetAsync(path + "?a=1&b=%2F");

            Assert.Equal((HttpStatusCode.Redirect, "/account/sign-in"), (answer.StatusCode, answer.Headers.Location!.AbsolutePath));
            Assert.Equal($"?returnUrl={Uri.EscapeDataString($"/{path}?a=1&b=%2F")}", answer.Headers.Location.Query);
        }
    }

    [Fact]
    public async Task A_cookie_does_not_open_the_api_and_a_key_opens_no_page()
    {
        await using var app = await RunningApp.StartAsync();
        using var administrator = await app.ClientOfAsync(Roles.Administrator);
        using var api = await administrator.GetAsync("api/v1/accounts");
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);

        var key = await app.CreateApiKeyAsync("read,credits,checkout,events,admin");
        using var program = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.BaseAddress };
        program.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var page = await program.GetAsync("users");
        Assert.Equal((HttpStatusCode.Redirect, "/account/sign-in"), (page.StatusCode, page.Headers.Location!.AbsolutePath));
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("api/v1/accounts")).StatusCode);
    }
}
