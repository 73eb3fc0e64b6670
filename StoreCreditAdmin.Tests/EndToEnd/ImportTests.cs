using System.Text;
using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

[Collection(EndToEndTests.Name)]
public sealed class ImportTests(Browser browser) : IAsyncLifetime
{
    private const float Patience = 120_000;

    private RunningApp app = null!;

    public async Task InitializeAsync() => app = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_manager_imports_all_customers_of_the_sample_finds_them_and_takes_them_back()
    {
        var page = await OpenAsync();
        await using var context = page.Context;
        await page.AssertAccessibleAsync();

        await ChooseAsync(page.GetByText("Recognised as Online Retail sample."), () => page.GetByLabel("CSV file").SetInputFilesAsync(Repository.SampleCustomers));
        await Expect(page.GetByLabel("External id")).ToHaveValueAsync("0");
        await page.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var import = page.GetByRole(AriaRole.Button, new() { Name = "Import 4,372 customers" });
        await Expect(import).ToBeVisibleAsync(new() { Timeout = Patience });
        await page.AssertAccessibleAsync();

        await import.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("The whole file is imported.")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(page.Locator(".import-new dd")).ToHaveTextAsync("4,372");
        await page.AssertAccessibleAsync();

        await page.GotoAsync("users?q=" + Uri.EscapeDataString("Örkény"));
        await Expect(page.GetByText("François Örkény").First).ToBeVisibleAsync();

        await page.GotoAsync("import");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo the import of customers.csv" }).ClickAsync();
        await page.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the accounts" }).ClickAsync();
        await Expect(page.GetByText("Undone: 4,372 accounts are removed.")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "customers.csv" })).ToContainTextAsync("Undone");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task Wrong_rows_are_named_and_can_be_taken_away_as_a_file(int width)
    {
        var page = await OpenAsync(width);
        await using var context = page.Context;
        var rows = string.Concat(Enumerable.Range(1, 60).Select(number => $"{number},,not an address\n"));

        await ChooseAsync(page, "external_id,name,email\n77,Ada,ada@example.com\n" + rows);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import 1 customer" })).ToBeVisibleAsync();
        await Expect(page.GetByText("There is no name. Write one. E-mail: Write an e-mail address such as ada@example.com.").First).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Last page" }).ClickAsync();
        await Expect(page.GetByText("51–60 of 60 wrong rows")).ToBeVisibleAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download the wrong rows as CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal(61, lines.Length);
        Assert.Equal("Line,Customer,Problem", lines[0]);
        Assert.StartsWith("62,not an address,", lines[^1], StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Import 1 customer" }).EvaluateAsync("button => { for (let i = 0; i < 20; i++) button.click(); }");
        await Expect(page.GetByText("The whole file is imported.")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(page.GetByText("1 import", new() { Exact = true })).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_file_of_200_MB_is_refused_at_its_field_before_it_is_sent()
    {
        var page = await OpenAsync();
        await using var context = page.Context;
        var path = Path.Combine(Path.GetTempPath(), $"storecredit-large-{Guid.NewGuid():N}.csv");
        await using (var large = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose, Share = FileShare.ReadWrite | FileShare.Delete }))
        {
            large.SetLength(200L * 1024 * 1024);
            var refusal = page.GetByRole(AriaRole.Alert).GetByText("The file has 200 MB; at most 50 MB are taken. Split it, and give each part the header.");
            await ChooseAsync(refusal, () => page.GetByLabel("CSV file").SetInputFilesAsync(path));
        }

        await page.AssertAccessibleAsync();
        await ChooseAsync(page, "external_id,name\n1,Ada\n");
        await Expect(page.GetByText("Recognised as StoreCreditAdmin customers.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_agent_sees_neither_the_page_nor_its_downloads()
    {
        using var client = await app.ClientOfAsync(Roles.Agent);

        using var page = await client.GetAsync("import");
        using var problems = await client.GetAsync($"import/problems/{Guid.NewGuid()}");

        Assert.NotEqual(System.Net.HttpStatusCode.OK, page.StatusCode);
        Assert.NotEqual(System.Net.HttpStatusCode.OK, problems.StatusCode);
    }

    /// <summary>The page when all of it is there, the field for files too.</summary>
    private async Task<IPage> OpenAsync(int width = 1280)
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app, "import", width);
        await Expect(page.GetByText("Nothing was imported yet")).ToBeVisibleAsync();
        return page;
    }

    private static Task ChooseAsync(IPage page, string text) => ChooseAsync(
        page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }),
        () => page.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload { Name = "customers.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) }));

    /// <summary>Chooses again where the page was not listening to its field yet.</summary>
    /// <param name="shown">What is there once it took the file.</param>
    private static Task ChooseAsync(ILocator shown, Func<Task> choose) => DeskSteps.UntilItHoldsAsync(async () =>
    {
        await choose();
        await Expect(shown).ToBeVisibleAsync(new() { Timeout = 5000 });
    });
}
