using System.Diagnostics;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// What the product does beside the bare statements that write the same rows, by as many callers, in turns, so that both meet the same weather.
/// </summary>
/// <param name="warmUps">Pairs before those that count: the compiler of .NET optimizes what runs often while it runs; a shop's server is past that within minutes.</param>
/// <param name="pairs">Pairs that count.</param>
/// <param name="perTurn">How often each is done in a turn, by all callers together.</param>
internal sealed class PairedTurns(int warmUps, int pairs, int perTurn)
{
    /// <param name="product">What a caller, counted from 0, does once.</param>
    /// <param name="bare">The same as bare statements. One caller at a time, as one connection has it.</param>
    public async Task<Result> MeasureAsync(int callers, Func<int, Task> product, Action bare)
    {
        using var connection = new SemaphoreSlim(1, 1);
        async Task BareAsync(int caller)
        {
            await connection.WaitAsync();
            try
            {
                bare();
            }
            finally
            {
                connection.Release();
            }
        }

        var turns = new List<(Turn Product, Turn Bare)>();
        for (var pair = 0; pair < warmUps + pairs; pair++)
        {
            turns.Add((await TurnAsync(callers, product), await TurnAsync(callers, BareAsync)));
        }

        var counted = turns.Skip(warmUps).ToList();
        return new Result(
            Side.Of(counted.Select(pair => pair.Product)), Side.Of(counted.Select(pair => pair.Bare)),
            new Statistics(counted.Select(pair => pair.Product.PerSecond / pair.Bare.PerSecond)));
    }

    private async Task<Turn> TurnAsync(int callers, Func<int, Task> act)
    {
        var each = perTurn / callers;
        var watch = Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var mine = new double[each];
            for (var i = 0; i < each; i++)
            {
                mine[i] = await Statistics.TimeAsync(() => act(caller));
            }

            return mine;
        })));
        var count = each * callers;
        return new Turn(count / watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / count, [.. times.SelectMany(one => one)]);
    }

    /// <param name="Ratio">The product's rate over that of the bare statements, pair by pair.</param>
    public sealed record Result(Side Product, Side Bare, Statistics Ratio);

    /// <param name="PerSecond">The median of the turns.</param>
    /// <param name="ProcessorMs">Processor time of this process for one, the median of the turns.</param>
    /// <param name="Times">How long each took for its caller.</param>
    public sealed record Side(double PerSecond, double ProcessorMs, Statistics Times)
    {
        internal static Side Of(IEnumerable<Turn> turns)
        {
            var all = turns.ToList();
            return new Side(
                new Statistics(all.Select(turn => turn.PerSecond)).Median, new Statistics(all.Select(turn => turn.ProcessorMs)).Median, new Statistics(all.SelectMany(turn => turn.Times)));
        }
    }

    internal sealed record Turn(double PerSecond, double ProcessorMs, IReadOnlyList<double> Times);
}
