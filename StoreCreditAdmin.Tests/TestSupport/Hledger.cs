using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>The bookkeeping program hledger, which reads an exported journal as any accountant's would.</summary>
public static class Hledger
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The balance of each account in each currency, where it is not zero, as the program has it. Fails where it finds a transaction that does not balance, or an account or
    /// currency that is not declared.
    /// </summary>
    public static async Task<Dictionary<(string Account, string Currency), decimal>> BalancesAsync(byte[] journal)
    {
        var csv = await RunAsync(journal, "balance", "--strict", "--flat", "--no-total", "--layout=bare", "--output-format=csv");
        return CsvTable.RowsOf(Encoding.UTF8.GetBytes(csv)).ToDictionary(row => (row["account"], row["commodity"]), row => decimal.Parse(row["balance"], CultureInfo.InvariantCulture));
    }

    /// <summary>The descriptions of all transactions.</summary>
    public static async Task<string[]> DescriptionsAsync(byte[] journal) => (await RunAsync(journal, "descriptions")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> RunAsync(byte[] journal, params string[] command)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.journal");
        await File.WriteAllBytesAsync(path, journal);
        try
        {
            var start = new ProcessStartInfo("hledger", [command[0], "-f", path, .. command[1..]])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                Environment = { ["LC_ALL"] = "C.UTF-8" },
            };
            using var process = Process.Start(start)!;
            using var limit = new CancellationTokenSource(Limit);
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"hledger {command[0]}: {await error}");
            return await output;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
