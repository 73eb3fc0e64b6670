using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Accounts;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Statements;

public sealed class StatementTabTests
{
    [Fact]
    public async Task The_page_the_paper_and_the_file_show_the_same_figures()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "1234.56", expiresOn: new DateOnly(2026, 12, 24));
        var shop = new Shop(database, account);
        await shop.CaptureAsync((await shop.AuthorizeAsync("1001", "500", "234.5")).Value.Code);
        _ = await shop.AuthorizeAsync("1002", "10");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = Show(desk, account, "");

        Assert.Equal(
            [
                "2026-11-01 | Opening balance | | | 0.00 USD",
                "2026-11-22 | Added | Store Credit | +1,234.56 USD | 1,234.56 USD",
                "2026-11-22 | Used | Order 1001 | −234.50 USD | 1,000.06 USD",
                "2026-11-22 | Closing balance | | | 1,000.06 USD",
            ],
            Rows(page));
        Assert.Equal(
            ["0.00 USD", "+1,234.56 USD", "−234.50 USD", "1,000.06 USD", "10.00 USD", "990.06 USD good until 2026-12-24"],
            page.FindAll(".statement-figures dd").Select(PageSearch.Words));

        var statement = (await database.Get<StatementService>().GetAsync(TestDatabase.Robot, account.PublicId.ToString(), new StatementRequest())).Value;
        using var pdf = new PdfFile(database.Get<StatementPdf>().Draw(statement, StatementPaper.A4, CultureInfo.CurrentCulture));
        var text = string.Concat(await pdf.PagesAsync());
        var figures = page.FindAll(".money").Select(money => money.FirstChild!.TextContent.Trim().TrimStart('+')).Distinct().ToList();
        Assert.True(figures.Count > 5);
        Assert.All(figures, figure => Assert.Contains(figure, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Long_statements_are_shown_by_pages_that_open_and_close_with_the_balances()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        for (var index = 0; index < 101; index++)
        {
            await database.IssueAsync(account, "1");
        }

        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var first = Rows(Show(desk, account, ""));
        var second = Rows(Show(desk, account, "&page=2"));
        var last = Rows(Show(desk, account, "&page=3"));

        Assert.Equal((51, 50, 2), (first.Count, second.Count, last.Count));
        Assert.StartsWith("2026-11-01 | Opening balance", first[0], StringComparison.Ordinal);
        Assert.EndsWith("51.00 USD", second[0], StringComparison.Ordinal);
        Assert.EndsWith("Closing balance | | | 101.00 USD", last[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_chosen_stands_in_the_address_and_in_the_links_to_the_files()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "5", "EUR");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, account, "&from=2026-10-01&to=2026-10-31&view=customer&page=4");

        page.Labelled("Paper").Change("letter");
        var address = desk.Services.GetRequiredService<NavigationManager>();
        Assert.EndsWith("?tab=statements&from=2026-10-01&to=2026-10-31&view=customer&paper=letter", address.Uri, StringComparison.Ordinal);
        page.Labelled("Currency").Change("USD");
        page.WaitForAssertion(() => Assert.Equal(
            $"exports/statement?account={account.PublicId}&store=main&currency=USD&from=2026-10-01&to=2026-10-31&view=customer&paper=letter&format=pdf",
            page.FindAll(".statement-files a")[0].GetAttribute("href")));
        Assert.Equal(["Download as PDF", "Download as CSV", "Download as JSON"], page.FindAll(".statement-files a").Select(link => link.GetAttribute("aria-label")));
        Assert.Equal("Last month", page.Find(".period-links [aria-current]").TextContent);
        Assert.Contains("Nothing changed the balance", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_monthly_statement_is_asked_for_where_there_is_an_address_to_send_it_to()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (silent, account) = (await database.AddAccountAsync(), await new ShopFeed(database).CustomerAsync());
        await using (var desk = await StaffDesk.OpenAsync(database, Roles.Agent))
        {
            var without = Show(desk, silent, "");
            Assert.True(without.Find(".statement-mail input").HasAttribute("disabled"));
            Assert.Equal($"users/{silent.PublicId}?tab=contacts", without.Find(".statement-mail a").GetAttribute("href"));

            var page = Show(desk, account, "");
            page.Find(".statement-mail input").Change(true);
            page.WaitForAssertion(() => Assert.Equal("The first statement goes out when this month is over.", desk.LastToast));
            page.WaitForAssertion(() => Assert.True(page.Find(".statement-mail input").HasAttribute("checked")));
        }

        await using var books = await StaffDesk.OpenAsync(database, Roles.Accountant);
        var seen = Show(books, account, "");
        Assert.Empty(seen.FindAll(".statement-mail input"));
        Assert.Contains("A monthly statement is sent by e-mail.", seen.Find(".statement-mail").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&from=2026-11-22&to=2026-11-21", "The period ends before it begins")]
    [InlineData("&from=2999-01-01&to=2999-01-02", "The period has not begun")]
    [InlineData("&from=soon", "Write the date as")]
    [InlineData("&store=nowhere", "There is no store 'nowhere'")]
    [InlineData("&currency=GOLD", "'GOLD' is not a currency")]
    public async Task A_bad_address_is_answered_in_words(string address, string words)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = desk.Show<UserPage>($"users/{account.PublicId}?tab=statements{address}", (nameof(UserPage.Id), account.PublicId));

        page.WaitForElement(".state-error");
        Assert.Contains(words, page.Find(".state-error").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".statement-files"));
    }

    private static IRenderedComponent<IComponent> Show(StaffDesk desk, Account account, string address)
    {
        var page = desk.Show<UserPage>($"users/{account.PublicId}?tab=statements{address}", (nameof(UserPage.Id), account.PublicId));
        page.WaitForElement(".statement");
        return page;
    }

    private static List<string> Rows(IRenderedComponent<IComponent> page) =>
        [.. page.FindAll(".statement tbody tr").Select(row => string.Join(" | ", row.Children.Select(PageSearch.Words)).Replace("|  |", "| |", StringComparison.Ordinal).Replace("|  |", "| |", StringComparison.Ordinal))];
}
