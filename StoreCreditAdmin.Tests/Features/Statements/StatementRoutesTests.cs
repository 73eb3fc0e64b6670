using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Statements;

public sealed class StatementRoutesTests(StatementRoutesTests.FilledApp filled) : IClassFixture<StatementRoutesTests.FilledApp>
{
    [Fact]
    public async Task The_contract_s_fields_are_there_and_add_up()
    {
        var reply = await filled.GetAsync($"accounts/{filled.Account}/statement?store=main&currency=USD&from={filled.Today}&to={filled.Today}&format=json");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var json = reply.Json;
        Assert.Equal(
            (filled.Account, "main", "USD", filled.Today, filled.Today, "0.00", "60.50", "0.00"),
            (json.GetProperty("account").GetString(), Text("store"), Text("currency"), Text("from"), Text("to"), Text("openingBalance"), Text("closingBalance"), Text("authorized")));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("nextExpiry").ValueKind);
        Assert.Matches("^[0-9a-f]{64}$", Text("ledgerHead"));
        Assert.Equal(
            ["1 issue Added 100.50 100.50", "2 adjust Adjustment -40.00 60.50"],
            json.GetProperty("lines").EnumerateArray().Select(line => string.Join(' ', new[] { "seq", "kind", "label", "amount", "balance" }.Select(name => line.GetProperty(name).ToString()))));
        Assert.All(json.GetProperty("lines").EnumerateArray(), line => Assert.Equal(filled.Today, line.GetProperty("effectiveOn").GetString()));
        Assert.All(json.GetProperty("lines").EnumerateArray(), line => Assert.EndsWith("Z", line.GetProperty("recordedAt").GetString(), StringComparison.Ordinal));

