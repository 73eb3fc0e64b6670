using System.Diagnostics;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// Credits issued a second, each through the service with its own durable commit, beside the bare statements that write the same rows on the same disk,
/// in turns, so that both meet the same weather.
/// </summary>
internal static class Postings
{
    /// <summary>The compiler of .NET optimizes what runs often while it runs; a shop's server is past that within minutes.</summary>
    private const int WarmUpTurns = 12;
    private const int Pairs = 15;
    private const int PostingsInOneTurn = 160;

    public static Scenario Scenario { get; } = new("Credits issued a second, beside the bare statements that write the same rows", RunAsync);

    private static async Task RunAsync(string[] args)
    {
        Console.WriteLine($"Postings: {Pairs} pairs of {PostingsInOneTurn}, one durable commit each (WAL, synchronous = FULL)");
        Console.WriteLine();
        Console.WriteLine("| Callers | Service, a second | Bare statements, a second | Ratio (median of the pairs) | Ratios from to | Processor time, service / bare |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | :---: | :---: |");
        foreach (var callers in new[] { 1, 32 })
        {
            await MeasureAsync(callers);
        }
    }

    private static async Task MeasureAsync(int callers)
    {
        await using var database = await BenchmarkDatabase.CreateAsync();
        var accounts = new List<string>();
        for (var i = 0; i < callers; i++)
        {
            accounts.Add((await database.AddAccountAsync($"Customer {i}")).PublicId.ToString());
        }

        foreach (var account in accounts)
        {
            await IssueAsync(database, account);
        }

        await using var control = await BareWriter.OpenAsync(await database.CopyAsync());
        var gate = new SemaphoreSlim(1, 1);
        async Task BareAsync(int caller)
        {
            await gate.WaitAsync();
            try
            {
                control.Write();
            }
            finally
            {
                gate.Release();
            }
        }

        Task ServiceAsync(int caller) => IssueAsync(database, accounts[caller]);
        for (var turn = 0; turn < WarmUpTurns; turn++)
        {
            await TurnAsync(callers, ServiceAsync);
            await TurnAsync(callers, BareAsync);
        }

        var pairs = new List<(Turn Service, Turn Bare)>();
        for (var pair = 0; pair < Pairs; pair++)
        {
            pairs.Add((await TurnAsync(callers, ServiceAsync), await TurnAsync(callers, BareAsync)));
        }

        var ratios = pairs.Select(pair => pair.Service.PerSecond / pair.Bare.PerSecond).Order().ToList();
        Console.WriteLine(
            $"| {callers} | {Median(pairs.Select(pair => pair.Service.PerSecond)):0} | {Median(pairs.Select(pair => pair.Bare.PerSecond)):0} " +
            $"| {Median(ratios):0.00} | {ratios[0]:0.00} to {ratios[^1]:0.00} " +
            $"| {Median(pairs.Select(pair => pair.Service.ProcessorMs)):0.00} ms / {Median(pairs.Select(pair => pair.Bare.ProcessorMs)):0.00} ms |");
    }

    private static async Task<Turn> TurnAsync(int callers, Func<int, Task> post)
    {
        var each = PostingsInOneTurn / callers;
        var watch = Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                await post(caller);
            }
        })));
        return new Turn(each * callers / watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / (each * callers));
    }

    private static async Task IssueAsync(BenchmarkDatabase database, string account)
    {
        var request = new IssueCreditRequest { Amount = MoneyInput.Of("12.34", "USD"), Type = "goodwill", Memo = "Late parcel" };
        var issued = await database.Get<CreditService>().IssueAsync(BenchmarkDatabase.Caller, OperationKey.ForForm(), account, request);
        _ = issued.Value;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <param name="ProcessorMs">Processor time of one posting.</param>
    private sealed record Turn(double PerSecond, double ProcessorMs);
}
