using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;
using Xunit.Abstractions;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>
/// The first two weeks of the real shop, every one of their orders and refunds, sent to the running application by eight senders at once, each customer's in turn.
/// With <see cref="WholeYear"/> set to 1 in the environment, the whole year, which takes minutes; <see cref="RetailReplayTests"/> tells it to the services each time.
/// </summary>
public sealed class RetailReplayOverHttpTests(ITestOutputHelper output)
{
    private const string WholeYear = "REPLAY_WHOLE_YEAR";
    private const int Senders = 8;

    [Fact(Timeout = 3_600_000)]
    public async Task Orders_and_refunds_sent_to_the_running_application_end_with_the_sums_that_they_must()
    {
        var whole = Environment.GetEnvironmentVariable(WholeYear) == "1";
        var replay = whole ? RetailReplayChecks.Whole() : RetailReplayChecks.Before(new DateTime(2010, 12, 14));
        Assert.Equal(whole ? (18_536, 891_140_790L) : (955, 39_047_673L), (replay.OrderCount, replay.OrderTotal));
        await using var database = await TestDatabase.CreateAsync();
        await using var app = await RunningApp.StartAsync(new Dictionary<string, string> { ["Sample__Enabled"] = "false", ["ConnectionStrings__StoreCredit"] = $"Data Source={database.Path}" });
        var (events, admin) = (await app.CreateApiKeyAsync("events"), await app.CreateApiKeyAsync("admin"));
        (await app.SendAsync(HttpMethod.Patch, "stores/main", new { applyAfterCheckout = true }, admin)).Expect(HttpStatusCode.OK);
        var unexpected = new ConcurrentBag<string>();
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(replay.Events.GroupBy(told => told.Customer).Select((customer, number) => (customer, Sender: number % Senders)).GroupBy(one => one.Sender, one => one.customer)
            .Select(async sender =>
            {
                foreach (var told in sender.SelectMany(customer => customer))
                {
                    var answer = await app.SendAsync(HttpMethod.Post, "events", System.Text.Json.JsonSerializer.Serialize(told.Request, WireJson.Options), events, idempotencyKey: "");
                    if (answer.Status != (told.Code is null ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity) || answer.Text(told.Code is null ? "outcome" : "code") != (told.Code ?? EventAnswer.Processed))
                    {
                        unexpected.Add($"{told.Id}: {answer.Body}");
                    }
                }
            }));

        output.WriteLine($"{replay.Events.Count} events in {watch.Elapsed.TotalSeconds:0.0} s, {replay.Events.Count / watch.Elapsed.TotalSeconds:0} a second");
        Assert.Empty(unexpected);
        var verified = await app.SendAsync(HttpMethod.Get, "system/ledger/verify", null, admin);
        Assert.Equal("True", verified.Text("ok"));
        await app.StopAsync();
        await replay.AssertAsync(database);
    }
}
