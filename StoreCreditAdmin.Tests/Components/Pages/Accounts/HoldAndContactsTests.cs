using Bunit;
using StoreCreditAdmin.Components.Pages.Accounts;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Accounts;

public sealed class HoldAndContactsTests
{
    [Fact]
    public async Task A_hold_needs_a_reason_and_is_shown_until_it_is_lifted()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<UserPage>($"users/{account.PublicId}", (nameof(UserPage.Id), account.PublicId));
        page.WaitForElement(".tab-bar");

        page.ButtonNamed("Put on hold").Click();
        page.WaitForElement("form");
        page.Labelled("Note").Change("Chargeback");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Choose a reason.", page.ErrorAt("Reason")));
        page.Labelled("Reason").Change("fraud");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("On hold since 2026-11-22 12:00 UTC by Test Manager: Fraud . Chargeback", PageSearch.Words(page.Find(".hold-note"))));

        page.ButtonNamed("Lift hold").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Lift hold").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".hold-note")));
        page.ButtonNamed("Put on hold");
    }

    [Fact]
    public async Task An_agent_sees_a_hold_but_can_neither_set_nor_lift_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<UserPage>($"users/{account.PublicId}", (nameof(UserPage.Id), account.PublicId));

        page.WaitForElement(".tab-bar");

        Assert.DoesNotContain("hold", string.Join(' ', page.FindAll("button").Select(button => button.TextContent)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_switch_takes_effect_at_once_and_goes_back_when_it_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync("Engines Ltd", AccountKind.Company);
        var contact = await database.AddContactAsync(account, mayUseCredit: false);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<UserPage>($"users/{account.PublicId}?tab=contacts", (nameof(UserPage.Id), account.PublicId));
        var allow = page.WaitForElement("input[role=switch]");
        Assert.Equal(page.Find($"#contact-{contact.PublicId}").Id, allow.GetAttribute("aria-describedby"));

        allow.Change(true);
        page.WaitForAssertion(() => Assert.True(page.Find("input[role=switch]").HasAttribute("checked")));
        await using (var db = database.Open())
        {
            Assert.True((await db.Contacts.FindAsync(contact.Id))!.MayUseCredit);
        }

        await desk.DisableAsync();
        page.Find("input[role=switch]").Change(false);
        page.WaitForAssertion(() => Assert.Equal("Your sign-in is no longer valid. Sign in again.", desk.LastToast));
        Assert.True(page.Find("input[role=switch]").HasAttribute("checked"));
    }

    [Fact]
    public async Task Contacts_are_added_and_edited_and_a_taken_address_is_refused_at_its_field()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<UserPage>($"users/{account.PublicId}?tab=contacts", (nameof(UserPage.Id), account.PublicId));
        page.WaitForElement(".state-empty");

        page.ButtonNamed("person_addAdd contactn").Click();
        page.WaitForElement("form");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Write a name.", page.ErrorAt("Name")));
        page.Labelled("Name").Change("Grace Hopper");
        page.Labelled("E-mail").Change("grace");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Write an e-mail address such as ada@example.com.", page.ErrorAt("E-mail")));
        page.Labelled("E-mail").Change("grace@example.com");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(["Grace Hopper", "grace@example.com"], page.Row("Grace Hopper")![..2]));

        page.ButtonNamed("Edit Grace Hopper").Click();
        page.WaitForElement("form");
        page.Labelled("Phone").Change("+1 555 0100");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("+1 555 0100", page.Row("Grace Hopper")![2]));
    }

    [Fact]
    public async Task A_new_card_number_takes_the_place_of_the_old_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<UserPage>($"users/{account.PublicId}?tab=contacts", (nameof(UserPage.Id), account.PublicId));
        page.WaitForElement(".tab-bar");
        var before = page.Find(".card-number").TextContent;

        page.ButtonNamed("Re-issue card number").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Re-issue").Click();

        page.WaitForAssertion(() => Assert.Matches("^([0-9A-Z]{4} ){3}[0-9A-Z]{4}$", page.Find(".card-number").TextContent));
        Assert.NotEqual(before, page.Find(".card-number").TextContent);
    }
}
