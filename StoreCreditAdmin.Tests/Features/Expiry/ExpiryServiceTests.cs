using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Clock;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Expiry;

public sealed class ExpiryServiceTests
{
    private static readonly DateOnly LastDay = new(2026, 11, 30);

    [Fact]
    public async Task The_exact_rest_expires_once_dated_on_the_last_good_day_however_late_and_often_the_job_runs()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "50", expiresOn: LastDay);
        var checkout = new Shop(database, account);
        await checkout.CaptureAsync((await checkout.AuthorizeAsync("1", "10")).Value.Code);

        database.Clock.Now = new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero);
        await RunJobsAsync(database);
        Assert.Equal("40.00", (await database.ReadViewAsync(credit.Id)).Remaining.ToString());

        database.Clock.Now = new DateTimeOffset(2026, 12, 5, 8, 0, 0, TimeSpan.Zero);
        await RunJobsAsync(database);
        await RunJobsAsync(database);

        var view = await database.ReadViewAsync(credit.Id);
        Assert.Equal(("10.00", "40.00", "0.00", "expired"), (view.Used.ToString(), view.Expired.ToString(), view.Remaining.ToString(), view.Status));
        var expired = Assert.Single(await database.ReadEntriesAsync(account), entry => entry.Kind == EntryKind.Expire);
        Assert.Equal((4000, LastDay, database.Clock.Now), (expired.AmountMinor, expired.EffectiveOn, expired.RecordedAt));
        Assert.Equal("expiry", expired.ActorName);
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Expiry_waits_for_midnight_in_the_credits_own_store()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddStoreAsync(database, "tokyo", "Asia/Tokyo");
        var account = await database.AddAccountAsync();
        var credit = await IssueAsync(database, account, "tokyo", LastDay);

        database.Clock.Now = new DateTimeOffset(2026, 11, 30, 14, 59, 59, TimeSpan.Zero);
        await RunJobsAsync(database);
        Assert.Equal("50.00", (await database.ReadViewAsync(credit.Id)).Remaining.ToString());
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 15, 0, 0, TimeSpan.Zero), await NextExpiryAsync(database));

        database.Clock.Now = new DateTimeOffset(2026, 11, 30, 15, 0, 0, TimeSpan.Zero);
        await RunJobsAsync(database);
        Assert.Equal("50.00", (await database.ReadViewAsync(credit.Id)).Expired.ToString());
        Assert.Null(await NextExpiryAsync(database));
    }

    [Fact]
    public async Task What_is_held_expires_only_when_it_comes_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "50", expiresOn: LastDay);
        database.Clock.Now = new DateTimeOffset(2026, 11, 30, 20, 0, 0, TimeSpan.Zero);
        var held = (await new Shop(database, account).AuthorizeAsync("1", "15")).Value;

        database.Clock.Now = new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.Zero);
        await RunJobsAsync(database);
        var atExpiry = await database.ReadViewAsync(credit.Id);
        database.Clock.Now = held.ExpiresAt;
        await RunJobsAsync(database);
        var afterRelease = await database.ReadViewAsync(credit.Id);

        Assert.Equal(("35.00", "15.00"), (atExpiry.Expired.ToString(), atExpiry.Authorized.ToString()));
        Assert.Equal(("50.00", "0.00", "0.00"), (afterRelease.Expired.ToString(), afterRelease.Authorized.ToString(), afterRelease.Remaining.ToString()));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_stale_hold_is_freed_exactly_once_and_not_a_moment_early()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "100");
        var held = (await new Shop(database, account).AuthorizeAsync("1", "40")).Value;

        database.Clock.Now = held.ExpiresAt.AddTicks(-1);
        await RunJobsAsync(database);
        Assert.Equal(2, (await database.ReadEntriesAsync(account)).Length);

        database.Clock.Now = held.ExpiresAt;
        await Task.WhenAll(RunJobsAsync(database), RunJobsAsync(database));
        await RunJobsAsync(database);

        var released = Assert.Single(await database.ReadEntriesAsync(account), entry => entry.Kind == EntryKind.Release);
        Assert.Equal((4000, 10000, "release"), (released.AmountMinor, released.AccountAvailableAfter, released.ActorName));
    }

    [Fact]
    public async Task An_extended_credit_expires_again_on_its_new_date()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "50", expiresOn: LastDay);
        database.Clock.Now = new DateTimeOffset(2026, 12, 3, 0, 0, 0, TimeSpan.Zero);
        await RunJobsAsync(database);
        var later = new ChangeCreditRequest { ExpiresOn = new DateOnly(2026, 12, 10), Reason = "goodwill" };
        await database.Get<CreditService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id, later);

        database.Clock.Now = new DateTimeOffset(2026, 12, 11, 0, 0, 0, TimeSpan.Zero);
        await RunJobsAsync(database);

        Assert.Equal(
            [LastDay, new DateOnly(2026, 12, 10)],
            (await database.ReadEntriesAsync(account)).Where(entry => entry.Kind == EntryKind.Expire).Select(entry => entry.EffectiveOn));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Credits_without_a_date_or_without_a_rest_are_left_alone()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "5");
        await database.IssueAsync(account, "5", expiresOn: DateOnly.MaxValue);
        var invalidated = await database.IssueAsync(account, "5", expiresOn: LastDay);
        await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), invalidated.Id, new() { Reason = "fraud" });

        Assert.Null(await NextExpiryAsync(database));
        database.Clock.Now = database.Clock.Now.AddYears(10);
        await RunJobsAsync(database);

        Assert.DoesNotContain(await database.ReadEntriesAsync(account), entry => entry.Kind == EntryKind.Expire);
    }

    [Fact]
    public async Task Credit_that_was_found_expired_too_early_by_a_clock_that_went_back_expires_when_its_day_is_over()
    {
        var clock = new ClockThatGoesBack();
        await using var database = await TestDatabase.CreateAsync(clock);
        var credit = await database.IssueAsync(await database.AddAccountAsync(), "50", expiresOn: LastDay);
        var job = database.Get<IEnumerable<IDueJob>>().Single(one => one.Name == "expiry");

        clock.NextOnly(clock.Now.AddDays(9));
        var early = await job.RunAsync(CancellationToken.None);
        clock.Now = clock.Now.AddDays(9);
        var late = await job.RunAsync(CancellationToken.None);

        Assert.Equal((0, 1, 1), (early.Count, early.Failed, late.Count));
        Assert.Equal("50.00", (await database.ReadViewAsync(credit.Id)).Expired.ToString());
    }

    [Fact]
    public async Task A_clock_that_jumps_over_days_runs_everything_on_the_way_when_it_falls_due()
    {
        var clock = new TestClock(new FixedClock());
        await using var database = await TestDatabase.CreateAsync(clock);
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "50", expiresOn: LastDay);
        var sooner = await database.IssueAsync(account, "5", expiresOn: new DateOnly(2026, 11, 24));
        var held = (await new Shop(database, account).AuthorizeAsync("1", "20")).Value;
        var service = new TestClockService(clock, database.Get<DueJobs>());

        var moved = await service.MoveToAsync(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), CancellationToken.None);

        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), moved.Value.Now);
        Assert.Equal(moved.Value.Now, clock.GetUtcNow());
        Assert.Equal(
            [
                (EntryKind.Release, 500L, held.ExpiresAt),
                (EntryKind.Release, 1500L, held.ExpiresAt),
                (EntryKind.Expire, 500L, new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero)),
                (EntryKind.Expire, 5000L, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)),
            ],
            (await database.ReadEntriesAsync(account)).Skip(4).Select(entry => (entry.Kind, entry.AmountMinor, entry.RecordedAt)));
        Assert.Equal("expired", (await ReadStatusAsync(database, credit.Id, clock)));
        Assert.Equal("expired", (await ReadStatusAsync(database, sooner.Id, clock)));
    }

    [Fact]
    public async Task The_test_clock_never_moves_back_nor_past_the_end_of_time()
    {
        var clock = new TestClock(new FixedClock());
        await using var database = await TestDatabase.CreateAsync(clock);
        var service = new TestClockService(clock, database.Get<DueJobs>());
        var start = clock.GetUtcNow();

        var back = await service.MoveToAsync(start.AddSeconds(-1), CancellationToken.None);
        var tooFar = await service.MoveToAsync(DateTimeOffset.MaxValue, CancellationToken.None);

        Assert.Equal(("clock-moved-back", "now"), (back.Refusal?.Code, back.Refusal?.Field));
        Assert.Equal("invalid-request", tooFar.Refusal?.Code);
        Assert.Equal(start, clock.GetUtcNow());
    }

    private static Task RunJobsAsync(TestDatabase database) => database.Get<DueJobs>().RunAsync();

    private static Task<DateTimeOffset?> NextExpiryAsync(TestDatabase database) =>
        database.Get<IEnumerable<IDueJob>>().Single(job => job.Name == "expiry").NextDueAsync(CancellationToken.None);

    private static async Task<string> ReadStatusAsync(TestDatabase database, Guid id, TestClock clock) =>
        CreditView.NameOf((await database.ReadCreditAsync(id)).StatusOn(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)));

    private static async Task AddStoreAsync(TestDatabase database, string code, string timeZone)
    {
        await using var db = database.Open();
        db.Stores.Add(new Store(code, code, "USD", timeZone));
        await db.SaveChangesAsync();
    }

    private static async Task<CreditView> IssueAsync(TestDatabase database, Account account, string store, DateOnly expiresOn)
    {
        var request = new IssueCreditRequest { Store = store, Amount = MoneyInput.Of("50", "USD"), Type = "goodwill", ExpiresOn = expiresOn };
        return (await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), request)).Value;
    }
}
