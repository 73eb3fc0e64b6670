using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Credits;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Credits;

public sealed class AllCreditsTests
{
    [Fact]
    public async Task Totals_never_mix_currencies_and_are_the_sums_of_the_rows()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = desk.Show<AllCredits>("credits");
        page.WaitForElement(".totals");

        var rows = RowsOf(page);
        Assert.Equal(6, rows.Count);
        Assert.Equal(["EUR", "JPY", "USD"], TotalsOf(page).Keys.Order(StringComparer.Ordinal));
        foreach (var (currency, totals) in TotalsOf(page))
        {
            Assert.Equal(SumOf(rows, currency, row => row.Credited), totals[0]);
            Assert.Equal(SumOf(rows, currency, row => row.Remaining), totals[3]);
        }
    }

    [Theory]
    [InlineData("?type=goodwill", 2)]
    [InlineData("?status=invalidated", 1)]
    [InlineData("?currency=USD&type=store-credit", 2)]
    [InlineData("?issuedFrom=2026-11-23", 0)]
    [InlineData("?issuedTo=2026-11-22&issuedFrom=2026-11-22", 6)]
    [InlineData("?expiresBefore=2026-12-31", 1)]
    [InlineData("?createdBy=nobody", 0)]
    [InlineData("?createdBy=TES", 6)]
    [InlineData("?store=main", 6)]
    [InlineData("?store=nowhere", 0)]
    [InlineData("?status=nonsense&issuedFrom=yesterday&sort=DROP&page=-3", 6)]
    public async Task The_address_narrows_the_list_and_its_totals_alike(string address, int count)
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = desk.Show<AllCredits>("credits" + address);
        page.WaitForElement(".totals, .state-empty");

        var rows = RowsOf(page);
        Assert.Equal(count, rows.Count);
        foreach (var (currency, totals) in TotalsOf(page))
        {
            Assert.Equal(SumOf(rows, currency, row => row.Credited), totals[0]);
        }
    }

    [Fact]
    public async Task The_list_of_one_customer_adds_up_to_their_balance_in_each_currency()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (ada, _) = await FillAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = desk.Show<AllCredits>($"credits?account={ada.PublicId}");
        page.WaitForElement(".totals");

        await using var db = database.Open();
        var balances = db.AccountBalances.Where(balance => balance.AccountId == ada.Id).ToDictionary(balance => balance.CurrencyCode, balance => balance.Buckets.Available);
        Assert.Equal(
            balances.ToDictionary(balance => balance.Key, balance => balance.Value / (decimal)StoreCreditAdmin.Domain.Currency.Of(balance.Key).MinorPerMajor),
            TotalsOf(page).ToDictionary(total => total.Key, total => total.Value[3]));
    }

    [Fact]
    public async Task Choosing_a_filter_is_a_new_address_and_the_download_follows_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<AllCredits>("credits?page=2&sort=-credited");
        page.WaitForElement("table, .state");

        page.Labelled("Type").Change("goodwill");
        page.WaitForAssertion(() => Assert.Equal(2, RowsOf(page).Count));
        page.Labelled("Status").Change("active");

        var address = desk.Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.Equal("credits?sort=-credited&type=goodwill&status=active", address.ToBaseRelativePath(address.Uri)));
        page.WaitForAssertion(() => Assert.Equal("exports/credits.csv?sort=-credited&type=goodwill&status=active", page.Find("a[download]").GetAttribute("href")));
    }

    [Fact]
    public async Task Nothing_found_says_what_to_do()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var none = desk.Show<AllCredits>("credits");
        none.WaitForElement(".state-empty");
        Assert.Contains("No credit yet", none.Markup, StringComparison.Ordinal);
        var filtered = desk.Show<AllCredits>("credits?status=expired");
        filtered.WaitForElement(".state-empty");
        Assert.Contains("No credit matches", filtered.Markup, StringComparison.Ordinal);
    }

    /// <summary>Two accounts, three currencies, six credits: one invalidated, one that expires before the new year.</summary>
    private static async Task<(Account Ada, Account Grace)> FillAsync(TestDatabase database)
    {
        var (ada, grace) = (await database.AddAccountAsync("Ada"), await database.AddAccountAsync("Grace"));
        await database.IssueAsync(ada, "10", "USD");
        await database.IssueAsync(ada, "10", "EUR");
        await database.IssueAsync(ada, "1000", "JPY", "goodwill", new DateOnly(2026, 12, 30));
        await database.IssueAsync(grace, "1234.56", "USD");
        await database.IssueAsync(grace, "0.01", "EUR", "goodwill", new DateOnly(2026, 12, 31));
        var wrong = await database.IssueAsync(grace, "77", "EUR", "promotion");
        _ = (await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), wrong.Id, new() { Reason = "fraud" })).Value;
        return (ada, grace);
    }

    private static List<(string Currency, decimal Credited, decimal Remaining)> RowsOf(IRenderedComponent<IComponent> page) =>
    [
        .. page.FindAll("tr.row-open").Select(row => (
            row.QuerySelector("[data-label=Credited] .money-currency")!.TextContent.Trim(),
            Figure(row.QuerySelector("[data-label=Credited] .money")!.FirstChild!.TextContent),
            Figure(row.QuerySelector("[data-label=Remaining] .money")!.FirstChild!.TextContent))),
    ];

    private static Dictionary<string, decimal[]> TotalsOf(IRenderedComponent<IComponent> page) => page.FindAll(".totals tbody tr").ToDictionary(
        row => row.Children[0].TextContent.Trim(),
        row => row.QuerySelectorAll(".money").Select(money => Figure(money.FirstChild!.TextContent)).ToArray());

    private static decimal SumOf(IEnumerable<(string Currency, decimal Credited, decimal Remaining)> rows, string currency, Func<(string Currency, decimal Credited, decimal Remaining), decimal> figure) =>
        rows.Where(row => row.Currency == currency).Sum(figure);

    private static decimal Figure(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.CurrentCulture);
}
