using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Catalogue;

public sealed class StoreServiceTests
{
    [Fact]
    public async Task A_new_system_has_one_store()
    {
        await using var database = await TestDatabase.CreateAsync();

        var store = Assert.Single(await ListAsync(database));

        Assert.Equal(("main", "USD", "UTC", true, true), (store.Code, store.Currency, store.TimeZone, store.IsDefault, store.Active));
        Assert.Equal(["user", "valet"], store.AutoInvoiceKinds);
        Assert.Null(store.CapPerAccount);
    }

    [Fact]
    public async Task The_days_of_returned_value_stay_when_absent_and_are_cleared_by_null()
    {
        await using var database = await TestDatabase.CreateAsync();
        var stores = database.Get<StoreService>();
        async Task<int?> ChangeAsync(ChangeStoreRequest request) =>
            (await stores.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "main", request)).Value.ReturnedValueDays;

        Assert.Equal(30, await ChangeAsync(new ChangeStoreRequest { ReturnedValueDays = 30 }));
        Assert.Equal(30, await ChangeAsync(new ChangeStoreRequest { Name = "Main" }));
        Assert.Null(await ChangeAsync(new ChangeStoreRequest { ReturnedValueDays = new Optional<int?>(null) }));
    }

    public static TheoryData<AddStoreRequest, string, string> BadRequests => new()
    {
        { Tokyo with { Code = "Tokyo" }, "invalid-request", "code" },
        { Tokyo with { Code = "main" }, "code-taken", "code" },
        { Tokyo with { Name = null }, "invalid-request", "name" },
        { Tokyo with { Currency = null }, "currency-unknown", "currency" },
        { Tokyo with { Currency = "jpy" }, "currency-unknown", "currency" },
        { Tokyo with { Currency = "XXX" }, "currency-unknown", "currency" },
        { Tokyo with { TimeZone = null }, "invalid-request", "timeZone" },
        { Tokyo with { TimeZone = "Asia/Edo" }, "invalid-request", "timeZone" },
        { Tokyo with { TimeZone = "asia/tokyo" }, "invalid-request", "timeZone" },
        { Tokyo with { TimeZone = "Tokyo Standard Time" }, "invalid-request", "timeZone" },
        { Tokyo with { TimeZone = "../../etc/passwd" }, "invalid-request", "timeZone" },
        { Tokyo with { TimeZone = "posixrules" }, "invalid-request", "timeZone" },
        { Tokyo with { AuthorizationMinutes = 0 }, "invalid-request", "authorizationMinutes" },
        { Tokyo with { AuthorizationMinutes = 527_041 }, "invalid-request", "authorizationMinutes" },
        { Tokyo with { ReturnedValueDays = 0 }, "invalid-request", "returnedValueDays" },
        { Tokyo with { ReturnedValueDays = 3651 }, "invalid-request", "returnedValueDays" },
        { Tokyo with { AutoInvoiceKinds = ["user", "Self storage"] }, "invalid-request", "autoInvoiceKinds" },
        { Tokyo with { AutoInvoiceKinds = ["user,valet"] }, "invalid-request", "autoInvoiceKinds" },
        { Tokyo with { AutoInvoiceKinds = [null] }, "invalid-request", "autoInvoiceKinds" },
        { Tokyo with { AutoInvoiceKinds = [""] }, "invalid-request", "autoInvoiceKinds" },
        { Tokyo with { CreditLineType = "wine" }, "type-unknown", "creditLineType" },
        { Tokyo with { CapPerAccount = "10.5" }, "amount-invalid", "capPerAccount" },
        { Tokyo with { CapPerAccount = "0" }, "amount-invalid", "capPerAccount" },
        { Tokyo with { CapPerAccount = "-5" }, "amount-invalid", "capPerAccount" },
        { Tokyo with { CapPerAccount = "1e3" }, "amount-invalid", "capPerAccount" },
        { Tokyo with { IsDefault = true, Active = false }, "default-store", "active" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task Bad_input_is_refused_at_its_field(AddStoreRequest request, string code, string field)
    {
        await using var database = await TestDatabase.CreateAsync();

        var added = await AddAsync(database, request);

        Assert.Equal((code, field), (added.Refusal?.Code, added.Refusal?.Field));
        Assert.Single(await ListAsync(database));
    }

    [Theory]
    [InlineData("Europe/London")]
    [InlineData("US/Eastern")]
    [InlineData("Etc/GMT+5")]
    [InlineData("UTC")]
    public async Task A_time_zone_is_one_of_the_database_of_time_zones(string name)
    {
        await using var database = await TestDatabase.CreateAsync();

        var added = await AddAsync(database, Tokyo with { TimeZone = name });

        Assert.Equal(name, added.Value.TimeZone);
    }

    [Fact]
    public async Task Making_one_store_the_default_unmakes_the_other()
    {
        await using var database = await TestDatabase.CreateAsync();

        var added = await AddAsync(database, Tokyo with { IsDefault = true, AutoInvoiceKinds = [], CapPerAccount = "5000" });
        var stores = await ListAsync(database);
        var back = await ChangeAsync(database, "main", new() { IsDefault = true });

        Assert.Equal((true, "5000"), (added.Value.IsDefault, added.Value.CapPerAccount.ToString()));
        Assert.Empty(added.Value.AutoInvoiceKinds);
        Assert.Equal([("tokyo", true), ("main", false)], stores.Select(store => (store.Code, store.IsDefault)));
        Assert.True(back.Value.IsDefault);
        Assert.Equal(["main"], (await ListAsync(database)).Where(store => store.IsDefault).Select(store => store.Code));
    }

    [Fact]
    public async Task There_is_always_a_default_and_it_is_active()
    {
        await using var database = await TestDatabase.CreateAsync();
        _ = (await AddAsync(database, Tokyo)).Value;

        var unmade = await ChangeAsync(database, "main", new() { IsDefault = false });
        var closed = await ChangeAsync(database, "main", new() { Active = false });
        _ = (await ChangeAsync(database, "tokyo", new() { Active = false })).Value;
        var closedDefault = await ChangeAsync(database, "tokyo", new() { IsDefault = true });
        var reopened = await ChangeAsync(database, "tokyo", new() { IsDefault = true, Active = true });

        Assert.Equal(("default-store", "isDefault"), (unmade.Refusal?.Code, unmade.Refusal?.Field));
        Assert.Equal(("default-store", "active"), (closed.Refusal?.Code, closed.Refusal?.Field));
        Assert.Equal("default-store", closedDefault.Refusal?.Code);
        Assert.True(reopened.Value is { IsDefault: true, Active: true });
    }

    [Fact]
    public async Task An_inactive_store_takes_no_new_credit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        _ = (await AddAsync(database, Tokyo with { Active = false })).Value;

        var issued = await database.Get<CreditService>().IssueAsync(
            TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new() { Store = "tokyo", Amount = MoneyInput.Of("5", "JPY"), Type = "goodwill" });

        Assert.Equal("store-unknown", issued.Refusal?.Code);
        Assert.Equal(["main"], (await database.Get<StoreService>().ListAsync(TestDatabase.Robot, activeOnly: true)).Select(store => store.Code));
    }

    [Fact]
    public async Task Issuing_above_the_cap_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        _ = (await ChangeAsync(database, "main", new() { CapPerAccount = "1000" })).Value;
        await database.IssueAsync(account, "950");
        Task<StoreCreditAdmin.Domain.Result<CreditView>> Issue(string amount) => database.Get<CreditService>().IssueAsync(
            TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new() { Amount = MoneyInput.Of(amount, "USD"), Type = "goodwill" });

        var over = await Issue("60");
        var exact = await Issue("50");
        _ = (await ChangeAsync(database, "main", new() { CapPerAccount = null })).Value;
        var unlimited = await Issue("60");

        Assert.Equal("cap-exceeded", over.Refusal?.Code);
        Assert.True(exact.IsOk);
        Assert.True(unlimited.IsOk);
    }

    [Fact]
    public async Task A_cap_is_said_again_when_the_currency_changes()
    {
        await using var database = await TestDatabase.CreateAsync();
        _ = (await ChangeAsync(database, "main", new() { CapPerAccount = "1000.50" })).Value;

        var silent = await ChangeAsync(database, "main", new() { Currency = "JPY" });
        var said = await ChangeAsync(database, "main", new() { Currency = "JPY", CapPerAccount = "100000" });

        Assert.Equal(("amount-invalid", "capPerAccount"), (silent.Refusal?.Code, silent.Refusal?.Field));
        Assert.Equal(("JPY", "100000"), (said.Value.Currency, said.Value.CapPerAccount.ToString()));
    }

    [Fact]
    public async Task A_time_zone_may_take_the_date_of_a_store_with_credit_forward_but_not_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        database.Clock.Now = new(2026, 12, 1, 2, 0, 0, TimeSpan.Zero);
        await AddAsync(database, Tokyo);
        await database.IssueAsync(account, "10");

        var back = await ChangeAsync(database, "main", new() { TimeZone = "America/New_York" });
        var empty = await ChangeAsync(database, "tokyo", new() { TimeZone = "America/New_York" });
        var forward = await ChangeAsync(database, "main", new() { TimeZone = "Asia/Tokyo" });
        database.Clock.Now = new(2026, 12, 1, 14, 0, 0, TimeSpan.Zero);
        var sameDay = await ChangeAsync(database, "main", new() { TimeZone = "America/New_York" });

        Assert.Equal(("time-zone-behind", "timeZone"), (back.Refusal?.Code, back.Refusal?.Field));
        Assert.Contains("2026-11-30", back.Refusal!.Message, StringComparison.Ordinal);
        Assert.True(empty.IsOk);
        Assert.True(forward.IsOk);
        Assert.True(sameDay.IsOk);
    }

    [Fact]
    public async Task The_second_of_two_people_who_edit_at_once_is_told()
    {
        await using var database = await TestDatabase.CreateAsync();

        var first = await ChangeAsync(database, "main", new() { Name = "First", Version = 0 });
        var second = await ChangeAsync(database, "main", new() { Name = "Second", Version = 0 });

        Assert.Equal(1, first.Value.Version);
        Assert.Equal("changed-meanwhile", second.Refusal?.Code);
        Assert.Equal("First", Assert.Single(await ListAsync(database)).Name);
    }

    [Fact]
    public async Task Only_who_manages_stores_may_change_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var shop = Caller.ApiKey(Guid.NewGuid(), "shop", [Scopes.Read, Scopes.Credits, Scopes.Checkout, Scopes.Events]);

        var added = await database.Get<StoreService>().AddAsync(shop, OperationKey.ForForm(), Tokyo);

        Assert.Equal("forbidden", added.Refusal?.Code);
    }

    private static AddStoreRequest Tokyo { get; } = new() { Code = "tokyo", Name = "Tokyo", Currency = "JPY", TimeZone = "Asia/Tokyo" };

    private static Task<IReadOnlyList<StoreView>> ListAsync(TestDatabase database) => database.Get<StoreService>().ListAsync(TestDatabase.Robot);

    private static Task<StoreCreditAdmin.Domain.Result<StoreView>> AddAsync(TestDatabase database, AddStoreRequest request) =>
        database.Get<StoreService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), request);

    private static Task<StoreCreditAdmin.Domain.Result<StoreView>> ChangeAsync(TestDatabase database, string code, ChangeStoreRequest request) =>
        database.Get<StoreService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), code, request);
}
