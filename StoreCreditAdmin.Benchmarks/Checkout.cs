using System.Diagnostics;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// Checkouts a second: an authorization and its capture over HTTP, each a durable commit, against the application in a process of its own, beside the bare
/// statements that write the same rows on the same disk, in turns, so that both meet the same weather.
/// </summary>
internal static class Checkout
{
    private const int WarmUpTurns = 10;
    private const int Pairs = 15;
    private const int CheckoutsInOneTurn = 96;

    public static Scenario Scenario { get; } =
        new("Authorize and capture over HTTP, beside the bare statements that write the same rows; 'quick' only shows that it runs", RunAsync);

    private static async Task RunAsync(string[] args)
    {
        var (warmUp, pairs) = args.Contains("quick") ? (0, 1) : (WarmUpTurns, Pairs);
        Console.WriteLine($"Checkout: {pairs} pairs of {CheckoutsInOneTurn}, each an authorization and its capture over HTTP, two durable commits (WAL, synchronous = FULL)");
        Console.WriteLine();
        Console.WriteLine("| Callers | HTTP, a second | Bare statements, a second | Ratio (median of the pairs) | Ratios from to | One checkout over HTTP: median / 95 of 100 within |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | :---: | :---: |");
        foreach (var callers in new[] { 1, 32 })
        {
            await MeasureAsync(callers, warmUp, pairs);
        }
    }

    private static async Task MeasureAsync(int callers, int warmUpTurns, int pairCount)
    {
        await using var server = await ShopServer.StartAsync();
        var accounts = new List<string>();
        for (var i = 0; i < callers; i++)
        {
            var account = (await server.PostAsync("accounts", new { name = $"Customer {i}", kind = "person" })).GetProperty("id").GetString()!;
            await server.PostAsync($"accounts/{account}/credits", new { amount = Usd("1000000"), type = "goodwill" });
            accounts.Add(account);
        }

        await CheckOutAsync(server, accounts[^1]);
        await using var control = await BareCheckout.OpenAsync(await server.CopyAsync());
        using var gate = new SemaphoreSlim(1, 1);
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

        Task HttpAsync(int caller) => CheckOutAsync(server, accounts[caller]);
        for (var turn = 0; turn < warmUpTurns; turn++)
        {
            await TurnAsync(callers, HttpAsync);
            await TurnAsync(callers, BareAsync);
        }

        var pairs = new List<(Turn Http, Turn Bare)>();
        for (var pair = 0; pair < pairCount; pair++)
        {
            pairs.Add((await TurnAsync(callers, HttpAsync), await TurnAsync(callers, BareAsync)));
        }

        var ratios = pairs.Select(pair => pair.Http.PerSecond / pair.Bare.PerSecond).Order().ToList();
        var times = new Statistics(pairs.SelectMany(pair => pair.Http.Times));
        Console.WriteLine(
            $"| {callers} | {new Statistics(pairs.Select(pair => pair.Http.PerSecond)).Median:0} | {new Statistics(pairs.Select(pair => pair.Bare.PerSecond)).Median:0} " +
            $"| {new Statistics(ratios).Median:0.00} | {ratios[0]:0.00} to {ratios[^1]:0.00} | {times.Median:0.0} ms / {times.P95:0.0} ms |");
    }

    private static async Task CheckOutAsync(ShopServer server, string account)
    {
        var held = await server.PostAsync("authorizations", new { accountId = account, orderNumber = Guid.NewGuid().ToString(), orderTotal = Usd("12.34") });
        await server.PostAsync($"authorizations/{held.GetProperty("code").GetString()}/capture", new { });
    }

    private static async Task<Turn> TurnAsync(int callers, Func<int, Task> checkOut)
    {
        var each = CheckoutsInOneTurn / callers;
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var mine = new double[each];
            for (var i = 0; i < each; i++)
            {
                mine[i] = await Statistics.TimeAsync(() => checkOut(caller));
            }

            return mine;
        })));
        return new Turn(each * callers / watch.Elapsed.TotalSeconds, [.. times.SelectMany(one => one)]);
    }

    private static object Usd(string amount) => new { amount, currency = "USD" };

    private sealed record Turn(double PerSecond, IReadOnlyList<double> Times);
}
