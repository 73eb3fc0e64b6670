using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Expiry;

public sealed class StaleAuthorizationsTests
{
    [Fact]
    public async Task A_hold_that_was_found_stale_too_early_by_a_clock_that_went_back_is_freed_when_its_time_is_over()
    {
        var clock = new ClockThatGoesBack();
        await using var database = await TestDatabase.CreateAsync(clock);
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        await new Shop(database, account).AuthorizeAsync("1", "4");
        var job = database.Get<IEnumerable<IDueJob>>().Single(one => one.Name == "stale-authorizations");
        async Task<string> HeldAsync() => (await new ShopFeed(database).BalanceAsync(account)).Authorized;

        clock.NextOnly(clock.Now.AddHours(25));
        await job.RunAsync(CancellationToken.None);
        var early = await HeldAsync();
        clock.Now = clock.Now.AddHours(25);
        await job.RunAsync(CancellationToken.None);

        Assert.Equal(("4.00", "0.00"), (early, await HeldAsync()));
    }
}
