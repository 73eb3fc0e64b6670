using System.Diagnostics;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>Figures of one thing done many times; what is timed is in milliseconds.</summary>
internal sealed class Statistics(IEnumerable<double> values)
{
    private readonly List<double> sorted = [.. values.Order()];

    public double Median => At(0.5);

    public double P95 => At(0.95);

    public double Least => sorted[0];

    public double Most => sorted[^1];

    public static async Task<double> TimeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed.TotalMilliseconds;
    }

    public void Print(string name) => Console.WriteLine($"| {name} | {Median:0.0} ms | {P95:0.0} ms | {Most:0.0} ms |");

    private double At(double share) => sorted[(int)(share * (sorted.Count - 1))];
}
