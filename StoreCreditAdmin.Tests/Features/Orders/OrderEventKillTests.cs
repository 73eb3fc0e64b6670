using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>A process that takes a shop's events is killed again and again. When the shop then sends all of them once more, each has taken effect once.</summary>
public sealed class OrderEventKillTests
{
    private const int Kills = 12;
    private const int Customers = 6;

    [Fact(Timeout = 300_000)]
    public async Task Events_cut_short_by_kills_and_sent_again_take_effect_once()
    {
        var replay = RetailReplayChecks.OfCustomers(Customers);
        await using var database = await TestDatabase.CreateAsync(TimeProvider.System);
        await new ShopFeed(database).ApplyAfterCheckoutAsync();
        var random = new Random(3);
        var acknowledged = new HashSet<string>();
        for (var kill = 0; kill < Kills && acknowledged.Count < replay.Events.Count; kill++)
        {
            // Each starts with the event whose fate the one before took with it.
            using var host = new HostProcess("tell", database.Path, $"{Customers}", $"{acknowledged.Count}");
            var events = random.Next(1, 9);
            while (host.Acknowledged.Count < events && await host.ReadLineAsync() is not null)
            {
            }

            await Task.Delay(random.Next(12));
            host.Kill();
            await host.ReadToEndAsync();
            acknowledged.UnionWith(host.Acknowledged);
            acknowledged.UnionWith(host.Repeated);
        }

        var again = new HashSet<string>();
        foreach (var told in replay.Events)
        {
            var answer = await database.Get<OrderEvents>().ApplyAsync(TestDatabase.Robot, told.Request);
            Assert.Equal(told.Code, answer.Refusal?.Code);
            if (answer.Replayed)
            {
                again.Add(told.Id);
            }
        }

        Assert.InRange(acknowledged.Count, Kills, replay.Events.Count);
        Assert.Empty(acknowledged.Except(again));
        await replay.AssertAsync(database);
    }
}
