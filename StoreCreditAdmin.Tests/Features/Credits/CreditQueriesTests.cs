using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Credits;

public sealed class CreditQueriesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public async Task A_status_filter_finds_the_credits_that_show_that_status_by_their_own_stores_date()
    {
        await using var database = await TestDatabase.CreateAsync();
        database.Clock.Now = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
        await AddStoresAsync(database);
        var account = await database.AddAccountAsync();
        foreach (var store in new[] { "main", "early", "late" })
        {
            foreach (var (effective, expires) in new (int, int?)[] { (0, null), (0, 0), (0, 1), (1, null), (1, 1), (2, 3) })
            {
                await IssueAsync(database, account, store, "10", Today.AddDays(effective), expires is null ? null : Today.AddDays(expires.Value));
            }

            var invalidated = await IssueAsync(database, account, store, "7", Today, Today.AddDays(1));
            await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), invalidated.Id, new() { Reason = "fraud" });
            var used = await IssueAsync(database, account, store, "3", Today, Today);
            await database.Get<CreditService>().AdjustAsync(TestDatabase.Robot, OperationKey.ForForm(), used.Id, new() { Delta = "-3", Reason = "fraud" });
        }

        await new Shop(database, account).AuthorizeAsync("1", "15");

        // At 09:00 UTC it is the 22nd in main and in the early store (UTC+14), and the 21st in the late one (UTC-11); at 10:30 there are three dates.
        foreach (var hours in new[] { 0, 1.5, 2.5, 15, 24, 25.5, 36, 60, 100 })
        {
            if (hours > 30)
            {
                await database.Get<DueJobs>().RunAsync();
            }

            database.Clock.Now = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero).AddHours(hours);
            var all = await ListAsync(database, new CreditFilter());
            Assert.Equal(24, all.TotalCount);
            foreach (var status in Enum.GetValues<CreditStatus>())
            {
                var found = await ListAsync(database, new CreditFilter { Status = status });
                Assert.Equal(
                    all.Items.Where(credit => credit.Status == CreditView.NameOf(status)).Select(credit => credit.Id).Order(),
                    found.Items.Select(credit => credit.Id).Order());
            }
        }
    }

    [Fact]
    public async Task Totals_follow_the_filter_and_never_mix_currencies()
    {
        await using var database = await TestDatabase.CreateAsync();
        var ada = await database.AddAccountAsync();
        var grace = await database.AddAccountAsync("Grace Hopper");
        await database.IssueAsync(ada, "10");
        await database.IssueAsync(ada, "10", "EUR");
        await database.IssueAsync(ada, "1000", "JPY", "goodwill");
        await database.IssueAsync(grace, "2.50");

        var ofAda = await ListAsync(database, new CreditFilter { Account = ada.PublicId.ToString() }, new PageRequest(0, 1));
        var goodwill = await ListAsync(database, new CreditFilter { Type = "goodwill" });
        var ofNobody = await ListAsync(database, new CreditFilter { Account = "ext:nobody" });

        Assert.Equal((1, 3), (ofAda.Items.Count, ofAda.TotalCount));
        Assert.Equal(["EUR 10.00", "JPY 1000", "USD 10.00"], ofAda.Totals.Select(total => $"{total.Currency} {total.Remaining}"));
        Assert.Equal(["JPY 1000"], goodwill.Totals.Select(total => $"{total.Currency} {total.Credited}"));
        Assert.Equal((0, 0), (ofNobody.TotalCount, ofNobody.Totals.Count));
    }

    [Fact]
    public async Task Every_sort_name_sorts_both_ways_and_any_other_name_is_newest_first()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        foreach (var amount in new[] { "5", "9", "7" })
        {
            database.Clock.Now += TimeSpan.FromMinutes(1);
            await database.IssueAsync(account, amount);
        }

        async Task<string[]> Sorted(string? by, bool descending) =>
            [.. (await ListAsync(database, new CreditFilter(), new PageRequest(SortBy: by, Descending: descending))).Items.Select(credit => credit.Remaining.ToString())];

        Assert.Equal(["5.00", "7.00", "9.00"], await Sorted("remaining", false));
        Assert.Equal(["9.00", "7.00", "5.00"], await Sorted("Remaining", true));
        Assert.Equal(["7.00", "9.00", "5.00"], await Sorted("1; DROP TABLE Credits", false));
        foreach (var name in CreditQueries.SortNames)
        {
            Assert.Equal(3, (await Sorted(name, false)).Length);
            Assert.Equal(3, (await Sorted(name, true)).Length);
        }
    }

    [Fact]
    public async Task Cursors_walk_the_whole_list_once_though_credits_are_added_meanwhile()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var issued = new List<Guid>();
        for (var number = 1; number <= 7; number++)
        {
            issued.Add((await database.IssueAsync(account, "1")).Id);
        }

        var seen = new List<Guid>();
        Cursor? cursor = null;
        do
        {
            var list = await database.Get<CreditQueries>().ListAsync(TestDatabase.Robot, new CreditFilter(), new KeysetRequest(3, cursor));
            seen.AddRange(list.Items.Select(credit => credit.Id));
            cursor = list.NextCursor is null ? null : Cursor.Parse(list.NextCursor);
            database.Clock.Now += TimeSpan.FromSeconds(1);
            await database.IssueAsync(account, "1");
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Reverse(issued), seen);
    }

    [Fact]
    public async Task A_deleted_credit_is_in_no_list_and_no_total_but_can_still_be_looked_up()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "10");
        await database.Get<CreditService>().DeleteAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id);

        var list = await ListAsync(database, new CreditFilter());
        var one = await database.Get<CreditQueries>().GetAsync(TestDatabase.Robot, credit.Id);

        Assert.Equal((0, 0), (list.TotalCount, list.Totals.Count));
        Assert.Equal("deleted", one?.Status);
    }

    [Theory]
    [InlineData("jo_n", 1)]
    [InlineData("JO_N", 1)]
    [InlineData("%", 0)]
    [InlineData("  ", 2)]
    public async Task Who_created_it_is_found_by_a_part_of_the_name_as_it_is_written(string typed, int found)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "1");
        var request = new IssueCreditRequest { Amount = MoneyInput.Of("1", "USD"), Type = "goodwill" };
        await database.Get<CreditService>().IssueAsync(Caller.Job("jo_nas"), OperationKey.ForForm(), account.PublicId.ToString(), request);

        Assert.Equal(found, (await ListAsync(database, new CreditFilter { CreatedBy = typed })).TotalCount);
    }

    [Fact]
    public async Task Whoever_may_not_view_reads_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var stranger = Caller.ApiKey(Guid.NewGuid(), "shop", [Scopes.Checkout]);

        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<CreditQueries>().ListAsync(stranger, new CreditFilter(), new PageRequest()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<CreditQueries>().GetAsync(stranger, Guid.NewGuid()));
    }

    private static Task<CreditPage> ListAsync(TestDatabase database, CreditFilter filter, PageRequest? page = null) =>
        database.Get<CreditQueries>().ListAsync(TestDatabase.Robot, filter, page ?? new PageRequest());

    private static async Task AddStoresAsync(TestDatabase database)
    {
        await using var db = database.Open();
        db.Stores.Add(new Store("early", "Early", "USD", "Pacific/Kiritimati"));
        db.Stores.Add(new Store("late", "Late", "USD", "Pacific/Pago_Pago"));
        await db.SaveChangesAsync();
        Assert.Equal(3, await db.Stores.CountAsync());
    }

    private static async Task<CreditView> IssueAsync(TestDatabase database, Account account, string store, string amount, DateOnly effectiveOn, DateOnly? expiresOn)
    {
        var request = new IssueCreditRequest { Store = store, Amount = MoneyInput.Of(amount, "USD"), Type = "goodwill", EffectiveOn = effectiveOn, ExpiresOn = expiresOn };
        return (await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), request)).Value;
    }
}
