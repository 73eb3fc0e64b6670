using Bunit;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Components.Pages.Accounts;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Accounts;

public sealed class LanguageTests
{
    [Fact]
    public async Task The_language_that_a_customer_is_written_in_is_set_on_their_page()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Agent);
        var page = desk.Show<UserPage>($"users/{account.PublicId}", (nameof(UserPage.Id), account.PublicId));
        page.WaitForAssertion(() => Assert.Contains("The store's", page.Find(".user-facts").TextContent, StringComparison.Ordinal));

        page.ButtonNamed("Change the language").Click();
        page.WaitForElement(".rz-dialog form");
        page.Labelled("Language").Change("pt-BR");
        await page.Find(".rz-dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("The language is saved.", desk.LastToast));
        page.WaitForAssertion(() => Assert.Contains("Portuguese (Brazil)", page.Find(".user-facts").TextContent, StringComparison.Ordinal));
        await using var db = database.Open();
        Assert.Equal("pt-BR", (await db.Accounts.SingleAsync(one => one.Id == account.Id)).Language);
    }
}
