using Microsoft.Data.Sqlite;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Ledger;

/// <summary>The second line: what the database itself refuses, whoever writes to it.</summary>
public sealed class LedgerGuardTests
{
    private static readonly Lazy<Task<byte[]>> History = new(WriteHistoryAsync);

    [Theory]
    [InlineData("UPDATE LedgerEntries SET AmountMinor = 1", "LedgerEntries is append-only")]
    [InlineData("DELETE FROM LedgerEntries", "LedgerEntries is append-only")]
    [InlineData("INSERT OR REPLACE INTO LedgerEntries SELECT * FROM LedgerEntries", "LedgerEntries is append-only")]
    [InlineData("UPDATE Operations SET Key = 'free'", "Operations is append-only")]
    [InlineData("DELETE FROM Operations", "Operations is append-only")]
    [InlineData("INSERT OR REPLACE INTO Operations SELECT * FROM Operations", "Operations is append-only")]
    [InlineData("UPDATE OperationOutcomes SET Answer = '{}'", "OperationOutcomes is append-only")]
    [InlineData("DELETE FROM OperationOutcomes", "OperationOutcomes is append-only")]
    [InlineData("INSERT OR REPLACE INTO OperationOutcomes SELECT * FROM OperationOutcomes", "OperationOutcomes is append-only")]
    [InlineData("UPDATE AuditEntries SET ActorName = 'nobody'", "AuditEntries is append-only")]
    [InlineData("DELETE FROM AuditEntries", "AuditEntries is append-only")]
    [InlineData("INSERT OR REPLACE INTO AuditEntries SELECT * FROM AuditEntries", "AuditEntries is append-only")]
    [InlineData("UPDATE Credits SET Available = -1", "CK_Credit_Buckets")]
    [InlineData("UPDATE Credits SET Used = -1", "CK_Credit_Buckets")]
    [InlineData("UPDATE AccountBalances SET Authorized = -1", "CK_AccountBalance_Buckets")]
    [InlineData("UPDATE AuthorizationLines SET CapturedMinor = AuthorizedMinor + 1", "CK_AuthorizationLines_Amounts")]
    [InlineData("UPDATE AuthorizationLines SET ReleasedMinor = AuthorizedMinor", "CK_AuthorizationLines_Amounts")]
    [InlineData("UPDATE AuthorizationLines SET RefundedMinor = CapturedMinor + 1", "CK_AuthorizationLines_Amounts")]
    [InlineData("DELETE FROM Credits", "FOREIGN KEY")]
    [InlineData("DELETE FROM Accounts", "FOREIGN KEY")]
    public async Task The_database_refuses(string change, string because)
    {
        await using var database = await HistoryAsync();
        await using var file = await DatabaseFile.OpenAsync(database.Path);
        await file.ExecuteAsync("PRAGMA foreign_keys = ON");

        var refused = await Assert.ThrowsAsync<SqliteException>(() => file.ExecuteAsync(change));

        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LedgerEntries", "Id = Id + 1000, PublicId = 'x'", "LedgerEntries.AccountId, LedgerEntries.Sequence")]
    [InlineData("Operations", "Id = Id + 1000, PublicId = 'x'", "Operations.Key")]
    [InlineData("LedgerEntries", "Id = Id + 1000, PublicId = 'x', Sequence = Sequence + 1000, AmountMinor = 0", "CK_LedgerEntries_Movement")]
    [InlineData("LedgerEntries", "Id = Id + 1000, PublicId = 'x', Sequence = Sequence + 1000, AmountMinor = -5", "CK_LedgerEntries_Movement")]
    public async Task Even_without_its_triggers_it_refuses_a_second_row_or_an_amount_that_is_not_positive(string table, string change, string because)
    {
        await using var database = await HistoryAsync();
        await using var file = await DatabaseFile.OpenAsync(database.Path);
        await file.ExecuteAsync($"DROP TRIGGER {table}_RefuseReplace; CREATE TEMP TABLE Copy AS SELECT * FROM {table} LIMIT 1; UPDATE Copy SET {change}");

        var refused = await Assert.ThrowsAsync<SqliteException>(() => file.ExecuteAsync($"INSERT INTO {table} SELECT * FROM Copy"));

        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<TestDatabase> HistoryAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await File.WriteAllBytesAsync(database.Path, await History.Value);
        return database;
    }

    private static async Task<byte[]> WriteHistoryAsync()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "100");
        var shop = new Shop(database, account);
        var held = (await shop.AuthorizeAsync("1001", "30")).Value;
        await shop.CaptureAsync(held.Code, "20");
        return await DatabaseFile.ReadAllAsync(database.Path);
    }
}
