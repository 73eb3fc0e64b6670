using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Statements;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>A statement and its parts, and those of a thousand accounts, each beside what adds up the history.</summary>
internal static class StatementFigures
{
    private const int Lines = 50;
    private const int WarmUps = 20;
    private const int Rounds = 100;

    public static Scenario One { get; } = new("A statement with 50 lines, its figures and its PDF; an opening balance beside a SUM over the history [entries]", OneAsync);

    public static Scenario Batch { get; } = new("1,000 statements in one ZIP file, beside the bare reading of their figures [entries]", BatchAsync);

    private static async Task OneAsync(string[] args)
    {
        var ledger = await StatementLedger.CreateAsync(StatementLedger.EntriesOf(args));
        await using var database = ledger.Database;
        var (from, to) = await ledger.PeriodOfAsync(Lines);
        var statements = database.Get<StatementService>();
        var pdf = database.Get<StatementPdf>();
        var request = new StatementRequest { Currency = "USD", From = from, To = to };
        var statement = (await statements.GetAsync(BenchmarkDatabase.Caller, ledger.Accounts[0].PublicId.ToString(), request)).Value;
        await using var db = database.Open();
        await using var control = new SqliteConnection($"Data Source={database.Path};Mode=ReadOnly");
        await control.OpenAsync();
        var today = StatementLedger.First.AddDays(2000);
        if ((await db.BalanceBeforeAsync(ledger.Longest.Id, 1, "USD", today)).TotalMinor != Sum(control, ledger.Longest, today))
        {
            throw new InvalidOperationException("The look-up and the sum differ.");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{StatementLedger.EntriesOf(args):N0} entries, {StatementLedger.EntriesOf(args) / 10:N0} of them of the longest account; a statement of {statement.Lines.Count} lines, {Rounds} rounds"));
        Console.WriteLine();
        Console.WriteLine("| | Median | 95 of 100 within | Longest |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        await PrintAsync("Statement, figures", async () => _ = (await statements.GetAsync(BenchmarkDatabase.Caller, ledger.Accounts[0].PublicId.ToString(), request)).Value);
        await PrintAsync("Statement, drawing the PDF", () => Task.FromResult(pdf.Draw(statement, StatementPaper.A4, CultureInfo.InvariantCulture)));
        await PrintAsync("Opening balance, longest account", () => db.BalanceBeforeAsync(ledger.Longest.Id, 1, "USD", today));
        await PrintAsync("Opening balance a thousand days ago", () => db.BalanceBeforeAsync(ledger.Longest.Id, 1, "USD", today.AddDays(-1000)));
        await PrintAsync("SUM over the history, longest account", () => Task.FromResult(Sum(control, ledger.Longest, today)));
    }

    private static async Task BatchAsync(string[] args)
    {
        var ledger = await StatementLedger.CreateAsync(StatementLedger.EntriesOf(args));
        await using var database = ledger.Database;
        var (from, to) = await ledger.PeriodOfAsync(Lines);
        var batches = database.Get<StatementBatchService>();
        var watch = Stopwatch.StartNew();
        var begun = (await batches.BeginAsync(BenchmarkDatabase.Caller, OperationKey.ForForm(), new StatementBatchRequest { Statement = new StatementRequest { Currency = "USD", From = from, To = to }, Query = null })).Value;
        await database.Get<StatementBatchJobs>().WhenIdleAsync();
        var made = watch.Elapsed;
        var batch = (await batches.FindAsync(BenchmarkDatabase.Caller, begun.Id))!;
        if (batch.State != "finished")
        {
            throw new InvalidOperationException($"The statements are {batch.State}: {batch.FailReason}");
        }

        await using var control = new SqliteConnection($"Data Source={database.Path};Mode=ReadOnly");
        await control.OpenAsync();
        watch.Restart();
        var lines = ledger.Accounts.Append(ledger.Longest).Sum(account => ReadBare(control, account, from, to));
        var bare = watch.Elapsed;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{batch.Made:N0} statements with {lines:N0} lines over {StatementLedger.EntriesOf(args):N0} entries"));
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ZIP of {batch.FileBytes / 1024.0 / 1024.0:0.0} MB in {made.TotalSeconds:0.0} s, {batch.Made / made.TotalSeconds:0} a second"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Bare reading of the lines and a SUM for each opening balance: {bare.TotalSeconds:0.0} s"));
    }

    private static async Task PrintAsync(string name, Func<Task> act)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            await act();
        }

        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            times.Add(await Statistics.TimeAsync(act));
        }

        new Statistics(times).Print(name);
    }

    private static long Sum(SqliteConnection connection, Account account, DateOnly before)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT COALESCE(SUM(((("To" = 1) + ("To" = 2)) - (("From" = 1) + ("From" = 2))) * AmountMinor), 0) FROM LedgerEntries
            WHERE AccountId = $account AND StoreId = 1 AND CurrencyCode = 'USD' AND EffectiveOn < $day
            """;
        command.Parameters.AddWithValue("$account", account.Id);
        command.Parameters.AddWithValue("$day", before.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return (long)command.ExecuteScalar()!;
    }

    private static int ReadBare(SqliteConnection connection, Account account, DateOnly from, DateOnly to)
    {
        _ = Sum(connection, account, from);
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT * FROM LedgerEntries WHERE AccountId = $account AND StoreId = 1 AND CurrencyCode = 'USD' AND EffectiveOn BETWEEN $from AND $to ORDER BY EffectiveOn, Sequence
            """;
        command.Parameters.AddWithValue("$account", account.Id);
        command.Parameters.AddWithValue("$from", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("$to", to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        using var reader = command.ExecuteReader();
        var (values, lines) = (new object[reader.FieldCount], 0);
        while (reader.Read())
        {
            reader.GetValues(values);
            lines++;
        }

        return lines;
    }
}
