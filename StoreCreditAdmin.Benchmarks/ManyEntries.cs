using Microsoft.Data.Sqlite;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// Fills a ledger with as many entries as asked for, spread over two years up to today, by statements that copy one that a service wrote. Of each credit something is
/// issued, held and used, and of those that are old enough the rest expired. Chains of hashes are not made: reports do not read them.
/// </summary>
internal static class ManyEntries
{
    public const int Default = 1_000_000;

    private const int EntriesOfACredit = 4;
    private const int CreditsOfAnAccount = 10;
    private const int Days = 730;

    public static int Asked(string[] args) => args is [var text, ..] && int.TryParse(text, out var entries) && entries >= EntriesOfACredit * CreditsOfAnAccount ? entries : Default;

    /// <returns>How long folding took, in milliseconds.</returns>
    public static async Task<double> FillAsync(BenchmarkDatabase database, int entries)
    {
        var account = await database.AddAccountAsync("Ada Byron");
        var request = new IssueCreditRequest { Amount = MoneyInput.Of("10.00", "USD"), Type = "promotion" };
        _ = (await database.Get<CreditService>().IssueAsync(BenchmarkDatabase.Caller, OperationKey.ForForm(), account.PublicId.ToString(), request)).Value;
        await using (var connection = new SqliteConnection($"Data Source={database.Path}"))
        {
            await connection.OpenAsync();
            Fill(connection, entries / EntriesOfACredit, Math.Max(1, entries / EntriesOfACredit / CreditsOfAnAccount));
        }

        var folding = database.Get<IEnumerable<IDueJob>>().OfType<MovementFolding>().Single();
        return await Statistics.TimeAsync(() => folding.RunAsync(CancellationToken.None));
    }

    private static void Fill(SqliteConnection connection, int credits, int accounts)
    {
        using var transaction = connection.BeginTransaction();
        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        const string Guid = "printf('%08X-0000-4000-8000-%012X', i, i)";
        Run("CREATE TEMP TABLE Made (i INTEGER PRIMARY KEY, OfAccount INTEGER, IssueDay TEXT, UseDay TEXT, LastDay TEXT)");
        Run($"""
            WITH RECURSIVE Numbers (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM Numbers WHERE i < {credits})
            INSERT INTO Made SELECT i, 1 + i % {accounts}, date('now', (i * {Days} / {credits} - {Days}) || ' days'), date('now', min(0, i * {Days} / {credits} - {Days} + 10) || ' days'),
                date('now', (i * {Days} / {credits} - {Days} + 90) || ' days') FROM Numbers
            """);
        Run(Copy(connection, "Accounts", $"SELECT i FROM Made WHERE i <= {accounts}", new()
        {
            ["Id"] = "i",
            ["PublicId"] = Guid,
            ["CardNumber"] = "'BENCHMARK-' || i",
            ["LastSequence"] = "0",
        }));
        Run(Copy(connection, "Credits", "SELECT * FROM Made", new()
        {
            ["Id"] = "i",
            ["PublicId"] = Guid,
            ["AccountId"] = "OfAccount",
            ["TypeId"] = "1 + i % 6",
            ["IssuedOn"] = "IssueDay",
            ["EffectiveOn"] = "IssueDay",
            ["ExpiresOn"] = "LastDay",
            ["OpeningMinor"] = "1000",
            ["Available"] = "CASE WHEN LastDay < date('now') THEN 0 ELSE 400 END",
            ["Used"] = "600",
            ["Expired"] = "CASE WHEN LastDay < date('now') THEN 400 ELSE 0 END",
        }));
        Run(Copy(
            connection,
            "LedgerEntries",
            """
            SELECT i, OfAccount, IssueDay AS OnDay, 1 AS OfKind, 0 AS Source, 1 AS Target, 1000 AS Minor, 1 AS Step FROM Made
            UNION ALL SELECT i, OfAccount, UseDay, 3, 1, 2, 600, 2 FROM Made
            UNION ALL SELECT i, OfAccount, UseDay, 4, 2, 3, 600, 3 FROM Made
            UNION ALL SELECT i, OfAccount, LastDay, 7, 1, 4, 400, 4 FROM Made WHERE LastDay < date('now')
            ORDER BY OnDay, i, Step
            """,
            new()
            {
                ["Id"] = "NULL",
                ["PublicId"] = "printf('%08X-0000-4000-8000-%012X', i, Step)",
                ["AccountId"] = "OfAccount",
                ["Sequence"] = $"10 + (i / {accounts}) * {EntriesOfACredit} + Step",
                ["CreditId"] = "i",
                ["Kind"] = "OfKind",
                ["From"] = "Source",
                ["To"] = "Target",
                ["AmountMinor"] = "Minor",
                ["EffectiveOn"] = "OnDay",
            }));
        Run("UPDATE AccountBalances SET Available = (SELECT SUM(Available) FROM Credits WHERE AccountId = 1), Used = (SELECT SUM(Used) FROM Credits WHERE AccountId = 1), Expired = (SELECT SUM(Expired) FROM Credits WHERE AccountId = 1)");
        Run(Copy(connection, "AccountBalances", "SELECT AccountId AS i, SUM(Available) AS A, SUM(Used) AS U, SUM(Expired) AS E FROM Credits WHERE AccountId <> 1 GROUP BY AccountId", new()
        {
            ["AccountId"] = "i",
            ["Available"] = "A",
            ["Used"] = "U",
            ["Expired"] = "E",
        }));
        Run("DROP TABLE Made");
        transaction.Commit();
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        checkpoint.ExecuteNonQuery();
    }

    /// <summary>A statement that writes a row for each of a query, the same as the table's first but for some columns.</summary>
    private static string Copy(SqliteConnection connection, string table, string rows, Dictionary<string, string> changed)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        return $"""
            INSERT INTO {table} ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
            SELECT {string.Join(", ", columns.Select(column => changed.GetValueOrDefault(column, $"first.\"{column}\"")))}
            FROM ({rows}) AS made CROSS JOIN (SELECT * FROM {table} ORDER BY rowid LIMIT 1) AS first
            """;
    }
}
