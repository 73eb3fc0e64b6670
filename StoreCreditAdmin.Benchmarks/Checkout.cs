namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// Checkouts a second: an authorization and its capture over HTTP, each a durable commit, against the application in a process of its own, beside the bare
/// statements that write the same rows on the same disk.
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
        var turns = new PairedTurns(warmUp, pairs, CheckoutsInOneTurn);
        Console.WriteLine($"Checkout: {pairs} pairs of {CheckoutsInOneTurn}, each an authorization and its capture over HTTP, two durable commits (WAL, synchronous = FULL)");
        Console.WriteLine();
        Console.WriteLine("| Callers | HTTP, a second | Bare statements, a second | Ratio (median of the pairs) | Ratios from to | One checkout over HTTP: median / 95 of 100 within |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | :---: | :---: |");
        foreach (var callers in new[] { 1, 32 })
        {
            await MeasureAsync(callers, turns);
        }
    }

    private static async Task MeasureAsync(int callers, PairedTurns turns)
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
        var (http, bare, ratio) = await turns.MeasureAsync(callers, caller => CheckOutAsync(server, accounts[caller]), control.Write);
        Console.WriteLine(
            $"| {callers} | {http.PerSecond:0} | {bare.PerSecond:0} | {ratio.Median:0.00} | {ratio.Least:0.00} to {ratio.Most:0.00} | {http.Times.Median:0.0} ms / {http.Times.P95:0.0} ms |");
    }

    private static async Task CheckOutAsync(ShopServer server, string account)
    {
        var held = await server.PostAsync("authorizations", new { accountId = account, orderNumber = Guid.NewGuid().ToString(), orderTotal = Usd("12.34") });
        await server.PostAsync($"authorizations/{held.GetProperty("code").GetString()}/capture", new { });
    }

    private static object Usd(string amount) => new { amount, currency = "USD" };
}
