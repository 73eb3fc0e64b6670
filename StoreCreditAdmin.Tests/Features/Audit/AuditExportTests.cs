using System.Net;
using System.Net.Http.Json;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Audit;

public sealed class AuditExportTests(AuditExportTests.App app) : IClassFixture<AuditExportTests.App>
{
    [Theory]
    [InlineData(Roles.Accountant)]
    [InlineData(Roles.Administrator)]
    public async Task The_file_tells_what_was_done_and_what_was_refused_and_follows_the_filter(string role)
    {
        using var client = await app.Running.ClientOfAsync(role);

        using var answer = await client.GetAsync("exports/audit.csv");
        var rows = CsvTable.RowsOf(await answer.Content.ReadAsByteArrayAsync());
        var refused = CsvTable.RowsOf(await client.GetByteArrayAsync("exports/audit.csv?action=account.create&outcome=refused"));

        Assert.Matches(@"^audit-\d{4}-\d\d-\d\d\.csv$", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        var created = Assert.Single(rows, row => row["Action"] == "account.create" && row["Outcome"] == "done");
        Assert.Equal("'=cmd|' /C calc'!A0", created["Subject"]);
        Assert.Equal("name-required", Assert.Single(refused)["Refusal"]);
        Assert.Contains(rows, row => row["Action"] == "staff.sign-in" && row["Who"] != "");
    }

    [Theory]
    [InlineData(Roles.Agent)]
    [InlineData(Roles.Manager)]
    public async Task Who_may_not_see_the_audit_gets_no_file(string role)
    {
        using var client = await app.Running.ClientOfAsync(role);

        using var answer = await client.GetAsync("exports/audit.csv");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/account/access-denied", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    public sealed class App : IAsyncLifetime
    {
        public RunningApp Running { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Running = await RunningApp.StartAsync();
            using var shop = new HttpClient { BaseAddress = Running.BaseAddress };
            shop.DefaultRequestHeaders.Authorization = new("Bearer", await Running.CreateApiKeyAsync("read,credits,admin"));
            foreach (var name in new[] { "=cmd|' /C calc'!A0", "" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/accounts") { Content = JsonContent.Create(new { name, kind = "person" }) };
                request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
                using var answer = await shop.SendAsync(request);
            }
        }

        public async Task DisposeAsync() => await Running.DisposeAsync();
    }
}
