using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Mails;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Mails;

public sealed class MailTextPageTests
{
    private const string Name = "credit-received";

    [Fact]
    public async Task A_text_is_written_seen_refused_at_its_field_saved_and_brought_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync("夏目 漱石 <b>");
        await database.IssueAsync(account, "7.50");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Open(desk);
        Assert.Equal("You received 7.50 USD of store credit", page.WaitForElement(".mail-subject dd").TextContent);
        Assert.Contains("Made from the account as it is", page.Markup, StringComparison.Ordinal);
        Assert.Equal("{{customer.name}} Whom the e-mail is addressed to 夏目 漱石 <b>", string.Join(' ', page.Row("{{customer.name}}")!));

        page.Labelled("Subject").Change("For {{customer.name}}");
        page.Labelled("Body").Change("<p>Dear <b>{{customer.name}}</b></p>");
        page.WaitForAssertion(() => Assert.Equal("For 夏目 漱石 <b>", page.Find(".mail-subject dd").TextContent));
        var frame = page.Find("iframe.mail-frame");
        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.Contains("Dear <b>夏目 漱石 &lt;b&gt;</b>", frame.GetAttribute("srcdoc"), StringComparison.Ordinal);
        Assert.Equal("Dear 夏目 漱石 <b>\n", page.Find(".mail-plain").TextContent);

        page.Labelled("Body").Change("<p>{{custmer.name}}</p>");
        const string Wrong = "Line 1: There is no field {{custmer.name}}. Did you mean {{customer.name}}?";
        page.WaitForAssertion(() => Assert.Contains(Wrong, page.Find(".mail-problem").TextContent, StringComparison.Ordinal));
        Assert.Equal("Dear 夏目 漱石 <b>\n", page.Find(".mail-plain").TextContent);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(Wrong, page.ErrorAt("Body")));

        page.Labelled("Body").Change("<p>Dear {{customer.name}}</p>");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("The text is saved as version 1.", desk.LastToast));
        page.WaitForAssertion(() => Assert.Equal(["Version 1", "As delivered"], page.FindAll(".mail-versions tbody tr").Select(row => row.Children[0].TextContent)));
        page.ButtonNamed("What it says: Version 1").Click();
        Assert.Equal("<p>Dear {{customer.name}}</p>", page.Find(".mail-versions pre").TextContent);

        page.ButtonNamed("Restore: As delivered").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Restore").Click();
        page.WaitForAssertion(() => Assert.Equal("It is back, as version 2.", desk.LastToast));
        page.WaitForAssertion(() => Assert.Equal("You received {{credit.amount}} of store credit", page.Labelled("Subject").GetAttribute("value")));
    }

    [Fact]
    public async Task What_somebody_else_saved_meanwhile_is_shown_only_when_the_person_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Open(desk);
        page.WaitForElement(".mail-plain");
        page.Labelled("Body").Change("<p>Mine</p>");
        var other = new SaveMailTextRequest { Kind = MailKind.CreditReceived, Subject = "Theirs", Body = "<p>Theirs</p>" };
        Assert.True((await database.Get<MailTextService>().SaveAsync(TestDatabase.Robot, OperationKey.ForForm(), other)).IsOk);

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Somebody else saved a newer version", page.Find(".form-refusal").TextContent, StringComparison.Ordinal));
        Assert.Equal("Mine\n", page.Find(".mail-plain").TextContent);
        page.ButtonNamed("Show the newest version").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Show the newest version").Click();
        page.WaitForAssertion(() => Assert.Equal("Theirs", page.Labelled("Subject").GetAttribute("value")));
    }

    [Fact]
    public async Task Another_language_begins_with_what_its_customers_get_and_leaving_asks()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Open(desk, "?language=pt-BR");
        Assert.Contains("No text in Portuguese (Brazil).", page.WaitForElement(".mail-text-state").TextContent, StringComparison.Ordinal);
        page.Labelled("Subject").Change("Recebeu {{credit.amount}}");

        page.Labelled("Language").Change("de");
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Cancel").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".dialog-text")));
        Assert.EndsWith("?language=pt-BR", desk.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("The text is saved as version 1.", desk.LastToast));
        page.WaitForAssertion(() => Assert.Contains("Version 1", page.Find(".mail-text-state").TextContent, StringComparison.Ordinal));
        var list = desk.Show<MailTextsPage>("messages/texts");
        list.WaitForElement("tbody tr");
        Assert.Equal("messages/texts/credit-received?language=pt-BR", list.FindAll("tbody a").Single(link => link.GetAttribute("aria-label")!.EndsWith("in Portuguese (Brazil)", StringComparison.Ordinal)).GetAttribute("href"));
        Assert.Equal(MailNames.Kinds.Count + 1, list.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task A_test_that_cannot_go_says_why_and_an_address_without_an_e_mail_says_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = Open(desk);
        page.WaitForElement(".mail-plain");

        page.ButtonNamed("Send me a test").Click();

        page.WaitForAssertion(() => Assert.Equal("You have no e-mail address here, so nothing can be sent to you.", desk.LastToast));
        Assert.Contains("No such e-mail", desk.Show<MailTextPage>("messages/texts/nonsense", (nameof(MailTextPage.Name), "nonsense")).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_e_mail_offers_what_its_text_may_hold_and_nothing_else()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        foreach (var kind in MailNames.Kinds)
        {
            var page = desk.Show<MailTextPage>($"messages/texts/{MailNames.Of(kind)}", (nameof(MailTextPage.Name), MailNames.Of(kind)));
            page.WaitForElement(".mail-plain");
            var offered = page.FindAll(".mail-fields button[data-insert]").Where(button => button.Closest(".mail-field-of") is null).Select(button => button.GetAttribute("data-insert"));

            Assert.Null(new MailRenderer().Problem(kind, new MailText("S", $"<p>x {string.Join(' ', offered)}</p>")));
        }
    }

    [Fact]
    public async Task The_parts_of_the_messages_have_addresses_of_their_own()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<MailSettingsPage>("messages/settings");

        Assert.Equal(
            ["E-mails messages", "E-mail texts messages/texts", "Settings messages/settings page", "To other systems messages/outgoing"],
            page.FindAll(".tab-link").Select(link => $"{link.TextContent} {link.GetAttribute("href")} {link.GetAttribute("aria-current")}".Trim()));
    }

    private static IRenderedComponent<IComponent> Open(StaffDesk desk, string query = "") => desk.Show<MailTextPage>($"messages/texts/{Name}{query}", (nameof(MailTextPage.Name), Name));
}
