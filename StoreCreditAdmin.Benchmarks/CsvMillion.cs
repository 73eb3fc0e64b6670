using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>The list of a million credits as CSV and as a workbook, time and memory, beside a bare statement whose columns are written as they are.</summary>
internal static class CsvMillion
{
    private const int Default = 1_000_000;

    public static Scenario Scenario { get; } = new("The list of a million credits as CSV and XLSX, beside a bare statement; a number of rows may be given", RunAsync);

    private static async Task RunAsync(string[] args)
    {
        var rows = args is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : Default;
        await using var database = await BenchmarkDatabase.CreateAsync();
        var account = await database.AddAccountAsync("Ada Byron");
        var request = new IssueCreditRequest { Amount = MoneyInput.Of("12.34", "USD"), Type = "goodwill", Memo = "Parcel, late" };
        _ = (await database.Get<CreditService>().IssueAsync(BenchmarkDatabase.Caller, OperationKey.ForForm(), account.PublicId.ToString(), request)).Value;
        await using var connection = new SqliteConnection($"Data Source={database.Path}");
        await connection.OpenAsync();
        Seed(connection, rows - 1);

        Console.WriteLine($"List of {rows:N0} credits, {Environment.ProcessorCount} processors");
        Console.WriteLine();
        Console.WriteLine("| | Seconds | Bytes | Most memory held (MB) |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        await MeasureAsync("CSV", file => CsvFile.WriteAsync(file, CreditExport.Columns, CreditsOf(database)));
        await MeasureAsync("XLSX", file => SheetFile.WriteAsync(file, "credits", CreditExport.Columns, CreditsOf(database)));
        await MeasureAsync("Bare statement", file => BareAsync(connection, file));
        Console.WriteLine();
        Console.WriteLine($"Peak working set of the process: {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000} MB");
    }

    private static IAsyncEnumerable<CreditView> CreditsOf(BenchmarkDatabase database) =>
        database.Get<CreditQueries>().ReadAllAsync(BenchmarkDatabase.Caller, new CreditFilter(), new PageRequest());

    private static async Task MeasureAsync(string name, Func<Stream, Task> write)
    {
        await using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        using var stop = new CancellationTokenSource();
        var memory = MostMemoryAsync(stop.Token);
        var watch = Stopwatch.StartNew();
        await write(file);
        watch.Stop();
        await stop.CancelAsync();
        Console.WriteLine($"| {name} | {watch.Elapsed.TotalSeconds:0.0} | {file.Length:N0} | {await memory / 1_000_000} |");
    }

    private static async Task<long> MostMemoryAsync(CancellationToken stop)
    {
        GC.Collect();
        var most = 0L;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!stop.IsCancellationRequested)
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
            try
            {
                await timer.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        return most;
    }

    private static void Seed(SqliteConnection connection, int rows)
    {
        using var transaction = connection.BeginTransaction();
        var credit = RowCopy.OfLast(connection, "Credits")!;
        for (var row = 0; row < rows; row++)
        {
            credit.Insert(column => column == "PublicId" ? Guid.NewGuid().ToString().ToUpperInvariant() : null);
        }

        transaction.Commit();
    }

    private static async Task BareAsync(SqliteConnection connection, Stream file)
    {
        await using var writer = new StreamWriter(file, leaveOpen: true);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM Credits c JOIN Accounts a ON a.Id = c.AccountId JOIN CreditTypes t ON t.Id = c.TypeId JOIN Stores s ON s.Id = c.StoreId ORDER BY c.IssuedAt DESC, c.Id DESC";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                await writer.WriteAsync(Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture));
                await writer.WriteAsync(',');
            }

            await writer.WriteLineAsync();
        }
    }
}
