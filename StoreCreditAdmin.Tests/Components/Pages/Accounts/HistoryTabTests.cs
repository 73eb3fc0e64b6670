using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Accounts;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Accounts;

public sealed class HistoryTabTests
{
    [Fact]
    public async Task Staff_see_every_movement_and_customers_what_changed_their_balance()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "100");
        var shop = new Shop(database, account);
        var held = await shop.AuthorizeAsync("1001", "30");
        _ = (await shop.CaptureAsync(held.Value.Code)).Value;
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var staff = Show(desk, account, "");
        Assert.Equal(
            [
                "Used Authorized → Used | 30.00 USD | 70.00 USD | Order 1001",
                "Authorized Available → Authorized | −30.00 USD | 70.00 USD | Order 1001",
                "Issued Outside → Available | +100.00 USD | 100.00 USD | ",
            ],
            Rows(staff).Select(cells => $"{cells[1]} | {cells[2]} | {cells[3]} | {cells[6]}"));

        var customer = Show(desk, account, "&view=customer");
        Assert.Equal(
            ["2026-11-22 | Used | −30.00 USD | Order 1001", "2026-11-22 | Added | +100.00 USD | "],
            Rows(customer).Select(cells => $"{cells[0]} | {cells[1]} | {cells[2]} | {cells[4]}"));
    }

    [Theory]
    [InlineData("&kind=authorize", 1)]
    [InlineData("&from=2026-11-22&to=2026-11-22", 2)]
    [InlineData("&from=2026-11-23", 0)]
    [InlineData("&to=2026-11-21", 0)]
    [InlineData("&from=no-date", 2)]
    [InlineData("&kind=nonsense", 0)]
    public async Task The_filters_of_the_address_narrow_the_list(string filter, int lines)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "100");
        _ = (await new Shop(database, account).AuthorizeAsync("1001", "30")).Value;
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = Show(desk, account, filter);

        Assert.Equal(lines, page.FindAll("tbody tr").Count);
        Assert.Equal(lines == 0 ? "Nothing matches" : null, page.FindAll(".state-empty .state-title").SingleOrDefault()?.TextContent);
    }

    [Fact]
    public async Task Choosing_a_kind_puts_it_into_the_address()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "100");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, account, "&page=2");

        page.Labelled("Kind").Change("issue");

        Assert.EndsWith("?tab=history&kind=issue", desk.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private static IRenderedComponent<IComponent> Show(StaffDesk desk, Account account, string filter)
    {
        var page = desk.Show<UserPage>($"users/{account.PublicId}?tab=history{filter}", (nameof(UserPage.Id), account.PublicId));
        page.WaitForElement(".entry-table, .state-empty");
        return page;
    }

    private static IEnumerable<string[]> Rows(IRenderedComponent<IComponent> page) =>
        page.FindAll("tbody tr").Select(row => row.Children.Select(PageSearch.Words).ToArray());
}
