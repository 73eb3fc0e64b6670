using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounts;

public sealed class AccountDetailsTests
{
    [Fact]
    public async Task Balances_stand_by_store_and_currency_and_are_never_added_up_across_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var db = database.Open())
        {
            db.Stores.Add(new Store("berlin", "Berlin", "EUR", "Europe/Berlin"));
            await db.SaveChangesAsync();
        }

        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        await database.IssueAsync(account, "5", "EUR");
        await IssueInBerlinAsync(database, account.PublicId.ToString(), "7");
        var shop = new Shop(database, account);
        await shop.CaptureAsync((await shop.AuthorizeAsync("1001", "4")).Value.Code, "3", keepRest: true);

        var view = (await database.Get<AccountDetails>().GetAsync(TestDatabase.Robot, account.PublicId.ToString())).Value;
        var all = await BalanceAsync(database, account.PublicId, new BalanceQuery());

        Assert.Equal(
            ["berlin EUR 7.00 0.00 0.00", "main EUR 5.00 0.00 0.00", "main USD 6.00 1.00 3.00"],
            view.Balances.Select(one => $"{one.Store} {one.Currency} {one.Available} {one.Authorized} {one.Used}"));
        Assert.Equal(["berlin EUR 7.00", "main EUR 5.00", "main USD 6.00"], all.Select(one => $"{one.Store} {one.Currency} {one.Available}"));
        Assert.Equal(["main"], (await BalanceAsync(database, account.PublicId, new BalanceQuery("main", "USD"))).Select(one => one.Store));
        Assert.Equal(2, (await BalanceAsync(database, account.PublicId, new BalanceQuery(Currency: "EUR"))).Count);
        Assert.Empty(await BalanceAsync(database, account.PublicId, new BalanceQuery("berlin", "USD")));
    }

    [Fact]
    public async Task The_balance_of_a_day_is_what_its_entries_and_those_before_add_up_to()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10", expiresOn: new DateOnly(2026, 11, 30));
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await database.IssueAsync(account, "20", expiresOn: new DateOnly(2026, 12, 31));
        var shop = new Shop(database, account);
        await shop.AuthorizeAsync("1001", "4");
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await shop.CaptureAsync((await shop.AuthorizeAsync("1002", "8")).Value.Code);

        string Text(BalanceItem item) => $"{item.Available} {item.Authorized} {item.Used} {item.NextExpiry?.On:yyyy-MM-dd} {item.NextExpiry?.Amount}";
        async Task<IEnumerable<string>> OnAsync(int day) => (await BalanceAsync(database, account.PublicId, new BalanceQuery(AsOf: new DateOnly(2026, 11, day)))).Select(Text);

        Assert.Empty(await OnAsync(21));
        Assert.Equal(["10.00 0.00 0.00 2026-11-30 10.00"], await OnAsync(22));
        Assert.Equal(["26.00 4.00 0.00 2026-11-30 6.00"], await OnAsync(23));
        Assert.Equal(["18.00 4.00 8.00 2026-12-31 18.00"], await OnAsync(24));
        Assert.Equal(await OnAsync(24), (await BalanceAsync(database, account.PublicId, new BalanceQuery())).Select(Text));
    }

    [Fact]
    public async Task Credit_that_expires_on_one_day_counts_together_and_what_never_expires_not_at_all()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "1");
        Assert.Null(Assert.Single(await BalanceAsync(database, account.PublicId, new BalanceQuery())).NextExpiry);

        await database.IssueAsync(account, "2", expiresOn: new DateOnly(2026, 12, 1));
        await database.IssueAsync(account, "3", expiresOn: new DateOnly(2026, 12, 1));
        await database.IssueAsync(account, "4", expiresOn: new DateOnly(2026, 12, 2));

        var next = Assert.Single(await BalanceAsync(database, account.PublicId, new BalanceQuery())).NextExpiry!;
        Assert.Equal((new DateOnly(2026, 12, 1), "5.00"), (next.On, next.Amount.ToString()));
    }

    [Theory]
    [InlineData("nowhere", null, "store-unknown")]
    [InlineData(null, "XYZ", "currency-unknown")]
    public async Task An_unknown_store_or_currency_is_named(string? store, string? currency, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();

        var refused = await database.Get<AccountDetails>().BalanceAsync(TestDatabase.Robot, account.PublicId.ToString(), new BalanceQuery(store, currency));

        Assert.Equal(code, refused.Refusal?.Code);
    }

    [Fact]
    public async Task Nothing_is_read_for_a_caller_who_may_not()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var nobody = Caller.ApiKey(Guid.NewGuid(), "events", [Scopes.Events]);
        var id = account.PublicId.ToString();

        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<AccountDetails>().GetAsync(nobody, id));
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<AccountDetails>().BalanceAsync(nobody, id, new BalanceQuery()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<AccountEntries>().ListAsync(nobody, id, new EntryFilter(), new StoreCreditAdmin.Features.Paging.PageRequest()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<AccountHistory>().ListAsync(nobody, id, new HistoryFilter(), new()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<AccountSearch>().SearchAsync(nobody, "", new()));
    }

    private static async Task<IReadOnlyList<BalanceItem>> BalanceAsync(TestDatabase database, Guid accountId, BalanceQuery query) =>
        (await database.Get<AccountDetails>().BalanceAsync(TestDatabase.Robot, accountId.ToString(), query)).Value.Items;

    private static async Task IssueInBerlinAsync(TestDatabase database, string accountId, string amount)
    {
        var request = new IssueCreditRequest { Store = "berlin", Amount = MoneyInput.Of(amount, "EUR"), Type = "goodwill" };
        Assert.True((await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), accountId, request)).IsOk);
    }
}
