using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Clock;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Reminders;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Reminders;

public sealed class ExpiryRemindersTests : IAsyncLifetime
{
    private static readonly DateOnly LastDay = new(2026, 12, 20);

    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task H7_one_message_goes_out_three_days_before_the_last_good_day_and_a_second_or_later_run_sends_none()
    {
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "30", expiresOn: LastDay);
        await database.IssueAsync(account, "12.50", expiresOn: LastDay);

        var sent = new List<int>();
        foreach (var day in (int[])[16, 17, 17, 18])
        {
            database.Clock.Now = new DateTimeOffset(2026, 12, day, 9, 0, 0, TimeSpan.Zero);
            await RunAsync();
            sent.Add((await MessagesAsync()).Length);
        }

        Assert.Equal([0, 1, 1, 1], sent);
        var message = Assert.Single(await MessagesAsync());
        Assert.Equal(
            (account.PublicId.ToString(), "main", "USD", "42.50", "2026-12-20"),
            ((string?)message["accountId"], (string?)message["store"], (string?)message["currency"], (string?)message["amount"], (string?)message["expiresOn"]));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task H7_nothing_is_sent_where_nothing_is_left()
    {
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "30", expiresOn: LastDay);
        var shop = new Shop(database, account);
        await shop.CaptureAsync((await shop.AuthorizeAsync("1", "30")).Value.Code, "30");

        await RunOnAsync(17);

        Assert.Empty(await MessagesAsync());
        Assert.Null(await Job.NextDueAsync(default));
    }

    [Fact]
    public async Task A_run_that_is_late_sends_as_long_as_the_credit_is_good_and_not_after()
    {
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "1", expiresOn: LastDay);
        await database.IssueAsync(account, "2", expiresOn: LastDay.AddDays(-1));

        await RunOnAsync(20);

        Assert.Equal("1.00", (string?)Assert.Single(await MessagesAsync())["amount"]);
    }

    [Fact]
    public async Task Each_account_currency_and_date_has_a_message_of_its_own()
    {
        var (ada, grace) = (await database.AddAccountAsync(), await database.AddAccountAsync("Grace"));
        await database.IssueAsync(ada, "1", expiresOn: LastDay);
        await database.IssueAsync(ada, "2", "EUR", expiresOn: LastDay);
        await database.IssueAsync(ada, "3", expiresOn: LastDay.AddDays(-1));
        await database.IssueAsync(grace, "4", expiresOn: LastDay);
        await database.IssueAsync(grace, "5", expiresOn: LastDay.AddDays(1));

        await RunOnAsync(17);

        Assert.Equal(["3.00 USD", "2.00 EUR", "1.00 USD", "4.00 USD"], (await MessagesAsync()).Select(message => $"{message["amount"]} {message["currency"]}"));
    }

    [Fact]
    public async Task Credit_that_was_extended_is_told_of_again_before_its_new_last_day()
    {
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "30", expiresOn: LastDay);
        await RunOnAsync(17);
        await database.Get<CreditService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id, new() { ExpiresOn = LastDay.AddDays(10), Reason = "goodwill" });

        await RunOnAsync(26);
        Assert.Single(await MessagesAsync());
        await RunOnAsync(27);

        Assert.Equal(["2026-12-20", "2026-12-30"], (await MessagesAsync()).Select(message => (string?)message["expiresOn"]));
    }

    [Fact]
    public async Task Two_runs_at_once_send_one()
    {
        await database.IssueAsync(await database.AddAccountAsync(), "30", expiresOn: LastDay);
        database.Clock.Now = new DateTimeOffset(2026, 12, 17, 9, 0, 0, TimeSpan.Zero);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(RunAsync)));

        Assert.Single(await MessagesAsync());
    }

    [Theory]
    [InlineData("Asia/Tokyo", "2026-12-16T14:59:59Z", "2026-12-16T15:00:00Z")]
    [InlineData("Pacific/Kiritimati", "2026-12-16T09:59:59Z", "2026-12-16T10:00:00Z")]
    [InlineData("Etc/GMT+12", "2026-12-17T11:59:59Z", "2026-12-17T12:00:00Z")]
    public async Task The_day_is_the_store_s(string zone, string before, string from)
    {
        await database.AddStoreAsync("there", "There", "USD", zone);
        var request = new IssueCreditRequest { Store = "there", Amount = MoneyInput.Of("5", "USD"), Type = "goodwill", ExpiresOn = LastDay };
        var account = await database.AddAccountAsync();
        Assert.True((await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), request)).IsOk);

        Assert.Equal(DateTimeOffset.Parse(from), await Job.NextDueAsync(default));
        database.Clock.Now = DateTimeOffset.Parse(before);
        await RunAsync();
        Assert.Empty(await MessagesAsync());
        database.Clock.Now = DateTimeOffset.Parse(from);
        await RunAsync();
        Assert.Single(await MessagesAsync());
        Assert.Null(await Job.NextDueAsync(default));
    }

    [Fact]
    public async Task A_clock_that_jumps_back_sends_none_again()
    {
        await database.IssueAsync(await database.AddAccountAsync(), "30", expiresOn: LastDay);
        await RunOnAsync(17);
        await RunOnAsync(10);
        await RunOnAsync(17);

        Assert.Single(await MessagesAsync());
    }

    [Fact]
    public async Task The_test_clock_sends_on_its_way_when_the_day_comes()
    {
        var clock = new TestClock(new FixedClock());
        await using var own = await TestDatabase.CreateAsync(clock);
        await own.IssueAsync(await own.AddAccountAsync(), "30", expiresOn: LastDay);
        using var service = new TestClockService(clock, own.Get<DueJobs>());

        await service.MoveToAsync(new DateTimeOffset(2027, 1, 5, 0, 0, 0, TimeSpan.Zero), default);

        await using var db = own.Open();
        Assert.Equal(new DateTimeOffset(2026, 12, 17, 0, 0, 0, TimeSpan.Zero), (await db.OutboxMessages.SingleAsync(message => message.Kind == ExpiryReminders.Kind)).CreatedAt);
    }

    private IDueJob Job => database.Services.GetServices<IDueJob>().OfType<ExpiryReminders>().Single();

    private Task RunAsync() => Job.RunAsync(CancellationToken.None);

    private Task RunOnAsync(int day)
    {
        database.Clock.Now = new DateTimeOffset(2026, 12, day, 9, 0, 0, TimeSpan.Zero);
        return RunAsync();
    }

    private Task<JsonObject[]> MessagesAsync() => new ShopFeed(database).MessagesAsync(ExpiryReminders.Kind);
}
