using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>A rule tried on a year of 18,536 real orders, beside one bare query that reads the same orders and a sum for each customer, in turns.</summary>
internal static class DryRun
{
    private const int Rounds = 15;

    public static Scenario Scenario { get; } = new("A rule tried on a year of orders, beside one bare query that reads the same rows", RunAsync);

    private static async Task RunAsync(string[] args)
    {
        await using var database = await BenchmarkDatabase.CreateAsync();
        foreach (var told in Replay.Events())
        {
            _ = await database.Get<OrderEvents>().ApplyAsync(BenchmarkDatabase.Caller, told);
        }

        var request = new DryRunRequest
        {
            Method = "spend-history",
            Currency = "GBP",
            Config = new() { Mode = RuleModes.Every, Every = "100", Give = "8" },
            From = new DateOnly(2010, 12, 1),
            To = new DateOnly(2011, 12, 31),
        };
        var turns = new List<(double Service, double Bare)>();
        DryRunView? view = null;
        for (var round = 0; round <= Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            view = (await database.Get<RuleDryRun>().RunAsync(BenchmarkDatabase.Caller, request)).Value;
            var service = watch.Elapsed.TotalMilliseconds;
            watch.Restart();
            var (orders, customers) = await ReadAsync(database);
            var bare = watch.Elapsed.TotalMilliseconds;
            if (orders == 0 || customers == 0)
            {
                throw new InvalidOperationException("The control read nothing.");
            }

            if (round > 0)
            {
                turns.Add((service, bare));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Dry-run: {view!.Read} orders read, {view.Orders} of {view.Customers} customers earn {view.Cost} {view.Currency}; {Rounds} rounds"));
        Console.WriteLine();
        Console.WriteLine("| Dry-run, ms (median) | One bare query, ms (median) | Ratio (median of the rounds) |");
        Console.WriteLine("| ---: | ---: | ---: |");
        Console.WriteLine($"| {new Statistics(turns.Select(turn => turn.Service)).Median:0.0} | {new Statistics(turns.Select(turn => turn.Bare)).Median:0.0} | {new Statistics(turns.Select(turn => turn.Bare / turn.Service)).Median:0.00} |");
    }

    private static async Task<(int Orders, int Customers)> ReadAsync(BenchmarkDatabase database)
    {
        await using var db = database.Open();
        await db.Database.OpenConnectionAsync();
        await using var command = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();
        command.CommandText = "SELECT AccountId, BaseMinor, PaidAt FROM Orders WHERE BaseMinor IS NOT NULL AND CurrencyCode = 'GBP' ORDER BY PaidAt, Id";
        await using var reader = await command.ExecuteReaderAsync();
        var (orders, spent) = (0, new Dictionary<long, long>());
        while (await reader.ReadAsync())
        {
            orders++;
            spent[reader.GetInt64(0)] = spent.GetValueOrDefault(reader.GetInt64(0)) + reader.GetInt64(1);
        }

        return (orders, spent.Count);
    }
}
