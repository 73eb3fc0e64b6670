using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Components.Pages.Import;
using StoreCreditAdmin.Features.Import;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Import;

public sealed class ImportPageTests
{
    [Fact]
    public async Task A_file_is_recognised_checked_imported_and_listed()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<ImportPage>("import");
        page.WaitForAssertion(() => Assert.Contains("Nothing was imported yet", page.Markup, StringComparison.Ordinal));

        Choose(page, "E-mail;Name\nada@example.com;Ada Byron\n;Nobody\n");
        page.WaitForElement(".column-table");
        Assert.Equal(("1", "0", ""), (page.Labelled("Name").GetAttribute("value"), page.Labelled("E-mail").GetAttribute("value"), page.Labelled("Phone").GetAttribute("value")));
        page.ButtonNamed("Check the file").Click();
        page.WaitForElement(".problems tbody tr");
        Assert.Equal(["1", "0", "1"], page.FindAll(".import-counts dd").Select(one => one.TextContent));
        Assert.Equal("Nobody", page.Find(".problems td.wide").TextContent);
        page.ButtonNamed("Import 1 customer").Click();

        page.WaitForAssertion(() => Assert.Contains("The whole file is imported.", page.Markup, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal(["1", "0", "1"], page.Row("customers.csv")![4..7]));
        await using var db = database.Open();
        Assert.Equal("Ada Byron", (await db.Accounts.SingleAsync()).Name);
    }

    [Theory]
    [InlineData("", "The file is empty. Choose another one.")]
    [InlineData("name,email\n", "The file has a header but no rows. Choose another one.")]
    [InlineData("name,email,Name\n1,2,3\n", "Two columns are named 'Name'. Rename or remove one of them.")]
    [InlineData("name,email\nAda,a@example.com\nBob,\"b@example.com\n", "The quotation mark opened on line 3 is never closed. Close it, or choose the whole file.")]
    [InlineData("name,email\nAda\0,a@example.com\n", "Line 2 holds a NUL character, so this is not a text file in UTF-8. Save it as CSV in UTF-8 and choose it again.")]
    public async Task What_is_wrong_with_the_file_stands_at_its_field(string text, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<ImportPage>("import");

        Choose(page, text);
        page.WaitForAssertion(() => Assert.True(page.FindAll(".field-error, .column-table").Count > 0));
        if (page.FindAll(".column-table").Count > 0)
        {
            page.ButtonNamed("Check the file").Click();
        }

        page.WaitForAssertion(() => Assert.Equal(sentence, page.ErrorAt("CSV file")));
        Assert.Equal("true", page.Labelled("CSV file").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task A_mapping_without_a_name_is_refused_until_a_column_is_chosen_for_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<ImportPage>("import");

        Choose(page, "mail,who\nada@example.com,Ada Byron\n");
        page.WaitForElement(".column-table");
        page.ButtonNamed("Check the file").Click();
        page.WaitForAssertion(() => Assert.Equal("Choose the column that holds the name.", page.Find(".form-refusal").TextContent));
        page.Labelled("Name").Change("1");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".form-refusal")));
        page.ButtonNamed("Check the file").Click();

        page.WaitForElement(".import-counts");
        Assert.Equal("1", page.Find(".import-new dd").TextContent);
    }

    [Fact]
    public async Task Changing_a_column_takes_the_old_check_away()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<ImportPage>("import");
        Choose(page, "name,email\nAda,ada@example.com\n");
        page.WaitForElement(".column-table");
        page.ButtonNamed("Check the file").Click();
        page.WaitForElement(".import-counts");

        page.Labelled("E-mail").Change("");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".import-counts")));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Import 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_import_is_taken_back_after_a_question()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var files = new ImportFiles();
        var run = await database.ImportAsync(await files.SourceAsync(ImportFiles.Customers(3)));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<ImportPage>("import");
        page.WaitForElement("table");

        page.ButtonNamed("Undo the import of customers.csv").Click();
        page.WaitForAssertion(() => Assert.Contains("The 3 accounts that this import added will be removed for good.", page.Markup, StringComparison.Ordinal));
        page.ButtonNamed("Remove the accounts").Click();

        page.WaitForAssertion(() => Assert.Contains("Undone: 3 accounts are removed.", page.Markup, StringComparison.Ordinal));
        Assert.EndsWith($"import?run={run.Id}", desk.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_import_says_what_stays_and_how_to_go_on()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var files = new ImportFiles();
        var run = await database.BeginImportAsync(await files.SourceAsync(ImportFiles.Customers(3)));
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<ImportPage>($"import?run={run.Id}");
        page.WaitForAssertion(() => Assert.Contains("You may leave this page", page.Markup, StringComparison.Ordinal));

        page.ButtonNamed("Stop").Click();

        page.WaitForAssertion(() => Assert.Contains("Stopped by Test Manager. 0 of 3 rows are done and stay. Choose the same file again to go on.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_whose_access_ended_imports_nothing_more()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Manager);
        var page = desk.Show<ImportPage>("import");
        Choose(page, ImportFiles.Customers(3));
        page.WaitForElement(".column-table");
        page.ButtonNamed("Check the file").Click();
        page.WaitForElement(".import-counts");

        await desk.DisableAsync();
        page.ButtonNamed("Import 3 customers").Click();

        page.WaitForAssertion(() => Assert.Equal("Your sign-in is no longer valid. Sign in again.", page.Find(".form-refusal").TextContent));
        await using var db = database.Open();
        Assert.False(await db.Accounts.AnyAsync());
    }

    private static void Choose(IRenderedComponent<IComponent> page, string text) => page.FindComponent<InputFile>()
        .UploadFiles(InputFileContent.CreateFromBinary(Encoding.UTF8.GetBytes(text), "customers.csv"));
}
