using Bunit;
using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Pages.Invoices;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Invoices;

public sealed class InvoiceDetailsTests
{
    [Fact]
    public async Task Credit_is_applied_in_part_and_in_whole_then_the_invoice_is_marked_paid()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync("100");
        await billing.CreatedAsync("S-1", "80.00", "self-storage");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, "S-1");
        Assert.Equal("Invoice S-1", page.Find("h1").TextContent);
        Assert.Contains("Credit has paid nothing of it.", page.Markup, StringComparison.Ordinal);
        Assert.Equal("By hand only", FactOf(page, "Takes credit"));

        page.ButtonNamed("Apply credit").Click();
        page.WaitForElement("form");
        Assert.Equal("80.00", page.Labelled("Amount").GetAttribute("value"));
        page.Labelled("Amount").Input("90");
        Assert.Equal("More than is left to pay", page.Find(".left-over").TextContent);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Only 80.00 USD of this invoice is left to pay.", page.ErrorAt("Amount")));
        page.Labelled("Amount").Input("12.50");
        Assert.Equal("67.50\u00A0USD", page.Find(".left-over").TextContent);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(["Total 80.00 USD", "Paid with credit 12.50 USD", "Balance remaining 67.50 USD"], Figures(page)));
        Assert.Equal("12.50\u00A0USD was paid with credit.", desk.LastToast);

        page.ButtonNamed("Apply credit").Click();
        page.WaitForElement("form");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("may be marked paid", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Apply credit", StringComparison.Ordinal));
        page.ButtonNamed("Mark paid").Click();
        page.WaitForAssertion(() => Assert.Equal("Paid", page.Find(".page-title .badge").TextContent));

        Assert.Equal(("80.00", "0.00", "paid"), await billing.StateAsync("S-1"));
        Assert.Equal(2, page.FindAll(".payments-table tbody tr").Count);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Mark paid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_payment_is_voided_only_with_a_reason()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync("50");
        await billing.CreatedAsync("U-1", "80.00");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = Show(desk, "U-1");
        Assert.Equal("By itself, as soon as there is any", FactOf(page, "Takes credit"));
        Assert.Contains("50.00 USD from Store Credit", PageSearch.Words(page.Find(".payments-table tbody tr")), StringComparison.Ordinal);

        page.ButtonNamed("Void the payment of 50.00\u00A0USD").Click();
        page.WaitForElement("form");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Say why the payment is voided.", page.ErrorAt("Reason")));
        page.Labelled("Reason").Change("Paid twice");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(["Total 80.00 USD", "Paid with credit 0.00 USD", "Balance remaining 80.00 USD"], Figures(page)));
        Assert.Equal("By hand only", FactOf(page, "Takes credit"));
        Assert.Contains("50.00 went back", page.Find(".payments-table").TextContent, StringComparison.Ordinal);
        Assert.Equal(("0.00", "80.00", "open"), await billing.StateAsync("U-1"));
    }

    [Fact]
    public async Task What_cannot_be_done_is_off_and_says_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync();
        await billing.CreatedAsync("U-1", "80.00");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        var page = Show(desk, "U-1");
        Assert.True(page.ButtonNamed("Apply credit").HasAttribute("disabled"));
        Assert.Equal("Ada Byron has no USD credit in this store.", page.Find("#no-payment span").TextContent);

        await database.Get<AccountService>().HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new HoldRequest { Reason = "fraud" });
        Assert.StartsWith("The account is on hold", Show(desk, "U-1").Find("#no-payment span").TextContent);
        await billing.VoidedAsync("U-1");
        page = Show(desk, "U-1");
        Assert.Empty(page.FindAll("#no-payment"));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Apply credit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_only_looks_is_offered_nothing_to_do()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync("50");
        await billing.CreatedAsync("U-1", "80.00");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);

        var page = Show(desk, "U-1");

        Assert.Empty(page.FindAll(".page-actions button, .row-actions button"));
        Assert.Single(page.FindAll(".payments-table tbody tr"));
    }

    [Theory]
    [InlineData("2026/11 #7?")]
    [InlineData("a+b%20c")]
    [InlineData("..")]
    [InlineData("<b>Ø 東</b>")]
    public async Task A_number_of_any_characters_leads_to_its_invoice(string number)
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync();
        await billing.CreatedAsync(number, "80.00");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var list = desk.Show<InvoicesPage>("invoices");

        var page = desk.Show<InvoiceDetails>(list.WaitForElement("tbody .row-link").GetAttribute("href")!);

        Assert.Equal("Invoice " + number, page.WaitForElement("h1").TextContent);
    }

    [Fact]
    public async Task An_unknown_number_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);

        Assert.Equal("No such invoice", Show(desk, "none").Find("h1").TextContent);
    }

    private static IRenderedComponent<IComponent> Show(StaffDesk desk, string number)
    {
        var page = desk.Show<InvoiceDetails>("invoices/" + number, (nameof(InvoiceDetails.Number), number));
        page.WaitForElement("h1");
        return page;
    }

    private static IEnumerable<string> Figures(IRenderedComponent<IComponent> page) => page.FindAll(".order-figures > div").Select(PageSearch.Words);

    private static string FactOf(IRenderedComponent<IComponent> page, string name) =>
        page.FindAll(".facts-list > div").Single(fact => fact.Children[0].TextContent == name).Children[1].TextContent;
}
