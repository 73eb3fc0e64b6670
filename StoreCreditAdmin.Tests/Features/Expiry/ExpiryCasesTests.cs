using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Expiry;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Expiry;

/// <summary>How credit expires, case by case, through the services and the job.</summary>
public sealed class ExpiryCasesTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Account account = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        account = await database.AddAccountAsync();
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Theory]
    [InlineData("Asia/Tokyo", "2026-12-31", "2026-12-31T15:00:00Z")]
    [InlineData("Pacific/Kiritimati", "2026-12-31", "2026-12-31T10:00:00Z")]
    [InlineData("Etc/GMT+12", "2026-12-31", "2027-01-01T12:00:00Z")]
    [InlineData("Europe/Berlin", "2027-03-28", "2027-03-28T22:00:00Z")]
    [InlineData("Europe/Berlin", "2027-10-31", "2027-10-31T23:00:00Z")]
    [InlineData("America/Santiago", "2027-04-03", "2027-04-04T04:00:00Z")]
    [InlineData("Africa/Cairo", "2027-04-29", "2027-04-29T22:00:00Z")]
    public async Task H1_credit_is_good_to_the_last_second_of_its_last_day_in_the_store_and_no_longer(string zone, string lastDay, string midnight)
    {
        await database.AddStoreAsync("there", "There", "USD", zone);
        var credit = await IssueAsync("50", "there", DateOnly.Parse(lastDay));
        var over = DateTimeOffset.Parse(midnight);
        var inTime = await AuthorizeAsync("there", "1", over.AddSeconds(-1));
        await database.ExpireAsync();
        var before = (await database.ReadViewAsync(credit)).Expired.ToString();

        var tooLate = await AuthorizeAsync("there", "2", over);
        await database.ExpireAsync();

        Assert.Null(inTime.Refusal);
        Assert.Equal("0.00", before);
        Assert.NotNull(tooLate.Refusal);
        Assert.Equal("40.00", (await database.ReadViewAsync(credit)).Expired.ToString());
        Assert.Equal(DateOnly.Parse(lastDay), (await database.ReadEntriesAsync(account))[^1].EffectiveOn);
    }

    [Fact]
    public async Task H2_a_year_of_365_days_from_the_29th_of_February_ends_on_the_28th()
    {
        database.Clock.Now = new DateTimeOffset(2028, 2, 29, 12, 0, 0, TimeSpan.Zero);
        await database.ChangeTypeAsync("promotion", type => type.DefaultExpiry = ExpiryPolicy.AfterDays(365));

        var credit = await database.Get<CreditService>().IssueAsync(
            TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new IssueCreditRequest { Amount = MoneyInput.Of("5", "USD"), Type = "promotion" });

        Assert.Equal(new DateOnly(2029, 2, 28), credit.Value.ExpiresOn);
        Assert.Equal(new DateOnly(2029, 2, 28), (await database.ReadCreditAsync(credit.Value.Id)).ExpiresOn);
    }

    [Fact]
    public async Task H2_credit_that_is_good_to_the_29th_of_February_expires_with_that_day()
    {
        var credit = await IssueAsync("5", "main", new DateOnly(2028, 2, 29));

        database.Clock.Now = new DateTimeOffset(2028, 2, 29, 23, 59, 59, TimeSpan.Zero);
        await database.ExpireAsync();
        Assert.Equal("5.00", (await database.ReadViewAsync(credit)).Remaining.ToString());
        database.Clock.Now = new DateTimeOffset(2028, 3, 1, 0, 0, 0, TimeSpan.Zero);
        await database.ExpireAsync();

        Assert.Equal("5.00", (await database.ReadViewAsync(credit)).Expired.ToString());
    }

    [Fact]
    public async Task H3_only_what_was_not_used_expires()
    {
        var credit = await IssueAsync("50", "main", new DateOnly(2026, 11, 30));
        var shop = new Shop(database, account);
        await shop.CaptureAsync((await shop.AuthorizeAsync("1", "10")).Value.Code, "10");

        await ExpireOnAsync(2026, 12, 1);

        Assert.Equal((EntryKind.Expire, 4000L), Short(await LastAsync()));
        Assert.Equal(("10.00", "40.00"), ((await database.ReadViewAsync(credit)).Used.ToString(), (await database.ReadViewAsync(credit)).Expired.ToString()));
    }

    [Fact]
    public async Task H4_what_is_held_expires_when_it_is_freed()
    {
        await IssueAsync("50", "main", new DateOnly(2026, 11, 30));
        var shop = new Shop(database, account);
        await shop.CaptureAsync((await shop.AuthorizeAsync("1", "10")).Value.Code, "10");
        database.Clock.Now = new DateTimeOffset(2026, 11, 30, 20, 0, 0, TimeSpan.Zero);
        var held = (await shop.AuthorizeAsync("2", "15")).Value;

        await ExpireOnAsync(2026, 12, 1);
        Assert.Equal((EntryKind.Expire, 2500L), Short(await LastAsync()));
        await database.Get<CheckoutService>().VoidAsync(TestDatabase.Robot, OperationKey.ForForm(), held.Code, new VoidRequest());

        Assert.Equal((EntryKind.Expire, 1500L), Short(await LastAsync()));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task H8_a_job_that_runs_twice_or_five_days_late_writes_the_same_line_once_on_the_true_date()
    {
        await IssueAsync("50", "main", new DateOnly(2026, 11, 30));

        await ExpireOnAsync(2026, 12, 5);
        await ExpireOnAsync(2026, 12, 5);
        await ExpireOnAsync(2026, 12, 6);

        var entry = Assert.Single(await database.ReadEntriesAsync(account), one => one.Kind == EntryKind.Expire);
        Assert.Equal((5000L, new DateOnly(2026, 11, 30)), (entry.AmountMinor, entry.EffectiveOn));
    }

    [Fact]
    public async Task H9_what_is_left_of_july_expires_and_august_s_credit_is_new()
    {
        database.Clock.Now = new DateTimeOffset(2027, 7, 1, 9, 0, 0, TimeSpan.Zero);
        await IssueAsync("200", "main", new DateOnly(2027, 7, 31));
        var shop = new Shop(database, account);
        await shop.CaptureAsync((await shop.AuthorizeAsync("1", "120")).Value.Code, "120");
        await shop.CaptureAsync((await shop.AuthorizeAsync("2", "20")).Value.Code, "20");

        await ExpireOnAsync(2027, 8, 1);
        Assert.Equal((EntryKind.Expire, 6000L), Short(await LastAsync()));
        await IssueAsync("200", "main", new DateOnly(2027, 8, 31));

        Assert.Equal(20000, (await LastAsync()).AccountAvailableAfter);
    }

    [Fact]
    public async Task H11_expired_and_invalidated_are_two_states_with_two_kinds_of_entries()
    {
        var (expired, invalidated) = (await IssueAsync("10", "main", new DateOnly(2026, 11, 30)), await IssueAsync("20", "main", new DateOnly(2026, 11, 30)));
        await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), invalidated, new() { Reason = "fraud" });

        await ExpireOnAsync(2026, 12, 1);

        Assert.Equal(("expired", "invalidated"), ((await database.ReadViewAsync(expired)).Status, (await database.ReadViewAsync(invalidated)).Status));
        Assert.Equal(
            [(EntryKind.Invalidate, 2000L), (EntryKind.Expire, 1000L)],
            (await database.ReadEntriesAsync(account)).Where(entry => entry.Kind != EntryKind.Issue).Select(entry => (entry.Kind, entry.AmountMinor)));
    }

    [Fact]
    public async Task A_clock_that_jumps_back_unbooks_nothing_and_books_nothing_twice()
    {
        var credit = await IssueAsync("50", "main", new DateOnly(2026, 11, 30));
        await ExpireOnAsync(2026, 12, 5);
        await ExpireOnAsync(2026, 11, 25);
        await ExpireOnAsync(2026, 12, 5);

        Assert.Single(await database.ReadEntriesAsync(account), entry => entry.Kind == EntryKind.Expire);
        Assert.Equal("50.00", (await database.ReadViewAsync(credit)).Expired.ToString());
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Hundreds_of_credits_expire_in_few_commits_each_with_its_line_and_its_audit()
    {
        var grace = await database.AddAccountAsync("Grace");
        for (var number = 0; number < 410; number++)
        {
            await database.IssueAsync(number % 2 == 0 ? account : grace, "1", number % 3 == 0 ? "EUR" : "USD", expiresOn: new DateOnly(2026, 11, 30));
        }

        database.Clock.Now = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER Broken BEFORE UPDATE ON Credits WHEN OLD.Id = 300 BEGIN SELECT RAISE(ABORT, 'Credit 300 is broken.'); END");
        }

        var report = await Job.RunAsync(default);
        Assert.Equal((409, 1), (report.Count, report.Failed));
        Assert.Contains("error", report.FirstError!, StringComparison.OrdinalIgnoreCase);
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER Broken");
            Assert.InRange(await db.Operations.CountAsync(operation => operation.Kind == "credit.expire"), 2, 202);
        }

        Assert.Equal((1, 0), ((await Job.RunAsync(default)).Count, (await Job.RunAsync(default)).Count));
        Assert.Equal(410, (await database.ReadAuditAsync()).Count(line => line.Action == "credit.expire"));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    private IDueJob Job => database.Get<IEnumerable<IDueJob>>().OfType<ExpiryService>().Single();

    private async Task<LedgerEntry> LastAsync() => (await database.ReadEntriesAsync(account))[^1];

    private static (EntryKind, long) Short(LedgerEntry entry) => (entry.Kind, entry.AmountMinor);

    private Task ExpireOnAsync(int year, int month, int day)
    {
        database.Clock.Now = new DateTimeOffset(year, month, day, 0, 30, 0, TimeSpan.Zero);
        return database.ExpireAsync();
    }

    private async Task<Guid> IssueAsync(string amount, string store, DateOnly expiresOn)
    {
        var request = new IssueCreditRequest { Store = store, Amount = MoneyInput.Of(amount, "USD"), Type = "goodwill", ExpiresOn = expiresOn };
        return (await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), request)).Value.Id;
    }

    private Task<Result<AuthorizationView>> AuthorizeAsync(string store, string order, DateTimeOffset at)
    {
        database.Clock.Now = at;
        var request = new AuthorizeRequest { Store = store, OrderNumber = order, OrderTotal = MoneyInput.Of("10", "USD"), Amount = new PartialAmount("10") };
        return database.Get<CheckoutService>().AuthorizeAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), request);
    }
}
