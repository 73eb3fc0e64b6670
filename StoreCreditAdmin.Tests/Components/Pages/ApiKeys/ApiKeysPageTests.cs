using Bunit;
using StoreCreditAdmin.Components.Pages.ApiKeys;
using StoreCreditAdmin.Features.ApiKeys;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.ApiKeys;

public sealed class ApiKeysPageTests
{
    [Fact]
    public async Task A_key_is_created_with_scopes_shown_once_and_revoked()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<ApiKeysPage>();
        page.WaitForElement(".state-empty");

        page.ButtonNamed("Create key").Click();
        page.WaitForElement("form");
        page.Labelled("Name").Change("Web shop");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.EndsWith("Choose at least one scope.", page.Find(".field-error").TextContent, StringComparison.Ordinal));
        page.Labelled("read").Change(true);
        page.Labelled("checkout").Change(true);
        await page.Find("form").SubmitAsync();

        var secret = page.WaitForElement(".secret code").TextContent;
        Assert.StartsWith("sca_", secret, StringComparison.Ordinal);
        Assert.Equal(secret, page.Find("button[data-copy]").GetAttribute("data-copy"));
        page.ButtonNamed("I have copied it").Click();
        page.WaitForAssertion(() => Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal));
        Assert.Equal(["Web shop", secret[..10], "read, checkout"], page.Row("Web shop")![..3]);

        page.ButtonNamed("Revoke Web shop").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Revoke").Click();
        page.WaitForAssertion(() => Assert.EndsWith("Test Administrator", page.Row("Web shop")![4], StringComparison.Ordinal));
        Assert.Empty(page.FindAll("tbody button"));
        Assert.NotNull(Assert.Single((await database.Get<ApiKeyService>().ListAsync(TestDatabase.Robot, new PageRequest())).Items).RevokedAt);
    }
}
