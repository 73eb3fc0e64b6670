using Bunit;
using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Pages.Catalogue;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Catalogue;

public sealed class TypesPageTests
{
    [Fact]
    public async Task A_type_is_added_with_the_code_that_its_name_proposes()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<TypesPage>();
        page.WaitForElement("table");

        page.ButtonNamed("Add type").Click();
        page.WaitForElement("form");
        page.Labelled("Name").Change("Crème brûlée (2026)");
        page.Labelled("Priority").Change("7");
        page.Labelled("Expires by itself").Change("after-days");
        page.Labelled("Number of days").Change("90");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Crème brûlée (2026)", page.Find("table").TextContent, StringComparison.Ordinal));
        var type = (await database.Get<CreditTypeService>().ListAsync(TestDatabase.Robot)).Single(one => one.Code == "creme-brulee-2026");
        Assert.Equal((7, 90, false, true), (type.Priority, type.DefaultExpiry.Days, type.PaidFor, type.Active));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_the_form_stays_open()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<TypesPage>();
        page.WaitForElement("table");

        page.ButtonNamed("Add type").Click();
        page.WaitForElement("form");
        page.Labelled("Name").Change("Goodwill");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("The code 'goodwill' is taken. Choose another.", page.ErrorAt("Code")));
        page.Labelled("Priority").Change("high");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Write a whole number from 0 to 1000.", page.ErrorAt("Priority")));
        page.Labelled("Priority").Change("3");
        page.Labelled("Code").Change("kindness");
        page.Labelled("Expires by itself").Change("on-date");
        page.Labelled("Last good day").Change("2026-11-21");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("The last good day is over. Choose 2026-11-22 or later.", page.ErrorAt("Expires by itself")));
        page.Labelled("Credit of this type may expire").Change(false);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form")));
        Assert.Contains("May not expire", page.FindAll("tr").Single(row => row.TextContent.Contains("kindness", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_of_two_people_who_edit_one_type_is_told()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<TypesPage>();
        page.WaitForElement("table");
        page.ButtonNamed("Edit Goodwill").Click();
        page.WaitForElement("form");

        _ = (await database.Get<CreditTypeService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "goodwill", new() { Priority = 4 })).Value;
        page.Labelled("Name").Change("Kindness");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.StartsWith("Somebody else changed this meanwhile.", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal));
        page.ButtonNamed("Cancel").Click();
        page.WaitForAssertion(() => Assert.Equal("4", page.Row("Goodwill")![1]));
    }

    [Fact]
    public async Task A_type_is_deactivated_after_a_question_and_marked()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<TypesPage>();
        page.WaitForElement("table");

        page.ButtonNamed("Deactivate Promotion").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Deactivate").Click();
        page.WaitForAssertion(() => Assert.StartsWith("Promotion Inactive", page.Row("Promotion")![0], StringComparison.Ordinal));
        page.ButtonNamed("Activate Promotion").Click();

        page.WaitForAssertion(() => Assert.Equal("Promotion promotion", page.Row("Promotion")![0]));
    }

    [Fact]
    public async Task Whoever_may_no_longer_is_told_and_nothing_changes()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<TypesPage>();
        page.WaitForElement("table");
        page.ButtonNamed("Edit Goodwill").Click();
        page.WaitForElement("form");

        await desk.DisableAsync();
        page.Labelled("Name").Change("Kindness");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Your sign-in is no longer valid. Sign in again.", page.Find("form [role=alert]").TextContent));
        Assert.DoesNotContain(await database.Get<CreditTypeService>().ListAsync(TestDatabase.Robot), type => type.Name == "Kindness");
    }
}
