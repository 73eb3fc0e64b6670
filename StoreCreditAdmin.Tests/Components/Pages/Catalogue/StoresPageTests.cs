using Bunit;
using StoreCreditAdmin.Components.Pages.Catalogue;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Catalogue;

public sealed class StoresPageTests
{
    [Fact]
    public async Task A_store_is_added_with_its_limit_and_becomes_the_default()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<StoresPage>();
        page.WaitForElement("table");
        Assert.Equal(["Main store Default main", "USD", "UTC", "None", "24 hours"], page.Row("Main store")![..5]);

        page.ButtonNamed("Add store").Click();
        page.WaitForElement("form");
        page.Labelled("Name").Change("Tokyo");
        page.Labelled("Currency").Change("JPY");
        page.Labelled("Time zone").Change("Asia/Tokyo");
        page.Labelled("Limit for one account").Change("1,000.5");
        page.Labelled("Checkout holds credit for (minutes)").Change("2880");
        page.Labelled("Invoices that take credit by themselves").Change("user,  self-storage ,");
        page.Labelled("Default store").Change(true);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("JPY has no decimals. Write a whole number.", page.ErrorAt("Limit for one account")));
        page.Labelled("Limit for one account").Change("500,000");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(["Tokyo Default tokyo", "JPY", "Asia/Tokyo", "500,000 JPY", "2 days"], page.Row("Tokyo")![..5]));
        Assert.Equal("Main store main", page.Row("Main store")![0]);
        var tokyo = (await database.Get<StoreService>().ListAsync(TestDatabase.Robot)).Single(store => store.Code == "tokyo");
        Assert.Equal(["user", "self-storage"], tokyo.AutoInvoiceKinds);
    }

    [Fact]
    public async Task The_default_store_cannot_be_taken_out_of_use()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<StoresPage>();

        page.WaitForElement("table");

        Assert.Empty(page.FindAll("button[aria-label^=Deactivate]"));
    }

    [Fact]
    public async Task Returned_value_gets_days_a_wrong_number_is_refused_and_emptying_takes_them_away()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<StoresPage>();
        page.WaitForElement("table");
        const string Days = "Returned value is good for (days)";
        async Task<int?> SavedAsync() => (await database.Get<StoreService>().ListAsync(TestDatabase.Robot)).Single().ReturnedValueDays;
        void Open()
        {
            page.ButtonNamed("Edit Main store").Click();
            page.WaitForElement("form");
        }

        Open();
        foreach (var (typed, said) in new[] { ("a month", "Write a whole number from 1 to 3650."), ("0", "Write a whole number from 1 to 3650."), ("3651", "Write a whole number from 1 to 3650.") })
        {
            page.Labelled(Days).Change(typed);
            await page.Find("form").SubmitAsync();
            page.WaitForAssertion(() => Assert.Equal(said, page.ErrorAt(Days)));
        }

        page.Labelled(Days).Change("30");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form")));
        Assert.Equal(30, await SavedAsync());
        Open();
        Assert.Equal("30", page.Labelled(Days).GetAttribute("value"));
        page.Labelled(Days).Change("");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form")));
        Assert.Null(await SavedAsync());
    }

    [Fact]
    public async Task A_limit_is_cleared_by_emptying_it_and_shown_as_it_was_typed()
    {
        await using var database = await TestDatabase.CreateAsync();
        _ = (await database.Get<StoreService>().ChangeAsync(TestDatabase.Robot, StoreCreditAdmin.Features.Ledger.OperationKey.ForForm(), "main", new() { CapPerAccount = "1500" })).Value;
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<StoresPage>();
        page.WaitForElement("table");

        page.ButtonNamed("Edit Main store").Click();
        page.WaitForElement("form");
        Assert.Equal("1500.00", page.Labelled("Limit for one account").GetAttribute("value"));
        page.Labelled("Limit for one account").Change("");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("None", page.Row("Main store")![3]));
    }

    [Theory]
    [InlineData("0", "Write a whole number from 1 to 527040.")]
    [InlineData("1.5", "Write a whole number from 1 to 527040.")]
    [InlineData("", "Write a whole number from 1 to 527040.")]
    public async Task Minutes_that_make_no_sense_are_refused_at_their_field(string minutes, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<StoresPage>();
        page.WaitForElement("table");

        page.ButtonNamed("Edit Main store").Click();
        page.WaitForElement("form");
        page.Labelled("Checkout holds credit for (minutes)").Change(minutes);
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(sentence, page.ErrorAt("Checkout holds credit for (minutes)")));
    }
}
