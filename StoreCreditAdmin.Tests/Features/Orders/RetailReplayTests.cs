using System.Diagnostics;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.Features.Journal;
using StoreCreditAdmin.Tests.TestSupport;
using Xunit.Abstractions;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>A real shop's year of 22,190 orders and refunds, told event by event. What comes of it equals plain sums.</summary>
public sealed class RetailReplayTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(12);

    /// <summary>Every so many events the shop sends one a second time.</summary>
    private const int RepeatEvery = 100;

    [Fact]
    public async Task A_year_of_orders_and_refunds_ends_with_the_sums_that_it_must()
    {
        var replay = RetailReplayChecks.Whole();
        Assert.Equal((18_536, 891_140_790L), (replay.OrderCount, replay.OrderTotal));
        Assert.Equal((3_654, 536), (replay.Events.Count(told => told.Type == "order.refunded"), replay.Deferred));
        await using var database = await TestDatabase.CreateAsync(new NoSync());
        await new ShopFeed(database).ApplyAfterCheckoutAsync();

        var unexpected = await TellAsync(database, replay.Events);

        Assert.Empty(unexpected);
        await replay.AssertAsync(database);
        await StatementsAgainstNaiveSums.CheckAsync(database, output);
        Assert.NotEqual(0, await JournalAgainstHledger.CheckAsync(database));
        await LiabilityAgainstNaiveSums.FoldAndCheckAsync(database, output);
    }

    /// <returns>What was answered otherwise than it must be.</returns>
    private async Task<List<string>> TellAsync(TestDatabase database, IReadOnlyList<RetailReplay.Told> told)
    {
        var events = database.Get<OrderEvents>();
        var unexpected = new List<string>();
        var watch = Stopwatch.StartNew();
        for (var index = 0; index < told.Count; index++)
        {
            Assert.True(watch.Elapsed < Limit, $"Only {index} of {told.Count} events in {watch.Elapsed}.");
            var one = told[index];
            database.Clock.Now = one.At > database.Clock.Now || index == 0 ? one.At : database.Clock.Now;
            var answer = await events.ApplyAsync(TestDatabase.Robot, one.Request);
            if (answer.Refusal?.Code != one.Code || (answer.IsOk && answer.Value.Outcome != EventAnswer.Processed))
            {
                unexpected.Add($"{one.Id}: {answer.Refusal?.Code ?? answer.Value.Outcome} in place of {one.Code ?? EventAnswer.Processed}");
            }

            if (index % RepeatEvery == 0)
            {
                var again = await events.ApplyAsync(TestDatabase.Robot, one.Request);
                if (again.Refusal?.Code != one.Code || (again.IsOk && again.Value.Outcome != EventAnswer.Duplicate))
                {
                    unexpected.Add($"{one.Id} again: {again.Refusal?.Code ?? again.Value.Outcome}");
                }
            }
        }

        output.WriteLine($"{told.Count} events in {watch.Elapsed.TotalSeconds:0.0} s, {told.Count / watch.Elapsed.TotalSeconds:0} a second");
        return unexpected;
    }
}
