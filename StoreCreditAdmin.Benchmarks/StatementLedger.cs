using System.Globalization;
using Microsoft.Data.Sqlite;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// A ledger of many entries, written by the database itself: one account with a tenth of them and a thousand with the rest, over 2,000 days from 2020 on, every 97th dated back by three days.
/// </summary>
internal sealed class StatementLedger(BenchmarkDatabase database, Account longest, IReadOnlyList<Account> others)
{
    public static readonly DateOnly First = new(2020, 1, 1);

    private const int Days = 2000;
    private const int Others = 1000;

    public BenchmarkDatabase Database => database;

    public Account Longest => longest;

    public IReadOnlyList<Account> Accounts => others;

    public static int EntriesOf(string[] args) => args is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 1_000_000;

    public static async Task<StatementLedger> CreateAsync(int entries)
    {
        var database = await BenchmarkDatabase.CreateAsync();
        var accounts = new List<Account>();
        for (var i = 0; i <= Others; i++)
        {
            var account = await database.AddAccountAsync($"Customer {i}");
            _ = (await database.Get<CreditService>().IssueAsync(
                BenchmarkDatabase.Caller, OperationKey.ForForm(), account.PublicId.ToString(), new IssueCreditRequest { Amount = MoneyInput.Of("10", "USD"), Type = "store-credit" })).Value;
            accounts.Add(account);
        }

        await using var connection = new SqliteConnection($"Data Source={database.Path}");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; DROP TRIGGER LedgerEntries_RefuseUpdate; DROP TRIGGER LedgerEntries_RefuseReplace;");
        await ExecuteAsync(connection, $"UPDATE LedgerEntries SET EffectiveOn = '{First:yyyy-MM-dd}'");
        await using var transaction = connection.BeginTransaction();
        foreach (var account in accounts)
        {
            await FillAsync(connection, account.Id, account == accounts[0] ? entries / 10 : entries * 9L / 10 / Others);
        }

        await transaction.CommitAsync();
        return new StatementLedger(database, accounts[0], accounts[1..]);
    }

    /// <summary>The days in which so many of the longest account's entries lie.</summary>
    public async Task<(DateOnly From, DateOnly To)> PeriodOfAsync(int lines)
    {
        await using var connection = new SqliteConnection($"Data Source={database.Path};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT MIN(EffectiveOn), MAX(EffectiveOn) FROM (SELECT EffectiveOn FROM LedgerEntries WHERE AccountId = {others[0].Id} ORDER BY EffectiveOn DESC, Sequence DESC LIMIT {lines} OFFSET 5)";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (DateOnly.Parse(reader.GetString(0), CultureInfo.InvariantCulture), DateOnly.Parse(reader.GetString(1), CultureInfo.InvariantCulture));
    }

    private static Task FillAsync(SqliteConnection connection, long accountId, long entries) => ExecuteAsync(connection, $"""
        WITH RECURSIVE Numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM Numbers WHERE n < {entries})
        INSERT INTO LedgerEntries (PublicId, OperationId, AccountId, Sequence, CreditId, StoreId, CurrencyCode, Kind, "From", "To", AmountMinor, RecordedAt, EffectiveOn, IsBackDated,
            ActorKind, ActorId, ActorName, Memo, AvailableAfter, AccountAvailableAfter, AccountAuthorizedAfter, PreviousHash, Hash)
        SELECT upper(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6))),
            first.OperationId, first.AccountId, n, first.CreditId, first.StoreId, first.CurrencyCode, 2, 0, 1, 100, first.RecordedAt + n,
            date('{First:yyyy-MM-dd}', '+' || (n * {Days} / {entries} - CASE WHEN n % 97 = 0 AND n * {Days} / {entries} > 3 THEN 3 ELSE 0 END) || ' days'),
            n % 97 = 0 AND n * {Days} / {entries} > 3,
            first.ActorKind, first.ActorId, first.ActorName, 'Parcel ' || n, 1000 + (n - 1) * 100, 1000 + (n - 1) * 100, 0, first.Hash, first.Hash
        FROM Numbers JOIN LedgerEntries first ON first.AccountId = {accountId} AND first.Sequence = 1
        """);

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
