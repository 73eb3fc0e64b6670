using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

public sealed class OrderQueriesTests
{
    [Theory]
    [InlineData("web-1", "WEB-1")]
    [InlineData("WEB", "WEB-3,WEB-2,WEB-1")]
    [InlineData("ada", "WEB-3,WEB-1")]
    [InlineData("ada@example.com", "WEB-3,WEB-1")]
    [InlineData("stranger@", "WEB-2")]
    [InlineData("%", "")]
    [InlineData("no such thing", "")]
    public async Task Orders_are_found_by_number_and_by_customer(string text, string expected)
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);

        Assert.Equal(expected, await NumbersAsync(database, new OrderFilter { Search = text }));
    }

    [Fact]
    public async Task Orders_are_filtered_by_account_status_store_and_date()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);
        var day = new DateOnly(2026, 11, 22);

        Assert.Equal("WEB-3,WEB-1", await NumbersAsync(database, new OrderFilter { Account = "ext:c-ada@example.com" }));
        Assert.Equal("", await NumbersAsync(database, new OrderFilter { Account = "ext:nobody" }));
        Assert.Equal("WEB-1", await NumbersAsync(database, new OrderFilter { Status = OrderStatus.Paid }));
        Assert.Equal("WEB-2", await NumbersAsync(database, new OrderFilter { Status = OrderStatus.Placed }));
        Assert.Equal("WEB-3", await NumbersAsync(database, new OrderFilter { Status = OrderStatus.Cancelled }));
        Assert.Equal("WEB-3,WEB-2,WEB-1", await NumbersAsync(database, new OrderFilter { Store = "main", PlacedFrom = day, PlacedTo = day }));
        Assert.Equal("", await NumbersAsync(database, new OrderFilter { PlacedFrom = day.AddDays(1) }));
        Assert.Equal("", await NumbersAsync(database, new OrderFilter { Store = "nowhere" }));
    }

    [Theory]
    [InlineData("?credit=yes", "HELD,TAKEN")]
    [InlineData("?credit=taken", "TAKEN")]
    [InlineData("?credit=no", "BOUGHT,EARNED")]
    [InlineData("?kind=goods", "EARNED,HELD,TAKEN")]
    [InlineData("?kind=subscription", "HELD")]
    [InlineData("?kind=one-off", "EARNED,TAKEN")]
    [InlineData("?kind=credit-purchase", "BOUGHT")]
    [InlineData("?gave=any", "EARNED,TAKEN")]
    [InlineData("?gave=refunded", "TAKEN")]
    [InlineData("?gave=earned", "EARNED,TAKEN")]
    [InlineData("?gave=reclaimed", "TAKEN")]
    [InlineData("?credit=taken&kind=goods&gave=reclaimed&status=paid&store=main&currency=USD&placedFrom=2026-11-22", "TAKEN")]
    [InlineData("?credit=maybe&kind=barter&gave=", "BOUGHT,EARNED,HELD,TAKEN")]
    public async Task An_address_says_what_credit_did_in_the_orders_that_it_lists(string address, string expected)
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", new RuleConfig { Mode = "fixed", Amount = "1", MinimumSpend = "5" });
        await desk.Feed.CustomerAsync("10");
        await desk.Feed.PlacedAsync(ShopFeed.Order("TAKEN", "20.00"));
        await desk.Feed.PayAsync("TAKEN", "6");
        await desk.Feed.PaidAsync(ShopFeed.Order("TAKEN", "20.00", payments: ShopFeed.Card("14.00")));
        await desk.Feed.RefundAsync("TAKEN", "2");
        await desk.Feed.PlacedAsync(ShopFeed.Order("HELD", "50.00", kind: "subscription"));
        await desk.Feed.PaidAsync(ShopFeed.Order("EARNED", "8.00", email: "other@example.com", payments: ShopFeed.Card("8.00")));
        await desk.Feed.PaidAsync(ShopFeed.Order("BOUGHT", "3.00", kind: "credit-purchase", payments: ShopFeed.Card("3.00")));
        var query = OrderListQuery.Parse(address);

        Assert.Equal(expected, await NumbersAsync(database, query.Filter, new PageRequest(SortBy: "number")));
        Assert.Equal(query.Filter, OrderListQuery.Parse(query.AddressOf("orders")["orders".Length..]).Filter);
    }

    [Fact]
    public async Task A_row_of_the_list_says_the_same_as_the_order()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);

        foreach (var row in (await database.Get<OrderQueries>().ListAsync(TestDatabase.Robot, new OrderFilter(), new PageRequest())).Items)
        {
            var order = await new ShopFeed(database).ReadAsync(row.Number);
            Assert.Equal(
                (order.Status, order.Total, order.CreditApplied, order.Due, order.Refunded, order.AccountId),
                (row.Status, row.Total, row.CreditApplied, row.Due, row.Refunded, row.AccountId));
        }
    }

    [Fact]
    public async Task Pages_and_sorts_take_their_part_of_the_list()
    {
        await using var database = await TestDatabase.CreateAsync();
        await LayOutAsync(database);

        Assert.Equal("WEB-2", await NumbersAsync(database, new OrderFilter(), new PageRequest(1, 1)));
        Assert.Equal("WEB-1,WEB-2,WEB-3", await NumbersAsync(database, new OrderFilter(), new PageRequest(SortBy: "number")));
        Assert.Equal("WEB-2,WEB-1,WEB-3", await NumbersAsync(database, new OrderFilter(), new PageRequest(SortBy: "total")));
        Assert.Equal("WEB-3,WEB-2,WEB-1", await NumbersAsync(database, new OrderFilter(), new PageRequest(SortBy: "1; DROP TABLE Orders")));
    }

    [Fact]
    public async Task Every_query_goes_by_an_index()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        await LayOutAsync(database);
        plans.Start();

        await NumbersAsync(database, new OrderFilter { Search = "ada", Store = "main", Status = OrderStatus.Paid, PlacedFrom = new DateOnly(2026, 1, 1) });
        await NumbersAsync(database, new OrderFilter { Account = "ext:c-ada@example.com" });
        await new ShopFeed(database).ReadAsync("WEB-1");

        Assert.NotEmpty(plans.Queries);
        Assert.DoesNotContain(plans.Scans, scan => scan.Contains("SCAN o", StringComparison.Ordinal) && !scan.Contains("Stores", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_not_look_sees_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var blind = Caller.ApiKey(Guid.NewGuid(), "Feed", [Scopes.Events]);
        var queries = database.Get<OrderQueries>();

        await Assert.ThrowsAsync<AccessDeniedException>(() => queries.GetAsync(blind, "1"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => queries.ListAsync(blind, new OrderFilter(), new PageRequest()));
    }

    private static async Task LayOutAsync(TestDatabase database)
    {
        var feed = new ShopFeed(database);
        await feed.CustomerAsync("10");
        var paid = ShopFeed.Order("WEB-1", "20.00", payments: ShopFeed.Card("10.00"));
        await feed.PlacedAsync(ShopFeed.Order("WEB-1", "20.00"));
        await feed.PayAsync("WEB-1", "10");
        await feed.PaidAsync(paid);
        await feed.RefundAsync("WEB-1", "4");
        await feed.PlacedAsync(ShopFeed.Order("WEB-2", "5.00", guest: true, email: "stranger@example.com"));
        await feed.PlacedAsync(ShopFeed.Order("WEB-3", "30.00"));
        await feed.CancelledAsync("WEB-3");
    }

    private static async Task<string> NumbersAsync(TestDatabase database, OrderFilter filter, PageRequest? page = null) =>
        string.Join(",", (await database.Get<OrderQueries>().ListAsync(TestDatabase.Robot, filter, page ?? new PageRequest())).Items.Select(row => row.Number));
}
