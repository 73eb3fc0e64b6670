using Bunit;
using StoreCreditAdmin.Components.Pages.Audit;
using StoreCreditAdmin.Domain.Audit;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.Audit;

public sealed class AuditPageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_line_opens_to_its_values_before_and_after()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, new AuditEntry(Noon, TestDatabase.Robot.Actor, "store.change") { Subject = "Main", OldValues = """{"name":"Main"}""", NewValues = """{"name":"<i>Shop</i>"}""" });
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);
        var page = desk.Show<AuditPage>("audit");
        page.WaitForElement("table");

        page.ButtonNamed("Values of Store: change").Click();

        page.WaitForAssertion(() => Assert.Equal(["name", "Main", "<i>Shop</i>"], page.Find(".audit-changes tbody tr").Children.Select(cell => cell.TextContent)));
        Assert.Equal("true", page.ButtonNamed("Values of Store: change").GetAttribute("aria-expanded"));
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_the_download_alike()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(
            database,
            new AuditEntry(Noon, TestDatabase.Robot.Actor, "credit.issue") { Subject = "Ada" },
            new AuditEntry(Noon.AddMinutes(1), TestDatabase.Robot.Actor, "credit.issue") { Subject = "Bea", RefusalCode = "cap-exceeded", Note = "Too much." });
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);
        var page = desk.Show<AuditPage>("audit");
        page.WaitForElement("table");
        Assert.Equal(2, page.FindAll("tbody tr").Count);

        page.Labelled("Outcome").Change("refused");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        Assert.Equal(["2026-11-22 12:01", "test System", "Credit: issue", "Bea", "Too much.", "Refused cap exceeded"], page.Row("2026-11-22")![..6]);
        Assert.Equal("exports/audit.csv?outcome=refused", page.Find("a[download]").GetAttribute("href"));

        page.Labelled("To what").Change("ada");
        page.WaitForAssertion(() => Assert.Equal("Nothing matches", page.Find(".state-title").TextContent));
        Assert.Equal("audit", page.Find(".filter-clear").GetAttribute("href"));
    }

    [Fact]
    public async Task A_long_audit_goes_on_where_the_page_ends()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, [.. Enumerable.Range(0, 51).Select(number => new AuditEntry(Noon.AddMinutes(number), TestDatabase.Robot.Actor, "credit.issue") { Subject = $"thing {number}" })]);
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Accountant);
        var page = desk.Show<AuditPage>("audit");
        page.WaitForElement("table");
        Assert.Equal(50, page.FindAll("tbody tr").Count);

        var next = desk.Show<AuditPage>(page.FindAll(".pager a").Single().GetAttribute("href")!);

        next.WaitForAssertion(() => Assert.Equal("thing 0", next.Row("2026-11-22")![3]));
        Assert.Contains("Newest", Assert.Single(next.FindAll(".pager a")).TextContent, StringComparison.Ordinal);
    }

    private static async Task AddAsync(TestDatabase database, params AuditEntry[] entries)
    {
        await using var db = database.Open();
        db.AuditEntries.AddRange(entries);
        await db.SaveChangesAsync();
    }
}
