using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounting;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounting;

/// <summary>The sums of the ledger by day, made by the real application, which is killed in the middle of them.</summary>
public sealed class MovementFoldingProcessTests
{
    /// <summary>More than goes into one commit.</summary>
    private const int Credits = 10_500;

    private const string Folded = "SELECT COALESCE(MAX(LastEntryId), 0) FROM MovementFolds";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public Task Sums_in_whose_middle_the_program_is_killed_tie_out_before_and_after_its_next_start() => KilledInTheMiddleAsync().WaitAsync(Limit);

    private static async Task KilledInTheMiddleAsync()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FillAsync(database);
        await using var db = await DatabaseFile.OpenAsync(database.Path);

        // Each sum that is written takes a second, so that there is a middle.
        await db.ExecuteAsync("CREATE VIEW LongWork AS WITH RECURSIVE Work (N) AS (SELECT 1 UNION ALL SELECT N + 1 FROM Work WHERE N < 2000000) SELECT COUNT(*) FROM Work");
        await db.ExecuteAsync("CREATE TRIGGER Slow BEFORE INSERT ON DailyMovements BEGIN SELECT * FROM LongWork; END");
        await using var app = await RunningApp.StartAsync(new Dictionary<string, string> { ["ConnectionStrings__StoreCredit"] = $"Data Source={database.Path}" });
        await UntilAsync(async () => await db.ReadAsync(Folded) is not 0L);
        await app.KillAsync();
        Assert.InRange(Convert.ToInt32(await db.ReadAsync(Folded), CultureInfo.InvariantCulture), 1, Credits - 1);
        await AssertTiesAsync(database);

        await db.ExecuteAsync("DROP TRIGGER Slow");
        await db.ExecuteAsync("DROP VIEW LongWork");
        await db.ExecuteAsync("UPDATE JobLeases SET Until = 1 WHERE Job = 'movement-sums'");
        await app.StartAgainAsync();
        await UntilAsync(async () => await db.ReadAsync(Folded) is (long)Credits);

        Assert.Equal($"{Credits}|{Credits}", await db.ReadAsync("SELECT SUM(Entries) || '|' || SUM(AmountMinor) FROM DailyMovements"));
        await AssertTiesAsync(database);
        var verified = await app.RunCommandAsync("ledger", "verify");
        Assert.True(verified.ExitCode == 0, verified.Out + verified.Error);
    }

    private static async Task AssertTiesAsync(TestDatabase database)
    {
        var owed = (await database.Get<LiabilityReports>().LiabilityAsync(TestDatabase.Robot, new ReportRequest())).Value.Items.Single();
        Assert.Equal(Credits, owed.Outstanding.Minor);
        Assert.NotEqual(0, await Orders.LiabilityAgainstNaiveSums.CheckAsync(database));
    }

    /// <summary>Credits of one cent in two months.</summary>
    private static async Task FillAsync(TestDatabase database)
    {
        var account = await database.AddAccountAsync();
        foreach (var (monthsAgo, credits) in new[] { (2, Credits / 2), (1, Credits - (Credits / 2)) })
        {
            database.Clock.Now = TimeProvider.System.GetUtcNow().AddMonths(-monthsAgo);
            await database.IssueCentsAsync(account, credits);
        }

        database.Clock.Now = TimeProvider.System.GetUtcNow();
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        while (!await reached())
        {
            await Task.Delay(5);
        }
    }
}
