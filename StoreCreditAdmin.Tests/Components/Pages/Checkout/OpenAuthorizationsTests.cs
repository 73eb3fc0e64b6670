using Bunit;
using StoreCreditAdmin.Components.Pages.Checkout;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Checkout;

public sealed class OpenAuthorizationsTests
{
    [Fact]
    public async Task They_stand_oldest_first_with_what_each_age_holds()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = desk.Show<OpenAuthorizations>("authorizations");
        page.WaitForElement("tbody tr");

        Assert.Equal(
            [
                "Ada Byron Order W-1 10.00 USD 2026-11-12 12:00 10 d 2027-06-29 12:00",
                "Ada Byron Order W-2 5.00 EUR 2026-11-20 12:00 2 d 2027-07-07 12:00",
                "Zoe Hull Order W-3 3.00 USD 2026-11-22 09:30 2 h 30 min 2027-07-09 09:30",
                "Ada Byron Order W-4 2.00 USD 2026-11-22 11:50 10 min 2027-07-09 11:50",
            ],
            page.FindAll("tbody tr").Select(row => PageSearch.Words(row).Replace('\u00A0', ' ')));
        Assert.Equal(
            ["Under 1 hour 1 open, holding 2.00 USD", "1 to 24 hours 1 open, holding 3.00 USD", "1 to 7 days 1 open, holding 5.00 EUR", "Over 7 days 1 open, holding 10.00 USD"],
            page.FindAll(".age").Select(PageSearch.Words));
        Assert.Empty(page.FindAll("input[type=checkbox], button"));
    }

    [Theory]
    [InlineData("?age=hour", "W-4")]
    [InlineData("?age=day", "W-3")]
    [InlineData("?age=week", "W-2")]
    [InlineData("?age=older", "W-1")]
    [InlineData("?account=zoe", "W-3")]
    [InlineData("?account=W-2", "W-1,W-2,W-4")]
    [InlineData("?account=%25", "")]
    [InlineData("?store=nowhere", "")]
    [InlineData("?store=main&currency=EUR", "W-2")]
    [InlineData("?currency=JPY", "")]
    [InlineData("?store=main&age=older&account=ada", "W-1")]
    [InlineData("?sort=-createdAt", "W-4,W-3,W-2,W-1")]
    [InlineData("?sort=-held", "W-1,W-2,W-3,W-4")]
    [InlineData("?sort=account", "W-1,W-2,W-4,W-3")]
    [InlineData("?sort=-expiresAt", "W-4,W-3,W-2,W-1")]
    [InlineData("?age=yesterday&currency=usd&sort=DROP&page=-1", "W-1,W-2,W-3,W-4")]
    public async Task The_address_narrows_and_orders_the_list(string query, string expected)
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = desk.Show<OpenAuthorizations>("authorizations" + query);
        page.WaitForElement(".age");

        Assert.Equal(expected, string.Join(',', page.FindAll("tbody td[data-label=For]").Select(cell => PageSearch.Words(cell).Replace("Order ", "", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Selected_ones_are_released_each_as_an_operation_with_its_reason()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (ada, zoe) = await LayOutAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<OpenAuthorizations>("authorizations");
        page.WaitForElement("tbody tr");

        page.Find(".select-all input").Change(true);
        page.Find("input[aria-label='Select Order W-2 of Ada Byron']").Change(false);
        Assert.Contains("3 of 4 selected", page.Markup, StringComparison.Ordinal);
        page.ButtonNamed("Release selected").Click();
        page.WaitForElement("form");
        Assert.Equal("15.00 USD, held for 3 orders or invoices, go back to their accounts. The shop can no longer capture them.", PageSearch.Words(page.Find(".form-note")));
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Choose a reason.", page.ErrorAt("Reason")));
        page.Labelled("Reason").Change("customer-request");
        page.Labelled("Note").Change("Closing of the season");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(["Ada Byron Order W-2"], page.FindAll("tbody tr").Select(row => string.Join(' ', PageSearch.Words(row).Split(' ').Take(4)))));
        Assert.Equal("3 authorizations are released.", desk.LastToast);
        var releases = (await database.ReadEntriesAsync(ada)).Concat(await database.ReadEntriesAsync(zoe)).Where(entry => entry.Kind == EntryKind.Release).ToList();
        Assert.Equal(3, releases.Select(entry => entry.OperationId).Distinct().Count());
        Assert.All(releases, entry => Assert.Equal(("customer-request", "Closing of the season", "Test Agent"), (entry.Reason?.Code, entry.Memo, entry.ActorName)));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task One_that_is_not_open_any_more_is_named_and_the_others_are_released()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (ada, _) = await LayOutAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<OpenAuthorizations>("authorizations");
        page.WaitForElement("tbody tr");
        page.Find(".select-all input").Change(true);
        page.ButtonNamed("Release selected").Click();
        page.WaitForElement("form");

        await new Shop(database, ada).CaptureAsync(await CodeAsync(database, "W-4"));
        page.Labelled("Reason").Change("correction");
        await page.Find("form").SubmitAsync();

        page.WaitForElement(".release-failures");
        Assert.Equal("3 are released. This one is not:", PageSearch.Words(page.Find(".dialog-text")));
        Assert.Equal("Order W-4, Ada Byron : It holds nothing any more.", PageSearch.Words(page.Find(".release-failures li")));
        page.ButtonNamed("Close").Click();
        page.WaitForElement(".state-empty");
    }

    [Fact]
    public async Task A_row_is_released_alone_and_what_was_captured_of_it_stays()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (ada, _) = await LayOutAsync(database);
        await new Shop(database, ada).CaptureAsync(await CodeAsync(database, "W-1"), "4", keepRest: true);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<OpenAuthorizations>("authorizations?age=older");
        page.WaitForElement("tbody tr");

        page.Find("button[aria-label='Release Order W-1 of Ada Byron']").Click();
        page.WaitForElement("form");
        Assert.Equal("6.00 USD that is held for order W-1 goes back to Ada Byron. The shop can no longer capture it.", PageSearch.Words(page.Find(".form-note")));
        page.Labelled("Reason").Change("correction");
        await page.Find("form").SubmitAsync();

        page.WaitForElement(".state-empty");
        var after = (await database.Get<AuthorizationQueries>().GetAsync(TestDatabase.Robot, await CodeAsync(database, "W-1")))!;
        Assert.Equal(("partly-captured", "4.00", "6.00"), (after.Status, after.Captured.ToString(), after.Released.ToString()));
    }

    [Fact]
    public async Task Nobody_releases_without_permission_even_without_the_button()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);
        var code = await CodeAsync(database, "W-1");
        var accountant = Caller.ApiKey(Guid.NewGuid(), "Reader", [Scopes.Read]);

        var refused = await database.Get<CheckoutService>().ReleaseAsync(accountant, OperationKey.ForForm(), code, new ReleaseRequest { Reason = "correction" });

        Assert.Equal("forbidden", refused.Refusal?.Code);
    }

    /// <summary>One of each age; held for so long that none is stale.</summary>
    private static async Task<(Account Ada, Account Zoe)> LayOutAsync(TestDatabase database)
    {
        await database.Get<StoreService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "main", new ChangeStoreRequest { AuthorizationMinutes = 229 * 24 * 60 });
        var ada = await database.AddAccountAsync();
        var zoe = await database.AddAccountAsync("Zoe Hull");
        var now = database.Clock.Now;
        database.Clock.Now = now.AddDays(-10);
        await database.IssueAsync(ada, "100");
        await database.IssueAsync(ada, "100", "EUR");
        await database.IssueAsync(zoe, "100");
        await new Shop(database, ada).AuthorizeAsync("W-1", "10");
        database.Clock.Now = now.AddDays(-2);
        await new Shop(database, ada, "EUR").AuthorizeAsync("W-2", "5");
        database.Clock.Now = now.AddMinutes(-150);
        await new Shop(database, zoe).AuthorizeAsync("W-3", "3");
        database.Clock.Now = now.AddMinutes(-10);
        await new Shop(database, ada).AuthorizeAsync("W-4", "2");
        database.Clock.Now = now;
        return (ada, zoe);
    }

    private static async Task<string> CodeAsync(TestDatabase database, string order)
    {
        await using var db = database.Open();
        return db.Authorizations.Single(one => one.OrderNumber == order).Code;
    }
}
