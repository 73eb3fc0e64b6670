using Bunit;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Components.Pages.Mails;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Mails;

public sealed class MailsPageTests
{
    [Fact]
    public async Task A_mail_is_read_found_and_sent_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var earning = new EarningDesk(database);
        await earning.AddAsync("order-placed", new() { Mode = StoreCreditAdmin.Features.Earning.RuleModes.Fixed, Amount = "5" });
        await earning.PayAsync("A-1", "100");
        await database.Get<MailSender>().SendDueAsync(default);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);

        var page = desk.Show<MailsPage>("messages?state=sent&kind=credit-received&to=ADA@example.com");

        var row = page.WaitForElement(".message-table tbody tr");
        Assert.Equal("You received 5.00 USD of store credit", row.QuerySelector(".card-title div")!.TextContent);
        Assert.Contains("ada@example.com", row.TextContent, StringComparison.Ordinal);
        page.FindAll("button").Single(button => button.GetAttribute("aria-label")?.StartsWith("What it says:", StringComparison.Ordinal) == true).Click();
        Assert.Contains("Main store added 5.00 USD of store credit to your account for your order A-1.", page.Find("pre").TextContent, StringComparison.Ordinal);
        page.FindAll("button").Single(button => button.TextContent.Trim() == "Send again").Click();
        page.WaitForAssertion(() => Assert.Equal("The e-mail is on its way.", desk.LastToast));
        page.WaitForAssertion(() => Assert.Contains("Nothing matches", page.Markup, StringComparison.Ordinal));
        await using var db = database.Open();
        Assert.Equal(MailState.Waiting, (await db.Mails.SingleAsync()).State);
    }

    [Fact]
    public async Task The_switches_are_saved_and_days_that_are_none_are_refused_at_their_field()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        Assert.Contains("No e-mails", desk.Show<MailsPage>("messages").WaitForElement(".state-empty").TextContent, StringComparison.Ordinal);
        var page = desk.Show<MailSettingsPage>("messages/settings");
        page.WaitForElement("#mails-heading");

        page.Labelled("Days ahead").Change("soon");
        await page.Find("section form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Write a whole number from 0 to 365.", page.ErrorAt("Days ahead")));
        page.Labelled("Days ahead").Change("7");
        page.Labelled("Store credit redeemed").Change(false);
        await page.Find("section form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("The e-mails are saved.", desk.LastToast));
        var saved = await database.Get<MailSettingsService>().GetAsync(TestDatabase.Robot);
        Assert.Equal((7, false, true), (saved.DaysAhead!.Value, saved.Mails!["credit-redeemed"], saved.Mails["credit-received"]));
    }

    [Fact]
    public async Task Agents_neither_see_nor_set_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var agent = await database.SignInNewAsync("Agent", Roles.Agent);

        await Assert.ThrowsAsync<StoreCreditAdmin.Features.Access.AccessDeniedException>(() => database.Get<MailQueries>().ListAsync(agent, new(), new()));
        await Assert.ThrowsAsync<StoreCreditAdmin.Features.Access.AccessDeniedException>(() => database.Get<MailSettingsService>().GetAsync(agent));
        Assert.Equal("forbidden", (await database.Get<MailSettingsService>().SetAsync(agent, OperationKey.ForForm(), new() { DaysAhead = 1 })).Refusal?.Code);
        Assert.Equal("forbidden", (await database.Get<MailService>().SendAgainAsync(agent, OperationKey.ForForm(), Guid.NewGuid())).Refusal?.Code);
    }
}
