using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Expiry;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>An expiry run over many due credits, beside the bare statements that write the same rows in commits of the same size on the same disk.</summary>
internal static class Expiry
{
    private const int Usual = 100_000;
    private const int CreditsOfOneAccount = 10;

    private const string NewGuid = "upper(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-7' || substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";

    public static Scenario Scenario { get; } = new("An expiry run over 100,000 due credits (or as many as the option says), beside bare batched writes", RunAsync);

    private static async Task RunAsync(string[] args)
    {
        var credits = args is [var first, ..] && int.TryParse(first, CultureInfo.InvariantCulture, out var wanted) ? wanted : Usual;
        await using var database = await BenchmarkDatabase.CreateAsync();
        var job = new ExpiryService(database.Get<CommitGate>(), database.Get<IDbContextFactory<StoreCreditDbContext>>(), TimeProvider.System, NullLogger<ExpiryService>.Instance);
        await LayOutAsync(database, job, credits);
        await using var control = await BareExpiry.OpenAsync(await database.CopyAsync());

        var watch = Stopwatch.StartNew();
        var report = await job.RunAsync(default);
        var service = watch.Elapsed;
        watch.Restart();
        var written = control.Write();
        var bare = watch.Elapsed;
        if (report.Count != credits || written != credits)
        {
            throw new InvalidOperationException($"{credits} credits were due; the job booked {report.Count}, the control wrote {written}.");
        }

        Console.WriteLine($"Expiry: {credits:N0} due credits of {credits / CreditsOfOneAccount:N0} accounts, up to 200 in one durable commit (WAL, synchronous = FULL)");
        Console.WriteLine();
        Console.WriteLine("| | Seconds | Credits a second |");
        Console.WriteLine("| --- | ---: | ---: |");
        Console.WriteLine($"| The job | {service.TotalSeconds:0.0} | {credits / service.TotalSeconds:0} |");
        Console.WriteLine($"| Bare statements | {bare.TotalSeconds:0.0} | {credits / bare.TotalSeconds:0} |");
        Console.WriteLine();
        Console.WriteLine($"Ratio {bare.TotalSeconds / service.TotalSeconds:0.00}.");
    }

    /// <summary>One credit that has expired through the job, so that the control has rows to copy; then copies of another one, all due.</summary>
    private static async Task LayOutAsync(BenchmarkDatabase database, ExpiryService job, int credits)
    {
        var account = await database.AddAccountAsync("Customer");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var yesterday = $"'{today.AddDays(-1):yyyy-MM-dd}'";
        await IssueAsync(database, account.PublicId.ToString(), today);
        await using var db = database.Open();
        await db.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        await RunAsync(connection, $"UPDATE Credits SET ExpiresOn = {yesterday}");
        await job.RunAsync(default);
        await IssueAsync(database, account.PublicId.ToString(), today.AddYears(10));
        await CopyRowsAsync(connection, "Accounts", credits / CreditsOfOneAccount, "Id = 1", ("PublicId", NewGuid), ("CardNumber", "lower(hex(randomblob(16)))"));
        await CopyRowsAsync(connection, "AccountBalances", credits / CreditsOfOneAccount, "AccountId = 1", ("AccountId", "1 + n.value"), ("Available", (1234 * CreditsOfOneAccount).ToString(CultureInfo.InvariantCulture)), ("Expired", "0"));
        await CopyRowsAsync(
            connection, "Credits", credits, "Id = 2", ("PublicId", NewGuid), ("AccountId", $"2 + (n.value - 1) / {CreditsOfOneAccount}"), ("ExpiresOn", yesterday));
    }

    private static async Task CopyRowsAsync(SqliteConnection connection, string table, int count, string which, params (string Column, string Value)[] changed)
    {
        var columns = new List<string>();
        await using (var info = connection.CreateCommand())
        {
            info.CommandText = $"SELECT name FROM pragma_table_info('{table}') WHERE name <> 'Id'";
            await using var reader = await info.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                columns.Add(reader.GetString(0));
            }
        }

        var values = columns.Select(column => changed.FirstOrDefault(one => one.Column == column).Value ?? $"t.\"{column}\"");
        await RunAsync(
            connection,
            $"WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < {count}) " +
            $"INSERT INTO {table} ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) SELECT {string.Join(", ", values)} FROM n, {table} t WHERE t.{which}");
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task IssueAsync(BenchmarkDatabase database, string account, DateOnly expiresOn)
    {
        var request = new IssueCreditRequest { Amount = MoneyInput.Of("12.34", "USD"), Type = "goodwill", ExpiresOn = expiresOn };
        _ = (await database.Get<CreditService>().IssueAsync(BenchmarkDatabase.Caller, OperationKey.ForForm(), account, request)).Value;
    }
}
