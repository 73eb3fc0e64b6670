using Bunit;
using StoreCreditAdmin.Components.Pages.Catalogue;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Catalogue;

public sealed class ReasonsPageTests
{
    [Fact]
    public async Task A_reason_says_when_it_is_offered_and_needs_one_occasion_at_least()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<ReasonsPage>();
        page.WaitForElement("table");
        Assert.Equal("Always", page.Row("Fraud")![1]);

        page.ButtonNamed("Edit Fraud").Click();
        page.WaitForElement("form");
        foreach (var occasion in new[] { "Adding credit", "Changing an amount", "Invalidating credit", "Changing an expiry date", "Putting an account on hold", "Refunding" })
        {
            page.Labelled(occasion).Change(false);
        }

        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.EndsWith("Choose at least one purpose.", page.Find(".field-error").TextContent, StringComparison.Ordinal));
        page.Labelled("Putting an account on hold").Change(true);
        page.Labelled("Invalidating credit").Change(true);
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Invalidating credit, putting an account on hold", page.Row("Fraud")![1]));
    }

    [Fact]
    public async Task A_reason_is_added_and_taken_out_of_use()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<ReasonsPage>();
        page.WaitForElement("table");

        page.ButtonNamed("Add reason").Click();
        page.WaitForElement("form");
        page.Labelled("Name").Change("Wrong item");
        page.Labelled("Refunding").Change(true);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(["Wrong item wrong-item", "Refunding"], page.Row("Wrong item")![..2]));
        page.ButtonNamed("Deactivate Wrong item").Click();
        page.WaitForElement(".dialog-text");
        page.ButtonNamed("Deactivate").Click();

        page.WaitForAssertion(() => Assert.Equal("Wrong item Inactive wrong-item", page.Row("Wrong item")![0]));
    }
}
