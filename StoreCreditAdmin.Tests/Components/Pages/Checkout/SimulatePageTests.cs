using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Checkout;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Checkout;

public sealed class SimulatePageTests
{
    [Fact]
    public async Task It_shows_which_credits_would_pay_in_which_order_and_why_others_would_not_and_writes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "30");
        await database.IssueAsync(account, "12.50", type: "promotion", expiresOn: new DateOnly(2026, 12, 1));
        await database.IssueAsync(account, "9", "EUR");
        await database.IssueAsync(account, "7", type: "goodwill");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        await using var db = database.Open();
        var before = (await db.Operations.CountAsync(), await db.AuditEntries.CountAsync());

        var page = desk.Show<SimulatePage>($"simulate?account={account.PublicId}&total=40&currency=USD");
        page.WaitForElement(".simulation-pays");

        Assert.Equal(["40.00 USD", "0.00 USD", "49.50 USD"], page.FindAll(".simulation-sums dd").Select(PageSearch.Words));
        Assert.Equal(
            ["1 Promotion 2026-12-01 12.50 USD 12.50 USD 0.00 USD", "2 Store Credit Never 30.00 USD 27.50 USD 2.50 USD"],
            page.FindAll(".simulation-pays tbody tr").Select(PageSearch.Words));
        Assert.Equal(
            ["Goodwill Not needed Never 7.00 USD", "Store Credit In another currency: EUR Never 9.00 EUR"],
            page.FindAll(".simulation-others tbody tr").Select(PageSearch.Words).Order());
        Assert.All(page.FindAll(".simulation a.row-link"), link => Assert.StartsWith("credits/", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal(before, (await db.Operations.CountAsync(), await db.AuditEntries.CountAsync()));
        Assert.Equal("Ada Byron", page.Find("input[role=combobox]").GetAttribute("value"));
    }

    [Fact]
    public async Task An_order_that_a_card_paid_shows_what_is_captured_and_asked_back_by_the_guests_address()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync("8.12");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<SimulatePage>("simulate?total=23.75&currency=USD&email=ada@example.com&paid=true");
        Assert.Equal(
            "Credit would pay nothing. Main store does not apply credit to orders that are paid already. A setting of the store can switch it on.",
            PageSearch.Words(page.WaitForElement(".simulation .form-refusal")));
        Assert.Contains("Nothing is taken after checkout", PageSearch.Words(page.Find(".simulation-others tbody tr")), StringComparison.Ordinal);
        Assert.Null(page.FindAll("label").FirstOrDefault(label => label.TextContent.StartsWith("Part", StringComparison.Ordinal)));

        await feed.ApplyAfterCheckoutAsync();
        await page.Find("form").SubmitAsync();
        var again = desk.Show<SimulatePage>("simulate?total=23.75&currency=USD&email=ada@example.com&paid=true");
        again.WaitForElement(".simulation-pays");

        Assert.Equal("An order of 23.75 USD, paid by card, by Ada Byron", PageSearch.Words(again.Find("#simulation-sums")));
        Assert.Equal(
            ["Credit captured 8.12 USD", "Card refund requested 8.12 USD", "Stays on the card 15.63 USD", "Could be spent 8.12 USD"],
            again.FindAll(".simulation-sums div").Select(PageSearch.Words));
        var unknown = desk.Show<SimulatePage>("simulate?total=23.75&currency=USD&email=eve@example.com");
        unknown.WaitForAssertion(() => Assert.StartsWith("No person has this e-mail address", unknown.ErrorAt("E-mail address of the order"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_is_found_while_typing_and_chosen_with_the_keyboard()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, "Grace Hopper");
        await AddAsync(database, "Grace Kelly");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<SimulatePage>("simulate");
        page.WaitForElement(".state-empty");

        await Field(page).InputAsync("grace");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[role=option]").Count));
        await Field(page).KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown" });
        await Field(page).KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });

        var address = desk.Services.GetRequiredService<NavigationManager>().Uri;
        await using var db = database.Open();
        var kelly = await db.Accounts.SingleAsync(account => account.Name == "Grace Kelly");
        Assert.Contains($"account={kelly.PublicId}", address, StringComparison.Ordinal);
        var chosen = desk.Show<SimulatePage>(address);
        chosen.WaitForAssertion(() => Assert.Equal("Grace Kelly", Field(chosen).GetAttribute("value")));
        await Field(chosen).InputAsync("some");
        await Field(chosen).KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });
        Assert.Equal("Grace Kelly", Field(chosen).GetAttribute("value"));

        static IElement Field(IRenderedComponent<IComponent> page) => page.Find("input[role=combobox]");
    }

    [Theory]
    [InlineData("", "", "Enter an amount.", null)]
    [InlineData("12.345", "", "USD", null)]
    [InlineData("-5", "", "cannot be less than zero", null)]
    [InlineData("ten", "", "is not an amount", null)]
    [InlineData("50", "0.001", null, "USD")]
    [InlineData("50", "much", null, "is not an amount")]
    public async Task A_bad_amount_is_refused_at_its_field(string total, string amount, string? atTotal, string? atAmount)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "30");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<SimulatePage>($"simulate?account={account.PublicId}");
        page.WaitForElement(".state-empty");

        page.Labelled("Order total").Change(total);
        page.Labelled("Part to pay with credit").Change(amount);
        await page.Find("form").SubmitAsync();

        var address = desk.Services.GetRequiredService<NavigationManager>().Uri;
        var shown = address.Contains("total=", StringComparison.Ordinal) ? desk.Show<SimulatePage>(address) : page;
        shown.WaitForAssertion(() =>
        {
            Assert.Contains(atTotal ?? "", shown.ErrorAt("Order total") ?? "", StringComparison.Ordinal);
            Assert.Contains(atAmount ?? "", shown.ErrorAt("Part to pay with credit") ?? "", StringComparison.Ordinal);
            Assert.Equal((atTotal is null, atAmount is null), (shown.ErrorAt("Order total") is null, shown.ErrorAt("Part to pay with credit") is null));
        });
        Assert.Empty(shown.FindAll(".simulation"));
    }

    [Theory]
    [InlineData("total=40&currency=USD&amount=30.01", "Only 30.00 USD is left.")]
    [InlineData("total=20&currency=USD&amount=20.01", "Only 20.00 USD of the order is left to pay; no more than that can be authorized.")]
    [InlineData("total=20&currency=JPY", "The account has no credit in JPY, only in USD.")]
    public async Task What_a_checkout_would_refuse_is_said_in_its_words(string query, string why)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "30");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = desk.Show<SimulatePage>($"simulate?account={account.PublicId}&{query}");

        Assert.Equal("Credit would pay nothing. " + why, PageSearch.Words(page.WaitForElement(".simulation .form-refusal")));
        Assert.Empty(page.FindAll(".simulation-pays"));
        Assert.Single(page.FindAll(".simulation-others tbody tr"));
    }

    [Theory]
    [InlineData("account=nobody&total=1")]
    [InlineData("account=00000000-0000-0000-0000-000000000001&total=1")]
    public async Task An_address_that_names_nobody_says_so(string query)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = desk.Show<SimulatePage>("simulate?" + query);

        Assert.Equal("There is no such account.", PageSearch.Words(page.WaitForElement(".form-refusal")));
    }

    private static async Task AddAsync(TestDatabase database, string name)
    {
        var request = new StoreCreditAdmin.Features.Accounts.CreateAccountRequest { Name = name, Kind = "person" };
        Assert.True((await database.Get<StoreCreditAdmin.Features.Accounts.AccountService>().CreateAsync(
            TestDatabase.Robot, StoreCreditAdmin.Features.Ledger.OperationKey.ForForm(), request)).IsOk);
    }
}