        string Text(string name) => json.GetProperty(name).GetString()!;
    }

    [Theory]
    [InlineData("format=xml", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("format=PDF", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("from=2026-13-01", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("from=22.11.2026", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("from=2020-02-02&to=2020-02-01", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("from=2999-01-01", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("view=owner", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("paper=papyrus&format=pdf", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("store=nowhere", HttpStatusCode.UnprocessableEntity, "store-unknown")]
    [InlineData("currency=GOLD&format=pdf", HttpStatusCode.UnprocessableEntity, "currency-unknown")]
    [InlineData("from=1970-01-01&currency=JPY", HttpStatusCode.OK, null)]
    public async Task Bad_input_is_refused_in_words(string query, HttpStatusCode status, string? code)
    {
        var reply = await filled.GetAsync($"accounts/{filled.Account}/statement?{query}");

        Assert.Equal((status, code), (reply.Status, reply.Status == HttpStatusCode.OK ? null : reply.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_key_is_needed_and_the_account_must_be_there()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await filled.GetAsync($"accounts/{filled.Account}/statement", key: "")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await filled.GetAsync($"accounts/{filled.Account}/statement", key: filled.CheckoutKey)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await filled.GetAsync($"accounts/{Guid.NewGuid()}/statement?format=pdf")).Status);
    }

    [Fact]
    public async Task The_three_formats_say_the_same_and_staff_get_them_by_links()
    {
        using var accountant = await filled.App.ClientOfAsync(Roles.Accountant);
        var link = $"exports/statement?account={filled.Account}&store=main&currency=USD&from={filled.Today}&to={filled.Today}";

        using var answer = await accountant.GetAsync(link + "&format=pdf&paper=letter");
        using var pdf = new PdfFile(await answer.Content.ReadAsByteArrayAsync());
        var rows = CsvTable.RowsOf(await accountant.GetByteArrayAsync(link + "&format=csv"));
        var json = JsonDocument.Parse(await accountant.GetStringAsync(link + "&format=json")).RootElement;

        Assert.Equal(("application/pdf", "no-store"), (answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.ToString()));
        Assert.Equal($"statement-main-USD-{filled.Today}-{filled.Today}.pdf", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        await pdf.AssertSoundAsync();
        var text = string.Concat(await pdf.PagesAsync());
        Assert.Equal(["0.00", "100.50", "60.50", "60.50"], rows.Select(row => row["Balance"]));
        Assert.Equal(["", "100.50", "-40.00", ""], rows.Select(row => row["Amount"]));
        Assert.Equal(["Opening balance", "Added", "Adjustment", "Closing balance"], rows.Select(row => row["What"]));
        Assert.Equal("60.50", json.GetProperty("closingBalance").GetString());
        Assert.Matches(@"Added +'=1\+1 · Zoë +100\.50 +100\.50|Added +=1\+1 +100\.50 +100\.50", text);
        Assert.Matches(@"Adjustment +Correction +−40\.00 +60\.50", text);
        Assert.Contains(json.GetProperty("ledgerHead").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains(json.GetProperty("cardNumber").GetString()!, text, StringComparison.Ordinal);
        Assert.Equal("'=1+1", rows[1]["Description"]);
    }

    [Fact]
    public async Task A_download_is_in_the_audit()
    {
        using var agent = await filled.App.ClientOfAsync(Roles.Agent);

        _ = await agent.GetByteArrayAsync($"exports/statement?account={filled.Account}&from=2020-02-01&to=2020-02-29&view=customer");

        using var database = new SqliteConnection($"Data Source={filled.App.DatabasePath};Mode=ReadOnly");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT Subject, NewValues FROM AuditEntries WHERE Action = 'export.statement' ORDER BY Id DESC LIMIT 1";
        using var line = command.ExecuteReader();
        Assert.True(line.Read());
        Assert.Equal("statement", line.GetString(0));
        Assert.Contains(filled.Account, line.GetString(1), StringComparison.Ordinal);
        Assert.Contains("2020-02-01", line.GetString(1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("account=nobody")]
    [InlineData("format=xml")]
    [InlineData("format=7")]
    [InlineData("from=soon")]
    public async Task A_link_that_names_nothing_leads_to_not_found(string query)
    {
        using var agent = await filled.App.ClientOfAsync(Roles.Agent);

        using var answer = await agent.GetAsync($"exports/statement?account={filled.Account}&{query}".Replace($"account={filled.Account}&account", "account", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Agents_fetch_no_statements_of_many_and_nobody_those_that_there_are_not()
    {
        using var agent = await filled.App.ClientOfAsync(Roles.Agent);
        using var accountant = await filled.App.ClientOfAsync(Roles.Accountant);

        using var denied = await agent.GetAsync($"exports/statements/{Guid.NewGuid()}");
        using var missing = await accountant.GetAsync($"exports/statements/{Guid.NewGuid()}");
        using var elsewhere = await accountant.GetAsync("exports/statements/..%2Fstorecredit.db");

        Assert.Equal((HttpStatusCode.Redirect, "/account/access-denied"), (denied.StatusCode, denied.Headers.Location!.AbsolutePath));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (missing.StatusCode, elsewhere.StatusCode));
    }

    [Fact]
    public async Task Nobody_downloads_one_without_signing_in()
    {
        using var answer = await filled.App.Client.GetAsync($"exports/statement?account={filled.Account}");

        Assert.NotEqual("application/pdf", answer.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>The application with an account that was given 100.50 and lost 40.00 of it, today.</summary>
    public sealed class FilledApp : IAsyncLifetime
    {
        private string key = "";

        public RunningApp App { get; private set; } = null!;

        public string Account { get; private set; } = "";

        public string CheckoutKey { get; private set; } = "";

        public string Today { get; private set; } = "";

        public Task<ApiReply> GetAsync(string path, string? key = null) => App.SendAsync(HttpMethod.Get, path, null, key ?? this.key);

        public async Task InitializeAsync()
        {
            App = await RunningApp.StartAsync();
            key = await App.CreateApiKeyAsync("read,credits");
            CheckoutKey = await App.CreateApiKeyAsync("checkout");
            Account = (await PostAsync("accounts", new { name = "Zoë O’Neil, 山田", kind = "person" })).Text("id");
            var credit = await PostAsync($"accounts/{Account}/credits", new { store = "main", amount = new { amount = "100.50", currency = "USD" }, type = "store-credit", memo = "=1+1" });
            await PostAsync($"credits/{credit.Text("id")}/adjust", new { delta = "-40", reason = "correction" });
            Today = credit.Json.GetProperty("issuedOn").GetString()!;
        }

        public async Task DisposeAsync() => await App.DisposeAsync();

        private Task<ApiReply> PostAsync(string path, object body) => App.SendAsync(HttpMethod.Post, path, body, key);
    }
}
