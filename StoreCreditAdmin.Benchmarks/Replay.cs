using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// Events of a shop's year taken a second, each with its own durable commit, beside the bare statements that write the very rows that these events left, in turns.
/// The rows are recorded beforehand, in a run that also lets the compiler of .NET optimize what runs often.
/// </summary>
internal static class Replay
{
    private const int DefaultEvents = 10_000;
    private const int EventsInOneTurn = 250;

    private static readonly SaveRuleRequest[] Rules =
    [
        new() { Method = "first-order", Currency = "GBP", Config = new() { Mode = RuleModes.Fixed, Amount = "5" } },
        new() { Method = "order-placed", Currency = "GBP", Config = new() { Mode = RuleModes.PerAmount, Every = "100", Give = "1" } },
        new() { Method = "order-history", Currency = "GBP", Config = new() { Steps = [new() { At = "3", Give = "5" }, new() { At = "10", Give = "20" }] } },
        new() { Method = "spend-history", Currency = "GBP", Config = new() { Mode = RuleModes.Every, Every = "500", Give = "10" } },
    ];

    public static Scenario Scenario { get; } = new($"Events of a shop taken a second, beside the bare statements that write the same rows [events, default {DefaultEvents}]", args => RunAsync(args, []));

    /// <summary>The same under rules of four methods.</summary>
    public static Scenario WithRules { get; } = new($"Events of a shop whose orders earn credit, as in replay [events, default {DefaultEvents}]", args => RunAsync(args, Rules));

    /// <summary>All events of the year, oldest first.</summary>
    public static List<EventRequest> Events() => [.. RetailReplay.Of(OnlineRetail.Read(FindFile())).Events.Select(told => told.Request)];

    private static async Task RunAsync(string[] args, SaveRuleRequest[] rules)
    {
        var count = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : DefaultEvents;
        var events = Events().Take(count).ToList();
        await using var recorded = await OpenAsync(rules);
        await using var measured = await OpenAsync(rules);
        var bare = await recorded.CopyAsync();
        var rows = new RecordedRows(recorded.Path);
        rows.Begin();
        foreach (var one in events)
        {
            await TakeAsync(recorded, one);
            rows.EndOfEvent();
        }

        await using var control = await RecordedRowsWriter.OpenAsync(bare, rows);
        var turns = new List<(double Service, double Bare)>();
        for (var first = 0; first < events.Count; first += EventsInOneTurn)
        {
            var last = Math.Min(events.Count, first + EventsInOneTurn);
            var watch = Stopwatch.StartNew();
            for (var index = first; index < last; index++)
            {
                await TakeAsync(measured, events[index]);
            }

            var service = (last - first) / watch.Elapsed.TotalSeconds;
            watch.Restart();
            for (var index = first; index < last; index++)
            {
                control.Write(index);
            }

            turns.Add((service, (last - first) / watch.Elapsed.TotalSeconds));
        }

        var ratios = turns.Select(turn => turn.Service / turn.Bare).Order().ToList();
        Console.WriteLine($"Replay: {events.Count} events in {turns.Count} turns, one durable commit each (WAL, synchronous = FULL), {rows.Count / (double)events.Count:0.0} rows an event");
        Console.WriteLine();
        Console.WriteLine("| Service, events a second | Bare statements, events a second | Ratio (median of the turns) | Ratios from to |");
        Console.WriteLine("| ---: | ---: | ---: | :---: |");
        Console.WriteLine($"| {Median(turns.Select(turn => turn.Service)):0} | {Median(turns.Select(turn => turn.Bare)):0} | {Median(ratios):0.00} | {ratios[0]:0.00} to {ratios[^1]:0.00} |");
        if (rules.Length > 0)
        {
            await using var db = measured.Open();
            var awards = await db.Awards.CountAsync(award => award.AmountMinor > 0);
            Console.WriteLine();
            Console.WriteLine($"{awards} awards, {awards / turns.Sum(turn => EventsInOneTurn / turn.Service):0} a second");
        }
    }

    private static async Task<BenchmarkDatabase> OpenAsync(SaveRuleRequest[] rules)
    {
        var database = await BenchmarkDatabase.CreateAsync();
        await using var db = database.Open();
        (await db.Stores.SingleAsync()).ApplyAfterCheckout = true;
        await db.SaveChangesAsync();
        foreach (var rule in rules)
        {
            _ = (await database.Get<RuleService>().AddAsync(BenchmarkDatabase.Caller, OperationKey.ForForm(), rule)).Value;
        }

        return database;
    }

    /// <summary>A refusal is an answer too: some refunds are larger than what is left of their order.</summary>
    private static async Task TakeAsync(BenchmarkDatabase database, EventRequest request) =>
        _ = await database.Get<OrderEvents>().ApplyAsync(BenchmarkDatabase.Caller, request);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string FindFile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "StoreCreditAdmin.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("Run it inside the working copy."), "samples", "online-retail", "orders.csv.gz");
    }
}
