using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Exports;

public sealed class CreditExportTests(CreditExportTests.FilledApp filled) : IClassFixture<CreditExportTests.FilledApp>
{
    /// <summary>A store of these tests alone, whatever else the application has.</summary>
    private const string Store = "exported";

    [Fact]
    public async Task The_file_has_one_row_a_credit_and_adds_up_to_the_totals()
    {
        using var accountant = await filled.App.ClientOfAsync(Roles.Accountant);

        using var answer = await accountant.GetAsync("exports/credits.csv?store=" + Store);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var rows = CsvTable.RowsOf(bytes);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Matches(@"^credits-\d{4}-\d\d-\d\d\.csv$", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(filled.Issued, rows.Select(row => row["Credit"]).ToHashSet());
        Assert.Equal(filled.Issued.Count, rows.Count);
        foreach (var total in filled.Totals.EnumerateArray())
        {
            var ofCurrency = rows.Where(row => row["Currency"] == total.GetProperty("currency").GetString()).ToList();
            Assert.Equal(total.GetProperty("credited").GetString(), Sum(ofCurrency, "Credited"));
            Assert.Equal(total.GetProperty("remaining").GetString(), Sum(ofCurrency, "Remaining"));
        }
    }

    [Theory]
    [InlineData("type=goodwill", 1)]
    [InlineData("currency=JPY", 1)]
    [InlineData("status=invalidated", 1)]
    [InlineData("status=expired", 0)]
    [InlineData("expiresBefore=2099-06-01", 1)]
    public async Task The_file_follows_the_filter_of_the_page(string query, int count)
    {
        using var agent = await filled.App.ClientOfAsync(Roles.Agent);

        Assert.Equal(count, CsvTable.RowsOf(await agent.GetByteArrayAsync($"exports/credits.csv?store={Store}&{query}")).Count);
    }

    [Fact]
    public async Task What_people_wrote_is_text_in_a_spreadsheet_and_amounts_are_numbers()
    {
        using var agent = await filled.App.ClientOfAsync(Roles.Agent);

        var text = await agent.GetStringAsync("exports/credits.csv?sort=issuedOn&store=" + Store);
        var rows = CsvTable.RowsOf(Encoding.UTF8.GetBytes(text));

        Assert.Equal(["'=cmd|' /C calc'!A0", "Siobhán \"O’Neil\", 山田"], rows.Select(row => row["Account name"]).Distinct());
        Assert.Equal(["'-5% off", "'@all\r\nsecond line", "<b>1,5</b>", ""], rows.Select(row => row["Memo"]));
        Assert.Equal(["1000.50", "250", "10.00", "0.01"], rows.Select(row => row["Credited"]));
        Assert.All(rows, row => Assert.Matches(@"^\d{4}-\d\d-\d\d$", row["Issued on"]));
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_workbook_says_what_the_text_file_says()
    {
        using var accountant = await filled.App.ClientOfAsync(Roles.Accountant);
        const string Query = "?sort=-credited&store=" + Store;

        var text = CsvTable.RowsOf(await accountant.GetByteArrayAsync("exports/credits.csv" + Query));
        using var answer = await accountant.GetAsync("exports/credits.xlsx" + Query);
        var sheet = SheetTable.RowsOf(await answer.Content.ReadAsByteArrayAsync());

        Assert.Matches(@"^credits-\d{4}-\d\d-\d\d\.xlsx$", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(text.Count, sheet.Count);
        Assert.All(text.Zip(sheet), rows => Assert.Equal(
            rows.First.Select(cell => (cell.Key, cell.Value.ReplaceLineEndings("\n"))),
            rows.Second.Select(cell => (cell.Key, SheetTable.TextOf(cell.Value, like: rows.First[cell.Key])))));
        Assert.All(sheet, row => Assert.IsType<double>(row["Credited"]));
    }

    [Fact]
    public async Task Who_is_not_signed_in_gets_no_file()
    {
        using var answer = await filled.App.Client.GetAsync("exports/credits.csv");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/account/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_says_who_took_which_list()
    {
        using var accountant = await filled.App.ClientOfAsync(Roles.Accountant);

        _ = await accountant.GetByteArrayAsync("exports/credits.csv?type=promotion&nonsense=1");

        using var database = new SqliteConnection($"Data Source={filled.App.DatabasePath};Mode=ReadOnly");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT Subject, NewValues, ActorKind FROM AuditEntries WHERE Action = 'export.credits' ORDER BY Id DESC LIMIT 1";
        using var line = command.ExecuteReader();
        Assert.True(line.Read());
        Assert.Equal(("credits", """{"type":"promotion"}""", 1), (line.GetString(0), line.GetString(1), line.GetInt32(2)));
    }

    private static string Sum(IEnumerable<Dictionary<string, string>> rows, string column) =>
        rows.Sum(row => decimal.Parse(row[column], CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The application with two accounts of hostile names and four credits.</summary>
    public sealed class FilledApp : IAsyncLifetime
    {
        public RunningApp App { get; private set; } = null!;

        public HashSet<string> Issued { get; } = [];

        public JsonElement Totals { get; private set; }

        public async Task InitializeAsync()
        {
            App = await RunningApp.StartAsync();
            var key = await App.CreateApiKeyAsync("read,credits,admin");
            App.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
            await PostAsync("stores", new { code = Store, name = "Exported", currency = "USD", timeZone = "UTC" }, "code");
            var first = await PostAsync("accounts", new { name = "=cmd|' /C calc'!A0", kind = "person" });
            var second = await PostAsync("accounts", new { name = "Siobhán \"O’Neil\", 山田", kind = "person" });
            await IssueAsync(first, "1000.50", "USD", "store-credit", "-5% off", "2099-01-01");
            await IssueAsync(first, "250", "JPY", "store-credit", "@all\r\nsecond line");
            await IssueAsync(second, "10.00", "USD", "goodwill", "<b>1,5</b>");
            var wrong = await IssueAsync(second, "0.01", "EUR", "store-credit", null);
            await PostAsync($"credits/{wrong}/invalidate", new { reason = "fraud" });
            Totals = (await App.Client.GetFromJsonAsync<JsonElement>("api/v1/credits?store=" + Store)).GetProperty("totals");
            App.Client.DefaultRequestHeaders.Authorization = null;
        }

        public async Task DisposeAsync() => await App.DisposeAsync();

        private async Task<string> IssueAsync(string account, string amount, string currency, string type, string? memo, string? expiresOn = null)
        {
            var credit = await PostAsync($"accounts/{account}/credits", new { store = Store, amount = new { amount, currency }, type, memo, expiresOn });
            Issued.Add(credit);
            return credit;
        }

        private async Task<string> PostAsync(string path, object body, string id = "id")
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/" + path) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            using var answer = await App.Client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonDocument.Parse(text).RootElement.GetProperty(id).GetString()!;
        }
    }
}
