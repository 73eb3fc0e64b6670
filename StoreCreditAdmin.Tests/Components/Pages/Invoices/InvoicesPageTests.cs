using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Invoices;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Invoices;

public sealed class InvoicesPageTests
{
    [Theory]
    [InlineData("", "V-2,S-1,U-1", "USD 100.00 50.00 50.00")]
    [InlineData("?q=u-1", "U-1", "USD 80.00 50.00 30.00")]
    [InlineData("?q=Ada", "V-2,S-1,U-1", "USD 100.00 50.00 50.00")]
    [InlineData("?kind=self-storage", "S-1", "USD 20.00 0.00 20.00")]
    [InlineData("?status=voided", "V-2", "USD 0.00 0.00 0.00")]
    [InlineData("?status=due&sort=number", "S-1,U-1", "USD 100.00 50.00 50.00")]
    [InlineData("?dueFrom=2026-12-02&dueTo=2026-12-31", "V-2", "USD 0.00 0.00 0.00")]
    [InlineData("?store=main&status=nonsense&dueFrom=soon&sort=DROP&page=-1", "V-2,S-1,U-1", "USD 100.00 50.00 50.00")]
    public async Task The_address_narrows_the_list_and_its_sums_alike(string address, string numbers, string sum)
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = desk.Show<InvoicesPage>("invoices" + address);
        page.WaitForElement(".invoices-table");

        Assert.Equal(numbers, string.Join(",", page.FindAll(".invoices-table tbody tr").Select(row => PageSearch.Words(row.Children[0]))));
        Assert.Equal(sum, string.Join(' ', page.Find(".totals tbody tr").Children.Select(PageSearch.Words)));
    }

    [Fact]
    public async Task Filters_are_kept_in_the_address_and_cleared_by_a_link()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var navigation = desk.Services.GetRequiredService<NavigationManager>();
        var page = desk.Show<InvoicesPage>("invoices?page=2");

        page.Labelled("Kind").Change("self-storage");
        page.WaitForAssertion(() => Assert.Equal("S-1", page.Find(".invoices-table tbody .row-link").TextContent));
        page.Labelled("Status").Change("paid");

        Assert.Equal("kind=self-storage&status=paid", new Uri(navigation.Uri).Query.TrimStart('?'));
        page.WaitForAssertion(() => Assert.Contains("No invoice matches", page.Markup, StringComparison.Ordinal));
        Assert.Equal("invoices", page.Find(".filter-clear").GetAttribute("href"));
        Assert.Equal(["All kinds", "Self storage", "User", "Valet"], page.Labelled("Kind").Children.Select(option => option.TextContent));
    }

    [Fact]
    public async Task An_empty_list_says_what_will_fill_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = desk.Show<InvoicesPage>("invoices");

        Assert.Contains("once the billing system reports them", page.WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_invoices_of_one_account_stand_in_a_part_of_another_page()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await LayOutAsync(database);
        var other = await database.AddAccountAsync("Eve");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var part = desk.Show<AccountInvoices>("users/1?tab=orders&invoices=total", (nameof(AccountInvoices.AccountId), account));
        part.WaitForElement(".invoices-table");
        Assert.Equal("V-2,S-1,U-1", string.Join(",", part.FindAll("tbody .row-link").Select(link => link.TextContent)));
        Assert.EndsWith("users/1?tab=orders&invoices=-total", part.FindAll(".sort-link").Single(link => link.TextContent.StartsWith("Total", StringComparison.Ordinal)).GetAttribute("href"));
        Assert.DoesNotContain("Customer", part.Find("thead").TextContent, StringComparison.Ordinal);

        var none = desk.Show<AccountInvoices>("users/2", (nameof(AccountInvoices.AccountId), other.PublicId));
        none.WaitForElement(".state-empty");
    }

    private static async Task<Guid> LayOutAsync(TestDatabase database)
    {
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("50");
        await billing.CreatedAsync("U-1", "80.00", issuedOn: "2026-01-01");
        await billing.CreatedAsync("S-1", "20.00", "self-storage", "2026-02-01");
        await billing.CreatedAsync(Billing.Invoice("V-2", "10.00", "valet", "2026-03-01", "2026-12-24"));
        await billing.VoidedAsync("V-2");
        return account.PublicId;
    }
}
