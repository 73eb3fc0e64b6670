using Bunit;
using StoreCreditAdmin.Components.Pages.Credits;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Credits;

public sealed class ExpiringPageTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public async Task The_cost_is_shown_first_then_all_of_it_is_extended()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10", expiresOn: Today.AddDays(2));
        await database.IssueAsync(account, "5", "EUR", "goodwill", Today.AddDays(3));
        await database.ChangeTypeAsync("goodwill", type => type.MayExpire = false);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<ExpiringPage>("credits/expiring?days=30");
        page.WaitForElement(".expiring-cost");
        Assert.Contains("2 credits of 1 account, from 2026-11-22 to 2026-12-22", PageSearch.Words(page.Find(".expiring-cost")), StringComparison.Ordinal);
        Assert.Equal(["5.00 EUR in 1 credit", "10.00 USD in 1 credit"], page.FindAll(".expiring-totals li").Select(PageSearch.Words));

        page.Labelled("Days to add").Change("30");
        await page.Find(".expiring-extend form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Add 31 to 3650 days, so that none of it expires in these 30 days.", page.ErrorAt("Days to add")));
        page.Labelled("Days to add").Change("31");
        await page.Find(".expiring-extend form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Choose a reason.", page.ErrorAt("Reason")));
        page.Labelled("Reason").Change("goodwill");
        await page.Find(".expiring-extend form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("1 credit was extended. 1 was skipped:", PageSearch.Words(page.Find(".expiring-report"))));
        Assert.Equal("Ada Byron : Credit of the type Goodwill never expires.", PageSearch.Words(page.Find(".expiring-skipped li")));
        page.WaitForAssertion(() => Assert.Equal(["5.00 EUR in 1 credit"], page.FindAll(".expiring-totals li").Select(PageSearch.Words)));
    }

    [Fact]
    public async Task Where_nothing_expires_the_page_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);

        Assert.Contains("Nothing expires by then", desk.Show<ExpiringPage>("credits/expiring").WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);
    }
}
