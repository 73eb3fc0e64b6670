using System.Diagnostics;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>Times of one thing done many times, in milliseconds.</summary>
internal sealed class Statistics(IEnumerable<double> values)
{
    private readonly List<double> sorted = [.. values.Order()];

    public double Median => At(0.5);

    public double P95 => At(0.95);

    public double Longest => sorted[^1];

    public static async Task<double> TimeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed.TotalMilliseconds;
    }

    public void Print(string name) => Console.WriteLine($"| {name} | {Median:0.0} ms | {P95:0.0} ms | {Longest:0.0} ms |");

    private double At(double share) => sorted[(int)(share * (sorted.Count - 1))];
}
