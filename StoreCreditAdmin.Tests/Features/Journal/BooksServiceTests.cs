using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Journal;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Journal;

public sealed class BooksServiceTests
{
    private static readonly DateOnly October = new(2026, 10, 31);

    [Fact]
    public async Task The_expiry_job_dates_what_it_books_late_on_the_first_open_day()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "50", expiresOn: new DateOnly(2026, 11, 25));
        database.Clock.Now = database.Clock.Now.AddDays(20);
        await LockAsync(database, new DateOnly(2026, 11, 30));

        await database.ExpireAsync();
        await database.ExpireAsync();

        var expired = Assert.Single(await database.ReadEntriesAsync(account), entry => entry.Kind == EntryKind.Expire);
        Assert.Equal(new DateOnly(2026, 12, 1), expired.EffectiveOn);
        Assert.Equal(new DateOnly(2026, 11, 25), (await database.ReadViewAsync(credit.Id)).ExpiresOn);
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_lock_is_audited_and_locking_the_same_day_again_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var key = OperationKey.ForForm();

        var first = await LockAsync(database, October, key: key);
        var doubleClick = await LockAsync(database, October, key: key);
        var again = await LockAsync(database, October);

        Assert.Equal((October, new DateOnly(2026, 11, 22)), (first.Value.LockedThrough, first.Value.Today));
        Assert.True(doubleClick.Replayed);
        Assert.Equal(first.Value, again.Value);
        var line = Assert.Single(await database.ReadAuditAsync(), entry => entry.Action == "books.lock");
        Assert.Equal(("main", """{"lockedThrough":null}""", """{"lockedThrough":"2026-10-31"}"""), (line.SubjectId, line.OldValues, line.NewValues));
    }

    [Theory]
    [InlineData("main", "2026-11-22", "day-not-over", "through")]
    [InlineData("main", "2027-01-01", "day-not-over", "through")]
    [InlineData("main", "2026-10-30", "books-locked", "through")]
    [InlineData("main", null, "invalid-request", "through")]
    [InlineData("elsewhere", "2026-10-31", "store-unknown", "store")]
    [InlineData(null, "2026-10-31", "store-unknown", "store")]
    public async Task What_makes_no_sense_is_refused_and_locks_nothing(string? store, string? through, string code, string field)
    {
        await using var database = await TestDatabase.CreateAsync();
        await LockAsync(database, October);

        var refused = await database.Get<BooksService>().LockAsync(
            TestDatabase.Robot, OperationKey.ForForm(), new LockBooksRequest { Store = store, Through = through is null ? null : DateOnly.Parse(through, null) });

        Assert.Equal((code, field), (refused.Refusal?.Code, refused.Refusal?.Field));
        Assert.Equal(October, Assert.Single(await database.Get<BooksService>().ListAsync(TestDatabase.Robot)).LockedThrough);
    }

    [Fact]
    public async Task A_day_is_over_by_the_clock_of_its_store()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddStoreAsync("tokyo", "Tokyo", "JPY", "Asia/Tokyo");
        await database.AddStoreAsync("honolulu", "Honolulu", "USD", "Pacific/Honolulu");
        database.Clock.Now = new DateTimeOffset(2026, 10, 31, 20, 0, 0, TimeSpan.Zero);

        Assert.True((await LockAsync(database, October, "tokyo")).IsOk);
        Assert.Equal("day-not-over", (await LockAsync(database, October, "honolulu")).Refusal?.Code);
        Assert.Equal("day-not-over", (await LockAsync(database, October)).Refusal?.Code);
    }

    [Fact]
    public async Task Accountants_lock_and_agents_do_not()
    {
        await using var database = await TestDatabase.CreateAsync();
        var accountant = await database.SignInNewAsync("Ana", Roles.Accountant);
        var agent = await database.SignInNewAsync("Eve", Roles.Agent);

        Assert.True((await LockAsync(database, October, caller: accountant)).IsOk);
        Assert.Equal("forbidden", (await LockAsync(database, new DateOnly(2026, 11, 1), caller: agent)).Refusal?.Code);
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<BooksService>().ListAsync(agent));
    }

    [Fact]
    public async Task Two_people_who_lock_at_once_leave_the_later_day()
    {
        await using var database = await TestDatabase.CreateAsync();

        var locks = await Task.WhenAll(Enumerable.Range(1, 15).Select(day => LockAsync(database, new DateOnly(2026, 11, day))));

        Assert.True(locks[14].IsOk);
        Assert.Equal(new DateOnly(2026, 11, 15), Assert.Single(await database.Get<BooksService>().ListAsync(TestDatabase.Robot)).LockedThrough);
    }

    [Fact]
    public async Task A_store_with_locked_books_takes_no_zone_whose_date_is_behind()
    {
        await using var database = await TestDatabase.CreateAsync();
        database.Clock.Now = new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);
        await LockAsync(database, new DateOnly(2026, 11, 21));

        var moved = await database.Get<StoreService>().ChangeAsync(
            TestDatabase.Robot, OperationKey.ForForm(), "main", new ChangeStoreRequest { TimeZone = "Pacific/Honolulu" });

        Assert.Equal("time-zone-behind", moved.Refusal?.Code);
    }

    private static Task<StoreCreditAdmin.Domain.Result<BooksView>> LockAsync(
        TestDatabase database, DateOnly through, string store = "main", Caller? caller = null, OperationKey? key = null) =>
        database.Get<BooksService>().LockAsync(caller ?? TestDatabase.Robot, key ?? OperationKey.ForForm(), new LockBooksRequest { Store = store, Through = through });
}
