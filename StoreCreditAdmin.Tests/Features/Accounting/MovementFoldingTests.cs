using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Expiry;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounting;

/// <summary>The sums by day equal the entries that are folded into them, however and however often they are folded.</summary>
public sealed class MovementFoldingTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public async Task Entries_are_folded_once_however_often_the_job_runs()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        await database.IssueAsync(account, "2.50");

        Assert.Equal(2, (await FoldAsync(database)).Count);
        Assert.Equal(0, (await FoldAsync(database)).Count);
        await database.IssueAsync(account, "1");
        Assert.Equal(1, (await FoldAsync(database)).Count);

        await using var db = database.Open();
        var sum = await db.DailyMovements.SingleAsync();
        Assert.Equal((Today, new DateOnly(2026, 11, 1), EntryKind.Issue, 1350L, 3L), (sum.EffectiveOn, sum.IssueMonth, sum.Kind, sum.AmountMinor, sum.Entries));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task It_is_due_a_while_after_the_first_entry_that_is_not_folded()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        Assert.Null(await JobOf(database).NextDueAsync(CancellationToken.None));
        await database.IssueAsync(account, "10");
        Assert.Equal(database.Clock.Now.AddMinutes(10), await JobOf(database).NextDueAsync(CancellationToken.None));

        await FoldAsync(database);

        Assert.Null(await JobOf(database).NextDueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Two_folds_at_once_count_nothing_twice()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        for (var number = 0; number < 20; number++)
        {
            await database.IssueAsync(account, "1");
        }

        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FoldAsync(database)));

        Assert.Contains(reports, report => report.Count == 20);
        await using var db = database.Open();
        Assert.Equal((2000L, 20L), (await db.DailyMovements.SumAsync(sum => sum.AmountMinor), await db.DailyMovements.SumAsync(sum => sum.Entries)));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task An_expiry_that_is_booked_late_changes_the_closing_of_its_own_month_and_of_those_after()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10", expiresOn: new DateOnly(2026, 12, 31));
        await database.IssueAsync(account, "7");
        database.Clock.Now = database.Clock.Now.AddMonths(4);
        await HoldAsync(database, account.PublicId.ToString(), "3");
        await FoldAsync(database);
        Assert.Equal([("2026-11", 1700L, 0L), ("2026-12", 1700L, 0L), ("2027-01", 1700L, 0L), ("2027-02", 1700L, 0L)], await ClosingsAsync(database));

        await database.Services.GetServices<IDueJob>().OfType<ExpiryService>().Single().RunAsync(CancellationToken.None);
        await FoldAsync(database);

        Assert.Equal([("2026-11", 1700L, 0L), ("2026-12", 700L, 0L), ("2027-01", 700L, 0L), ("2027-02", 700L, 0L)], await ClosingsAsync(database));
        Assert.True((await database.VerifyAsync()).Ok, (await database.VerifyAsync()).FirstBroken);
    }

    [Fact]
    public async Task A_fold_that_fails_half_way_leaves_nothing_behind()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER Stop BEFORE INSERT ON MovementFolds BEGIN SELECT RAISE(ABORT, 'stopped'); END");
        }

        await Assert.ThrowsAnyAsync<Exception>(() => FoldAsync(database));
        await using (var db = database.Open())
        {
            Assert.False(await db.DailyMovements.AnyAsync());
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER Stop");
        }

        Assert.Equal(1, (await FoldAsync(database)).Count);
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Theory]
    [InlineData("UPDATE DailyMovements SET AmountMinor = AmountMinor + 1 WHERE EffectiveOn = '2026-11-22'", "Sums of 2026-11-22: those of kind issue do not equal their entries.")]
    [InlineData("DELETE FROM DailyMovements WHERE EffectiveOn = '2027-01-22'", "Sums of 2027-01-22: those of kind issue do not equal their entries.")]
    [InlineData("UPDATE MonthClosings SET OutstandingMinor = 1 WHERE Month = '2026-12-01'", "Closing of 2026-12: it does not equal the sums by day.")]
    [InlineData("DELETE FROM MonthClosings WHERE Month = '2026-11-01'", "Closing of 2026-11: it does not equal the sums by day.")]
    public async Task Verification_finds_a_sum_that_is_not_that_of_its_entries(string damage, string broken)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        database.Clock.Now = database.Clock.Now.AddMonths(2);
        await database.IssueAsync(account, "5");
        await FoldAsync(database);
        Assert.True((await database.VerifyAsync()).Ok);
        await using (var db = database.Open())
        {
            Assert.Equal(1, await db.Database.ExecuteSqlRawAsync(damage));
        }

        Assert.Equal(broken, (await database.VerifyAsync()).FirstBroken);
    }

    private static IDueJob JobOf(TestDatabase database) => database.Services.GetServices<IDueJob>().OfType<MovementFolding>().Single();

    private static Task<JobReport> FoldAsync(TestDatabase database) => JobOf(database).RunAsync(CancellationToken.None);

    private static async Task HoldAsync(TestDatabase database, string account, string amount)
    {
        var request = new AuthorizeRequest { OrderNumber = "A-1", OrderTotal = MoneyInput.Of(amount, "USD") };
        Assert.True((await database.Get<CheckoutService>().AuthorizeAsync(TestDatabase.Robot, OperationKey.ForForm(), account, request)).IsOk);
    }

    private static async Task<IEnumerable<(string, long, long)>> ClosingsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await db.MonthClosings.OrderBy(closing => closing.Month).ToListAsync()).Select(closing => ($"{closing.Month:yyyy-MM}", closing.OutstandingMinor, closing.AuthorizedMinor));
    }
}
