using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Jobs;

/// <summary>The jobs of the real application, over its starts and ends.</summary>
public sealed class JobProcessTests
{
    private const string ExpiredCredits = "SELECT COUNT(*) FROM Credits WHERE Expired > 0";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public Task What_was_missed_happens_at_the_start_and_what_a_killed_process_left_is_abandoned() => WalkAsync().WaitAsync(Limit);

    [Fact]
    public Task A_process_that_is_killed_while_it_expires_credit_leaves_each_expired_once() => KilledInTheMiddleAsync().WaitAsync(Limit);

    private static async Task KilledInTheMiddleAsync()
    {
        const int Credits = 3000;
        await using var database = await TestDatabase.CreateAsync(TimeProvider.System);
        await database.IssueCentsAsync(await database.AddAccountAsync(), Credits);
        await using (var db = await DatabaseFile.OpenAsync(database.Path))
        {
            await db.ExecuteAsync("UPDATE Credits SET ExpiresOn = '2026-01-01'");
        }

        await using var app = await RunningApp.StartAsync(new Dictionary<string, string> { ["ConnectionStrings__StoreCredit"] = $"Data Source={database.Path}" });
        await UntilAsync(database.Path, ExpiredCredits);
        await app.KillAsync();
        await using (var db = await DatabaseFile.OpenAsync(database.Path))
        {
            Assert.InRange(Convert.ToInt32(await db.ReadAsync(ExpiredCredits), CultureInfo.InvariantCulture), 1, Credits - 1);
            await db.ExecuteAsync("UPDATE JobLeases SET Until = 1 WHERE Job = 'expiry'");
        }

        await app.StartAgainAsync();
        await UntilAsync(database.Path, "SELECT COUNT(*) FROM JobRuns WHERE Job = 'expiry' AND Outcome = 1");
        await using (var db = await DatabaseFile.OpenAsync(database.Path))
        {
            Assert.Equal((long)Credits, await db.ReadAsync(ExpiredCredits));
            Assert.Equal((long)Credits, await db.ReadAsync("SELECT SUM(Expired) FROM Credits"));
            Assert.Equal((long)Credits, await db.ReadAsync($"SELECT COUNT(*) FROM LedgerEntries WHERE Kind = {(int)EntryKind.Expire}"));
        }

        var verified = await app.RunCommandAsync("ledger", "verify");
        Assert.True(verified.ExitCode == 0, verified.Out + verified.Error);
    }

    private static async Task WalkAsync()
    {
        await using var app = await RunningApp.StartAsync(new Dictionary<string, string> { ["Jobs__Schedules__expiry"] = "0 0 0 1 1 ?", ["Jobs__Schedules__invoices"] = "00:00:10" });
        await using var customer = new CustomerOfTests(app);
        await UntilAsync(app.DatabasePath, "SELECT COUNT(*) FROM JobRuns WHERE Job = 'expiry' AND Outcome = 1");
        await customer.IssueAsync(await customer.AddAsync("Ada Byron"), "20.00");
        await app.KillAsync();
        await using (var db = await DatabaseFile.OpenAsync(app.DatabasePath))
        {
            await db.ExecuteAsync("UPDATE Credits SET ExpiresOn = '2026-01-01'");
            await db.ExecuteAsync($"UPDATE JobLeases SET Owner = '{Guid.NewGuid()}', Until = 1, RunId = (SELECT MAX(Id) FROM JobRuns WHERE Job = 'expiry') WHERE Job = 'expiry'");
            await db.ExecuteAsync("UPDATE JobRuns SET Outcome = 0, EndedAt = NULL WHERE Job = 'expiry'");
        }

        await app.StartAgainAsync();

        await UntilAsync(app.DatabasePath, "SELECT COUNT(*) FROM JobRuns WHERE Job = 'expiry' AND Outcome = 1 AND \"Count\" = 1 AND \"Trigger\" = 1");
        await using (var db = await DatabaseFile.OpenAsync(app.DatabasePath))
        {
            Assert.Equal("4", await db.ReadAsync("SELECT group_concat(Outcome) FROM JobRuns WHERE Job = 'expiry' AND Id = (SELECT MIN(Id) FROM JobRuns WHERE Job = 'expiry')"));
            Assert.Equal(2000L, await db.ReadAsync("SELECT Expired FROM Credits"));
        }

        await UntilAsync(app.DatabasePath, "SELECT COUNT(*) FROM JobRuns WHERE Job = 'invoices' AND Outcome = 1 AND \"Trigger\" = 0");
    }

    private static async Task UntilAsync(string path, string sql)
    {
        await using var db = await DatabaseFile.OpenAsync(path);
        while (await db.ReadAsync(sql) is 0L)
        {
            await Task.Delay(20);
        }
    }
}
