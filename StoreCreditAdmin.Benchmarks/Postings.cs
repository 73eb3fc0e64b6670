using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// Credits issued a second, each through the service with its own durable commit, beside the bare statements that write the same rows on the same
/// disk.
/// </summary>
internal static class Postings
{
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
        var (service, bare, ratio) = await new PairedTurns(WarmUpTurns, Pairs, PostingsInOneTurn).MeasureAsync(callers, caller => IssueAsync(database, accounts[caller]), control.Write);
        Console.WriteLine(
            $"| {callers} | {service.PerSecond:0} | {bare.PerSecond:0} | {ratio.Median:0.00} | {ratio.Least:0.00} to {ratio.Most:0.00} | {service.ProcessorMs:0.00} ms / {bare.ProcessorMs:0.00} ms |");
    }

    private static async Task IssueAsync(BenchmarkDatabase database, string account)
    {
        var request = new IssueCreditRequest { Amount = MoneyInput.Of("12.34", "USD"), Type = "goodwill", Memo = "Late parcel" };
        var issued = await database.Get<CreditService>().IssueAsync(BenchmarkDatabase.Caller, OperationKey.ForForm(), account, request);
        _ = issued.Value;
    }
}
