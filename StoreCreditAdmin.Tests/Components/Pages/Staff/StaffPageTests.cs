using Bunit;
using StoreCreditAdmin.Components.Pages.Staff;
using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Features.Staff;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Staff;

public sealed class StaffPageTests
{
    [Fact]
    public async Task Somebody_is_invited_and_their_link_shown_to_copy()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<StaffPage>();
        page.WaitForElement("table");

        page.ButtonNamed("Invite").Click();
        page.WaitForElement("form");
        page.Labelled("Name").Change("Eve <b>O'Neil</b>");
        page.Labelled("E-mail").Change("eve");
        page.Labelled("Role").Change(Roles.Agent);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Write an e-mail address such as ada@example.com.", page.ErrorAt("E-mail")));
        page.Labelled("E-mail").Change("eve@shop.example");
        await page.Find("form").SubmitAsync();

        var link = page.WaitForElement(".secret code").TextContent;
        Assert.Equal(link, page.Find("button[data-copy]").GetAttribute("data-copy"));
        Assert.Equal(new InvitedPerson("Eve <b>O'Neil</b>", "eve@shop.example", IsNew: true), await database.Get<StaffLinks>().PersonOfAsync(link[(link.LastIndexOf('/') + 1)..]));
        Assert.Equal(["Eve <b>O'Neil</b> eve@shop.example", "Agent", "Invited"], page.Row("Eve")![..3]);
    }

    [Fact]
    public async Task A_role_is_changed_and_a_person_disabled_and_enabled()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.SignInNewAsync("Eve", Roles.Agent);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<StaffPage>();
        page.WaitForElement("table");

        page.ButtonNamed("Change role of Eve").Click();
        page.WaitForElement("form");
        page.Labelled("Role").Change(Roles.Manager);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Manager", page.Row("Eve")![1]));

        page.ButtonNamed("Disable Eve").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Disable").Click();
        page.WaitForAssertion(() => Assert.Equal(("Disabled", "Enable"), (page.Row("Eve")![2], page.Row("Eve")![4])));

        page.ButtonNamed("Enable Eve").Click();
        page.WaitForAssertion(() => Assert.Equal("Active", page.Row("Eve")![2]));
    }

    [Fact]
    public async Task One_s_own_row_offers_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<StaffPage>();

        page.WaitForElement("table");

        Assert.Equal("You", page.Row("Test Administrator")![4]);
        Assert.Empty(page.FindAll("tbody button"));
    }

    [Fact]
    public async Task A_page_whose_person_was_disabled_meanwhile_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.SignInNewAsync("Eve", Roles.Agent);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<StaffPage>();
        page.WaitForElement("table");

        await desk.DisableAsync();
        page.ButtonNamed("Change role of Eve").Click();
        page.WaitForElement("form");
        page.Labelled("Role").Change(Roles.Administrator);
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Your sign-in is no longer valid. Sign in again.", page.Find(".form-refusal").TextContent));
        Assert.Equal(Roles.Agent, (await database.Get<StaffService>().ListAsync(TestDatabase.Robot)).Single(person => person.Name == "Eve").Role);
    }
}
