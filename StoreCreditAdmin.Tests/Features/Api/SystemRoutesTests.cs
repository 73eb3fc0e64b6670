using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Api;

/// <summary>What changes the whole application, on an application of its own.</summary>
public sealed class SystemRoutesTests(ApiApp api) : IClassFixture<ApiApp>
{
    /// <summary>An event's own id is its key; the test clock moves no money; a quote writes nothing.</summary>
    private static readonly string[] KeyOfItsOwn = ["/test-clock", "/events", "/quote", "/rules/dry-run"];

    /// <summary>They say all that there is to say in their address.</summary>
    private static readonly string[] WithoutBody = ["/mark-paid"];

    [Fact]
    public async Task Health_needs_no_key()
    {
        Assert.Equal("live", (await api.SendAsync(HttpMethod.Get, "/health/live", null, key: "")).Expect(HttpStatusCode.OK).Text("status"));
        Assert.Equal("ready", (await api.SendAsync(HttpMethod.Get, "/health/ready", null, key: "")).Expect(HttpStatusCode.OK).Text("status"));
    }

    [Fact]
    public async Task The_document_describes_every_route_with_its_scope_its_key_and_its_body()
    {
        var document = (await api.SendAsync(HttpMethod.Get, "/openapi/v1.json", null, key: "")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal("http", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("type").GetString());
        var paths = document.GetProperty("paths");
        foreach (var path in paths.EnumerateObject().Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal)))
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var (name, described) = ($"{operation.Name} {path.Name}", operation.Value);
                Assert.True(described.GetProperty("summary").GetString()!.Length > 5, name);
                Assert.True(described.GetProperty("security").GetArrayLength() == 1, name);
                Assert.True(described.GetProperty("responses").EnumerateObject().Count() >= 2, name);
                var needsKey = described.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray().Any(one => one.GetProperty("name").GetString() == "Idempotency-Key");
                Assert.True(needsKey == (operation.Name != "get" && !KeyOfItsOwn.Any(path.Name.EndsWith)), name);
                Assert.True(described.TryGetProperty("requestBody", out _) == (operation.Name is "post" or "patch" or "put" && !WithoutBody.Any(path.Name.EndsWith)), name);
            }
        }

        var issue = paths.GetProperty("/api/v1/accounts/{id}/credits").GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Equal("string", issue.GetProperty("properties").GetProperty("amount").GetProperty("properties").GetProperty("amount").GetProperty("type").GetString());
        var list = paths.GetProperty("/api/v1/credits").GetProperty("get").GetProperty("parameters").EnumerateArray().Select(one => one.GetProperty("name").GetString());
        Assert.Equal(["accountId", "cursor", "expiresBefore", "limit", "status", "store", "type"], list.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_ledger_is_verified_over_http_and_on_the_command_line_and_a_changed_entry_is_named()
    {
        var account = await api.AddAccountAsync();
        await api.IssueAsync(account, "10");
        await api.IssueAsync(account, "20");

        var whole = (await api.GetAsync("system/ledger/verify")).Expect(HttpStatusCode.OK);
        var command = await api.App.RunCommandAsync("ledger", "verify");
        await using (var connection = new SqliteConnection($"Data Source={api.App.DatabasePath};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var tamper = connection.CreateCommand();
            tamper.CommandText = "DROP TRIGGER LedgerEntries_RefuseUpdate; UPDATE LedgerEntries SET AmountMinor = 1001 WHERE Sequence = 1 AND AccountId = (SELECT Id FROM Accounts WHERE PublicId = $id COLLATE NOCASE)";
            tamper.Parameters.AddWithValue("$id", account);
            Assert.Equal(1, await tamper.ExecuteNonQueryAsync());
        }

        var broken = await api.GetAsync("system/ledger/verify");
        var brokenCommand = await api.App.RunCommandAsync("ledger", "verify");

        Assert.Equal(("True", ""), (whole.Text("ok"), whole.Text("firstBroken")));
        Assert.Equal((0, true), (command.ExitCode, command.Out.Contains("The ledger is whole.", StringComparison.Ordinal)));
        Assert.Equal(("False", $"Account {account}, entry 1: was changed after it was written."), (broken.Text("ok"), broken.Text("firstBroken")));
        Assert.Equal((1, true), (brokenCommand.ExitCode, brokenCommand.Out.Contains($"{account}, entry 1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Moving_the_test_clock_forward_books_what_falls_due_before_it_answers()
    {
        var start = (await api.GetAsync("test-clock")).Json.GetProperty("now").GetDateTimeOffset();
        var account = await api.AddAccountAsync();
        var lastDay = DateOnly.FromDateTime(start.UtcDateTime).AddDays(3);
        var credit = await api.IssueAsync(account, "50", expiresOn: lastDay.ToString("yyyy-MM-dd"));
        await api.UseAndHoldAsync(account, used: "10", held: "15");
        var target = new DateTimeOffset(lastDay.AddDays(5), new TimeOnly(8, 30), TimeSpan.Zero);

        var moved = (await api.PutAsync("test-clock", new { now = target }, "")).Expect(HttpStatusCode.OK);

        Assert.Equal(target, moved.Json.GetProperty("now").GetDateTimeOffset());
        var view = await api.GetAsync($"credits/{credit}");
        Assert.Equal(("expired", "10.00", "40.00", "0.00"), (view.Text("status"), view.Text("used"), view.Text("expired"), view.Text("authorized")));
        var entries = (await api.GetAsync($"accounts/{account}/entries")).Json.GetProperty("items").EnumerateArray().Take(2)
            .Select(entry => (entry.GetProperty("kind").GetString(), entry.GetProperty("amount").GetString(), entry.GetProperty("effectiveOn").GetString()));
        Assert.Equal([("expire", "40.00", lastDay.ToString("yyyy-MM-dd")), ("release", "15.00", lastDay.AddDays(-2).ToString("yyyy-MM-dd"))], entries);
        (await api.PutAsync("test-clock", new { now = start }, "")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "clock-moved-back");
        (await api.PutAsync("test-clock", new { }, "")).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request");
        (await api.PutAsync("test-clock", """{"now":"noon"}""", "")).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request");
        Assert.True((await api.GetAsync("test-clock")).Json.GetProperty("now").GetDateTimeOffset() > target);
    }

    [Fact]
    public async Task Guessing_keys_is_slowed_down_and_a_valid_key_is_not()
    {
        ApiReply guess;
        var guesses = 0;
        do
        {
            guess = await api.GetAsync("credits", "sca_guess" + guesses++);
        }
        while (guess.Status == HttpStatusCode.Unauthorized && guesses < 100);

        guess.ExpectProblem(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.InRange(int.Parse(guess.Headers["Retry-After"]), 1, 60);
        (await api.GetAsync("credits")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(2, "nonsense")]
    [InlineData(2, "api-key", "create", "--name", "x")]
    [InlineData(2, "ledger", "verify", "--fast")]
    [InlineData(1, "api-key", "create", "--name", "x", "--scopes", "everything")]
    [InlineData(1, "api-key", "revoke", "no-such")]
    public async Task A_command_that_cannot_be_done_says_so_on_standard_error(int exitCode, params string[] args)
    {
        var output = await api.App.RunCommandAsync(args);

        Assert.Equal((exitCode, ""), (output.ExitCode, output.Out));
        Assert.NotEmpty(output.Error);
    }

    [Fact]
    public async Task In_production_there_is_no_test_clock()
    {
        await using var production = await RunningApp.StartAsync(new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["DOTNET_ENVIRONMENT"] = "Production", ["TestClock__Enabled"] = "true" });
        var key = await production.CreateApiKeyAsync("read");
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/test-clock") { Headers = { Authorization = new("Bearer", key) } };

        using var answer = await production.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
