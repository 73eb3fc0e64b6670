using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders.Simulation;

/// <summary>
/// Random orders told in random order and partly twice: after every event the balance and the order say what plain sums say. A failure names its seed, with which it
/// happens again.
/// </summary>
public sealed class OrderSimulationTests
{
    private const int Runs = 40;
    private const int OrdersInOneRun = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Events_repeated_and_in_any_order_lead_to_the_same_sums_as_plain_arithmetic()
    {
        var watch = Stopwatch.StartNew();
        for (var seed = 1; seed <= Runs; seed++)
        {
            Assert.True(watch.Elapsed < Limit, $"Only {seed - 1} of {Runs} runs in {watch.Elapsed}.");
            await RunAsync(seed);
        }
    }

    private static async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        await using var database = await TestDatabase.CreateAsync(new NoSync());
        var feed = new ShopFeed(database);
        var credit = random.Next(1, 15_000);
        var account = await feed.CustomerAsync(Text(credit));
        var model = new NaiveShop(credit);
        var done = new List<string>();
        foreach (var told in Deliveries(random))
        {
            var expected = model.Tell(told);
            var answer = await feed.TrySendAsync(told.Type, Data(told), told.Id, database.Clock.Now.AddHours(-12).AddMinutes(told.At));
            done.Add($"{told} → {answer.Refusal?.Code ?? answer.Value.Outcome}");
            var story = $"Seed {seed}:\n{string.Join('\n', done)}\n";
            Assert.True(expected == (answer.Refusal?.Code ?? answer.Value.Outcome), $"{story}should be answered {expected}.");
            Assert.True((Text(model.Available), Text(model.Held), Text(model.Used)) == await feed.BalanceAsync(account), $"{story}should leave {Text(model.Available)}, {Text(model.Held)}, {Text(model.Used)}, not {await feed.BalanceAsync(account)}.");
            if (model.Orders.TryGetValue(told.Order, out var order))
            {
                var view = await feed.ReadAsync(told.Order);
                var should = $"{order.Status}, due {Text(order.Due)}, given back {Text(order.Refunded)}, can be given back {Text(order.Refundable)}";
                Assert.True(should == $"{view.Status}, due {view.Due}, given back {view.Refunded}, can be given back {view.Refundable}", $"{story}should be {should}, not {view.Status}, {view.Due}, {view.Refunded}, {view.Refundable}.");
                Assert.InRange(order.Refunded, 0, order.Total);
            }
        }

        var report = await database.VerifyAsync();
        Assert.True(report.Ok, $"Seed {seed}: {report.FirstBroken}");
    }

    /// <summary>What happened, some of it told late or early, some of it twice.</summary>
    private static IEnumerable<Told> Deliveries(Random random)
    {
        var happened = Enumerable.Range(0, OrdersInOneRun).SelectMany(order => Happen(random, $"S-{order}")).ToList();
        var told = happened.Concat(happened.Where(_ => random.Next(4) == 0));
        var spread = random.Next(1, 60);
        return told.Select(one => (one, Place: one.At + random.Next(spread))).OrderBy(one => one.Place).Select(one => one.one).ToList();
    }

    private static IEnumerable<Told> Happen(Random random, string number)
    {
        var at = random.Next(30);
        var total = random.Next(1, 6_000);
        var renewal = random.Next(2) == 0;
        Told Event(string type, Func<Told, Told>? with = null) => (with ?? (one => one))(new Told($"{number}:{type}:{at += random.Next(1, 6)}", type, number, at) { Total = total, Renewal = renewal });

        yield return Event("order.placed");
        if (random.Next(4) == 0)
        {
            yield return Event("payment.failed");
            yield return Event("order.placed");
        }

        if (random.Next(6) > 0)
        {
            var card = random.Next(4) switch { 0 => 0, 1 => random.Next(1, total + 1), _ => total };
            yield return Event("order.paid", one => one with { Card = card });
        }

        for (var refund = random.Next(4); refund > 0; refund--)
        {
            yield return Event("order.refunded", one => one with { Amount = random.Next(1, total + 1), AsCredit = random.Next(2) == 0 });
        }

        if (random.Next(4) == 0)
        {
            yield return Event("order.cancelled");
        }
    }

    private static JsonObject Data(Told told) => told.Type switch
    {
        "order.placed" => new() { ["order"] = Order(told, ShopFeed.Card(Text(told.Total), "pending")) },
        "order.paid" => new() { ["order"] = Order(told, told.Card == 0 ? [] : ShopFeed.Card(Text(told.Card))) },
        "order.refunded" => ShopFeed.Refund(told.Order, told.Id, Text(told.Amount), told.AsCredit ? "store-credit" : "original"),
        _ => new() { ["orderNumber"] = told.Order },
    };

    private static JsonObject Order(Told told, JsonArray payments) =>
        ShopFeed.Order(told.Order, Text(told.Total), kind: told.Renewal ? "subscription" : "one-off", payments: payments);

    private static string Text(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
