using Microsoft.Playwright;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using static Microsoft.Playwright.Assertions;

namespace StoreCreditAdmin.Tests.EndToEnd;

[Collection(EndToEndTests.Name)]
public sealed class StatementTests(Browser browser) : IAsyncLifetime
{
    private const float Patience = 60_000;

    private RunningApp app = null!;

    public async Task InitializeAsync() => app = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_manager_reads_a_statement_fetches_it_and_makes_those_of_all_accounts()
    {
        var page = await browser.OpenAsAsync(Roles.Manager, app, "users");
        await using var context = page.Context;
        await page.AddUserAsync("Marie Curie", "marie@radium.example");
        await page.AddCreditAsync("100", memo: "Late parcel");

        await page.GetByRole(AriaRole.Link, new() { Name = "Statements", Exact = true }).Last.ClickAsync();
        await Expect(page.RowWith("Closing balance")).ToContainTextAsync("100.00");
        await Expect(page.RowWith("Late parcel")).ToContainTextAsync("+100.00");
        await page.CheckPageAsync();
        await page.GetByLabel("Wording").SelectOptionAsync("customer");
        await Expect(page.RowWith("Late parcel")).ToHaveCountAsync(0);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download as PDF" }).ClickAsync());
        using (var pdf = new PdfFile(await File.ReadAllBytesAsync(await download.PathAsync())))
        {
            Assert.Contains("Marie Curie", string.Concat(await pdf.PagesAsync()), StringComparison.Ordinal);
        }

        await page.GotoAsync("accounting/statements");
        await page.GetByLabel("Period").SelectOptionAsync("This month");
        await page.CheckPageAsync();
        await page.Button("Make statements").ClickAsync();
        await Expect(page.GetByText("1 statement is ready.")).ToBeVisibleAsync(new() { Timeout = Patience });
        await page.CheckPageAsync();
        var zip = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { NameRegex = new("^download ?ZIP|^ZIP") }).First.ClickAsync());
        Assert.EndsWith(".zip", zip.SuggestedFilename, StringComparison.Ordinal);
    }
}
