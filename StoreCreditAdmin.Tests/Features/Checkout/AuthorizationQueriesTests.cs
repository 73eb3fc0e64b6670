using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounting;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Checkout;

public sealed class AuthorizationQueriesTests
{
    [Fact]
    public async Task Open_ones_are_found_by_an_index_however_many_are_closed()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "100");
        await new Shop(database, account).AuthorizeAsync("1", "10");
        var queries = database.Get<AuthorizationQueries>();

        plans.Start();
        foreach (var filter in new[]
        {
            new OpenAuthorizationFilter(),
            new OpenAuthorizationFilter { Age = HoldAge.UnderAnHour },
            new OpenAuthorizationFilter { Account = "ada" },
            new OpenAuthorizationFilter { Store = "main", Currency = "USD" },
        })
        {
            Assert.Single((await queries.ListOpenAsync(TestDatabase.Robot, filter, new PageRequest())).Items);
        }

        Assert.DoesNotContain(plans.Scans, scan => scan.Contains("Authorization", StringComparison.Ordinal));
        Assert.Contains(plans.Steps, step => step.Contains("IX_Authorizations_OpenByAge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_of_many_takes_the_same_queries_as_a_page_of_one_and_tells_the_whole_count()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "100");
        var shop = new Shop(database, account);
        await shop.AuthorizeAsync("0", "1");
        var queries = database.Get<AuthorizationQueries>();
        plans.Start();
        await queries.ListOpenAsync(TestDatabase.Robot, new OpenAuthorizationFilter(), new PageRequest());
        var forOne = plans.Queries.Count;
        for (var i = 1; i <= 30; i++)
        {
            await shop.AuthorizeAsync($"{i}", "1");
        }

        plans.Start();
        var page = await queries.ListOpenAsync(TestDatabase.Robot, new OpenAuthorizationFilter(), new PageRequest(Skip: 20, Take: 20));

        Assert.Equal(forOne, plans.Queries.Count);
        Assert.Equal((11, 31, 31), (page.Items.Count, page.TotalCount, page.Ages[0].Count));
        Assert.Equal("31.00", Assert.Single(page.Ages[0].Held).Amount.ToString());
    }

    [Fact]
    public async Task Those_of_a_store_in_a_currency_hold_what_the_dashboard_says()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "100");
        await database.IssueAsync(account, "1000", "JPY");
        await new Shop(database, account).AuthorizeAsync("1", "10");
        await new Shop(database, account, "JPY").AuthorizeAsync("2", "700");

        var shown = (await database.Get<DashboardQueries>().GetAsync(TestDatabase.Robot)).Stores;

        Assert.Equal(["JPY 700", "USD 10.00"], shown.Select(store => $"{store.Currency} {store.Authorized}").Order(StringComparer.Ordinal));
        foreach (var store in shown)
        {
            var list = await database.Get<AuthorizationQueries>().ListOpenAsync(TestDatabase.Robot, new OpenAuthorizationFilter { Store = store.Store, Currency = store.Currency }, new PageRequest());
            Assert.Equal(store.Authorized, Assert.Single(list.Items).Held);
            Assert.Equal([new HeldSum(store.Currency, store.Authorized)], list.Ages.SelectMany(age => age.Held));
        }
    }

    [Fact]
    public async Task Looking_at_all_needs_the_permission_to_view()
    {
        await using var database = await TestDatabase.CreateAsync();
        var till = Caller.ApiKey(Guid.NewGuid(), "Till", [Scopes.Checkout]);
        var events = Caller.ApiKey(Guid.NewGuid(), "Events", [Scopes.Events]);

        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<AuthorizationQueries>().ListOpenAsync(till, new OpenAuthorizationFilter(), new PageRequest()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<AuthorizationQueries>().GetAsync(events, "nope"));
        Assert.Null(await database.Get<AuthorizationQueries>().GetAsync(till, "nope"));
    }
}
