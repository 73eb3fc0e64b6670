using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Ledger;

/// <summary>The ledger of a day in one hash, and what it finds that the chains of the accounts cannot.</summary>
public sealed class LedgerAnchorTests
{
    /// <summary>The last credit that was issued, undone without a trace that a chain would show.</summary>
    private const string CutOff = """
        DELETE FROM LedgerEntries WHERE AccountId = 2;
        DELETE FROM Credits WHERE AccountId = 2;
        DELETE FROM AccountBalances WHERE AccountId = 2;
        UPDATE Accounts SET LastSequence = 0, LastHash = zeroblob(32) WHERE Id = 2;
        """;

    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public async Task There_is_one_anchor_a_day_however_often_the_job_runs()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");

        await AnchorAsync(database);
        await AnchorAsync(database);
        await database.IssueAsync(account, "5");
        await AnchorAsync(database);

        var anchor = Assert.Single(await AnchorsAsync(database));
        Assert.Equal((Today, 1L, database.Clock.Now), (anchor.Day, anchor.Entries, anchor.TakenAt));
        Assert.Equal(Midnight(Today.AddDays(1)), await JobOf(database).NextDueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_missed_day_gets_no_anchor_afterwards_and_a_day_without_entries_needs_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await AnchorAsync(database);
        Assert.Empty(await AnchorsAsync(database));
        await database.IssueAsync(account, "10");
        await AnchorAsync(database);

        database.Clock.Now = database.Clock.Now.AddDays(1);
        await database.IssueAsync(account, "5");
        database.Clock.Now = database.Clock.Now.AddDays(2);
        await AnchorAsync(database);
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await AnchorAsync(database);

        var anchors = await AnchorsAsync(database);
        Assert.Equal([(Today, 1L), (Today.AddDays(3), 2L)], anchors.Select(anchor => (anchor.Day, anchor.Entries)));
        Assert.NotEqual(anchors[0].Hash, anchors[1].Hash);
        Assert.Null(await JobOf(database).NextDueAsync(CancellationToken.None));
        var report = await database.VerifyAsync();
        Assert.True(report.Ok, report.FirstBroken);
        Assert.Equal(LedgerAnchorView.Of(anchors[1]), report.Anchor);
    }

    [Fact]
    public async Task A_clock_that_went_back_makes_no_second_anchor()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        await AnchorAsync(database);

        database.Clock.Now = database.Clock.Now.AddDays(-2);
        await database.IssueAsync(account, "5");
        await AnchorAsync(database);

        Assert.Single(await AnchorsAsync(database));
    }

    [Fact]
    public async Task A_ledger_that_was_cut_off_with_all_beside_it_made_to_fit_is_found_by_its_anchor_alone()
    {
        await using var database = await WithTwoDaysAsync();
        await DatabaseFile.TamperAsync(database.Path, CutOff);
        Assert.True((await database.VerifyAsync()).Ok);

        await using var anchored = await WithTwoDaysAsync();
        await AnchorAsync(anchored);
        await DatabaseFile.TamperAsync(anchored.Path, CutOff);
        var report = await anchored.VerifyAsync();

        Assert.False(report.Ok);
        Assert.Equal("Anchor of 2026-11-23: the ledger had 3 entries then, and of these it has 2 now.", report.FirstBroken);
    }

    [Theory]
    [InlineData("UPDATE LedgerAnchors SET Hash = zeroblob(32) WHERE Id = 1", "Anchor of 2026-11-22: the entries up to then")]
    [InlineData("UPDATE LedgerAnchors SET Entries = 3 WHERE Id = 1", "Anchor of 2026-11-22: the ledger had 3 entries then, and of these it has 2 now")]
    [InlineData("UPDATE LedgerAnchors SET Day = '2026-11-20' WHERE Id = 1", "Anchor of 2026-11-20: the entries up to then")]
    [InlineData("UPDATE LedgerAnchors SET TakenAt = TakenAt - 1 WHERE Id = 2", "Anchor of 2026-11-23: the entries up to then")]
    [InlineData("UPDATE LedgerAnchors SET LastEntryId = LastEntryId - 1 WHERE Id = 2", "Anchor of 2026-11-23: the ledger had 3 entries then, and of these it has 2 now")]
    [InlineData("UPDATE LedgerAnchors SET Day = 'once' WHERE Id = 1", "An anchor cannot be read")]
    [InlineData("DELETE FROM LedgerAnchors WHERE Id = 1", "Anchor of 2026-11-23: the entries up to then")]
    public async Task An_anchor_that_was_changed_or_taken_away_from_under_another_is_found(string change, string named)
    {
        await using var database = await WithTwoDaysAsync();
        await AnchorAsync(database);
        var whole = await database.VerifyAsync();
        Assert.True(whole.Ok, whole.FirstBroken);

        Assert.NotEqual(0, await DatabaseFile.TamperAsync(database.Path, change));

        var report = await database.VerifyAsync();
        Assert.False(report.Ok);
        Assert.StartsWith(named, report.FirstBroken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_that_are_newer_than_the_last_anchor_are_verified_beside_it()
    {
        await using var database = await WithTwoDaysAsync();
        await AnchorAsync(database);
        await database.IssueAsync(await AccountAsync(database, 1), "7");

        var report = await database.VerifyAsync();

        Assert.True(report.Ok, report.FirstBroken);
        Assert.Equal((4, 3L), ((int)report.Entries, report.Anchor!.Entries));
    }

    [Theory]
    [InlineData("UPDATE LedgerAnchors SET Entries = 1")]
    [InlineData("DELETE FROM LedgerAnchors")]
    [InlineData("INSERT OR REPLACE INTO LedgerAnchors SELECT * FROM LedgerAnchors")]
    [InlineData("INSERT OR REPLACE INTO LedgerAnchors SELECT Id + 100, Day, TakenAt, LastEntryId, Entries, Hash FROM LedgerAnchors")]
    public async Task The_database_refuses_to_change_an_anchor(string change)
    {
        await using var database = await WithTwoDaysAsync();
        await using var file = await DatabaseFile.OpenAsync(database.Path);

        var refused = await Assert.ThrowsAsync<SqliteException>(() => file.ExecuteAsync(change));

        Assert.Contains("LedgerAnchors is append-only", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Two entries of one account, anchored, and on the next day one of another.</summary>
    private static async Task<TestDatabase> WithTwoDaysAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var (one, other) = (await database.AddAccountAsync("Ada"), await database.AddAccountAsync("Grace"));
        await database.IssueAsync(one, "10");
        await database.IssueAsync(one, "20");
        await AnchorAsync(database);
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await database.IssueAsync(other, "5");
        return database;
    }

    private static LedgerAnchors JobOf(TestDatabase database) => database.Services.GetServices<IDueJob>().OfType<LedgerAnchors>().Single();

    private static Task AnchorAsync(TestDatabase database) => JobOf(database).RunAsync(CancellationToken.None);

    private static async Task<LedgerAnchor[]> AnchorsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.LedgerAnchors.AsNoTracking().OrderBy(anchor => anchor.Id).ToArrayAsync();
    }

    private static async Task<Account> AccountAsync(TestDatabase database, long id)
    {
        await using var db = database.Open();
        return await db.Accounts.AsNoTracking().SingleAsync(account => account.Id == id);
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
