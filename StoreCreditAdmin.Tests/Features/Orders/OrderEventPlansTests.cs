using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

public sealed class OrderEventPlansTests
{
    /// <summary>The cost of an event must not grow with what happened before it.</summary>
    [Fact]
    public async Task No_event_reads_a_table_from_end_to_end_or_by_its_store_alone()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        await new ShopFeed(database).ApplyAfterCheckoutAsync();
        plans.Start();

        foreach (var told in RetailReplayChecks.OfCustomers(4).Events)
        {
            _ = await database.Get<OrderEvents>().ApplyAsync(TestDatabase.Robot, told.Request);
        }

        await new ShopFeed(database).CancelledAsync("never reported");

        string[] small = ["\"Stores\"", "\"CreditTypes\"", "\"EarningSettings\"", "\"EarningRules\""];
        Assert.DoesNotContain(plans.Scans, scan => !small.Any(table => scan.Contains(table, StringComparison.Ordinal)));
        Assert.DoesNotContain(plans.Steps, step => step.Contains("MATERIALIZE", StringComparison.Ordinal) || step.Contains("AUTOMATIC", StringComparison.Ordinal));
        Assert.DoesNotContain(plans.Steps, step => step.Contains("_StoreId", StringComparison.Ordinal) && !step.Contains("EarningRules", StringComparison.Ordinal) && step.EndsWith("(StoreId=?)", StringComparison.Ordinal));
    }
}
