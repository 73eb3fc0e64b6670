using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Catalogue;

public sealed class CreditTypeServiceTests
{
    private static readonly Caller Clerk = Caller.ApiKey(Guid.NewGuid(), "clerk", [Scopes.Read, Scopes.Credits]);

    [Fact]
    public async Task The_delivered_types_are_there_with_gift_cards_paid_for()
    {
        await using var database = await TestDatabase.CreateAsync();

        var types = await database.Get<CreditTypeService>().ListAsync(Clerk);

        Assert.Equal(["gift-card", "goodwill", "promotion", "refund-credit", "return-credit", "store-credit"], types.Select(type => type.Code));
        Assert.Equal(["gift-card"], types.Where(type => type.PaidFor).Select(type => type.Code));
        Assert.All(types, type => Assert.Equal((0, true, ExpiryPolicyInput.NeverKind), (type.Priority, type.Active, type.DefaultExpiry.Kind)));
    }

    [Fact]
    public async Task A_new_type_gives_its_credit_its_expiry()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();

        var added = await AddAsync(database, Exchange with { DefaultExpiry = After(30) });
        var request = new IssueCreditRequest { Amount = MoneyInput.Of("10", "USD"), Type = "exchange" };
        var issued = (await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), request)).Value;

        Assert.Equal(("exchange", "Exchange", 30), (added.Value.Code, added.Value.Name, added.Value.DefaultExpiry.Days));
        Assert.Equal(("Exchange", new DateOnly(2026, 12, 22)), (issued.TypeName, issued.ExpiresOn));
        Assert.Equal(added.Value, Assert.Single(await ListAsync(database), type => type.Code == "exchange"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Exchange")]
    [InlineData("ex change")]
    [InlineData("exchange\n")]
    [InlineData("échange")]
    [InlineData("<script>")]
    [InlineData("123456789012345678901234567890123456789012345678901")]
    public async Task A_code_is_small_letters_digits_and_hyphens(string? code)
    {
        await using var database = await TestDatabase.CreateAsync();

        var added = await AddAsync(database, Exchange with { Code = code });

        Assert.Equal(("invalid-request", "code"), (added.Refusal?.Code, added.Refusal?.Field));
        Assert.Equal(6, (await ListAsync(database)).Count);
    }

    [Fact]
    public async Task A_code_is_taken_once()
    {
        await using var database = await TestDatabase.CreateAsync();

        var added = await AddAsync(database, Exchange with { Code = "goodwill" });

        Assert.Equal(("code-taken", "code"), (added.Refusal?.Code, added.Refusal?.Field));
    }

    [Theory]
    [InlineData(null, "invalid-request")]
    [InlineData("   ", "invalid-request")]
    [InlineData("101", "text-too-long")]
    [InlineData("100", null)]
    [InlineData("<b>礼品卡</b> O’Neil", null)]
    public async Task A_name_has_one_to_a_hundred_characters(string? name, string? refused)
    {
        await using var database = await TestDatabase.CreateAsync();
        name = name is "100" or "101" ? new string('n', int.Parse(name)) : name;

        var added = await AddAsync(database, Exchange with { Name = name });

        Assert.Equal((refused, refused is null ? null : "name"), (added.Refusal?.Code, added.Refusal?.Field));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task A_priority_is_0_to_1000(int priority, bool accepted)
    {
        await using var database = await TestDatabase.CreateAsync();

        var added = await AddAsync(database, Exchange with { Priority = priority });

        Assert.Equal(accepted ? null : "priority", added.Refusal?.Field);
    }

    public static TheoryData<ExpiryPolicyInput, string?> Policies => new()
    {
        { new() { Kind = "never" }, null },
        { new() { Kind = "never", Days = 3 }, "invalid-request" },
        { new() { Kind = "sometimes" }, "invalid-request" },
        { new(), "invalid-request" },
        { After(0), "invalid-request" },
        { After(1), null },
        { After(36_500), null },
        { After(36_501), "invalid-request" },
        { new() { Kind = "after-days" }, "invalid-request" },
        { After(5) with { Date = new(2027, 1, 1) }, "invalid-request" },
        { On(2026, 11, 21), "expiry-in-past" },
        { On(2026, 11, 22), null },
        { new() { Kind = "on-date" }, "invalid-request" },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task A_default_expiry_is_whole_and_not_over(ExpiryPolicyInput policy, string? refused)
    {
        await using var database = await TestDatabase.CreateAsync();

        var added = await AddAsync(database, Exchange with { DefaultExpiry = policy });

        Assert.Equal((refused, refused is null ? null : "defaultExpiry"), (added.Refusal?.Code, added.Refusal?.Field));
    }

    [Fact]
    public async Task Today_is_the_default_stores_today()
    {
        await using var database = await TestDatabase.CreateAsync();
        database.Clock.Now = new(2026, 11, 22, 16, 0, 0, TimeSpan.Zero);
        _ = (await database.Get<StoreService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "main", new() { TimeZone = "Asia/Tokyo" })).Value;

        var added = await AddAsync(database, Exchange with { DefaultExpiry = On(2026, 11, 22) });

        Assert.Equal("expiry-in-past", added.Refusal?.Code);
    }

    [Fact]
    public async Task Credit_that_may_not_expire_has_no_default_expiry()
    {
        await using var database = await TestDatabase.CreateAsync();

        var added = await AddAsync(database, Exchange with { MayExpire = false, DefaultExpiry = After(5) });
        _ = (await AddAsync(database, Exchange with { DefaultExpiry = After(5) })).Value;
        var changed = await ChangeAsync(database, "exchange", new() { MayExpire = false });
        var both = await ChangeAsync(database, "exchange", new() { MayExpire = false, DefaultExpiry = new() { Kind = "never" } });

        Assert.Equal("defaultExpiry", added.Refusal?.Field);
        Assert.Equal("defaultExpiry", changed.Refusal?.Field);
        Assert.False(both.Value.MayExpire);
    }

    [Fact]
    public async Task A_fixed_date_that_has_passed_does_not_stop_other_changes()
    {
        await using var database = await TestDatabase.CreateAsync();
        _ = (await AddAsync(database, Exchange with { DefaultExpiry = On(2026, 11, 30) })).Value;
        database.Clock.Now = database.Clock.Now.AddMonths(2);

        var renamed = await ChangeAsync(database, "exchange", new() { Name = "Swap", DefaultExpiry = On(2026, 11, 30) });

        Assert.Equal("Swap", renamed.Value.Name);
    }

    [Fact]
    public async Task Paid_for_is_fixed_once_credit_of_the_type_exists()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();

        var before = await ChangeAsync(database, "goodwill", new() { PaidFor = true });
        await database.IssueAsync(account, "10", type: "goodwill");
        var after = await ChangeAsync(database, "goodwill", new() { PaidFor = false });
        var same = await ChangeAsync(database, "goodwill", new() { PaidFor = true, Priority = 5 });

        Assert.True(before.Value.PaidFor);
        Assert.Equal(("type-in-use", "paidFor"), (after.Refusal?.Code, after.Refusal?.Field));
        Assert.Equal((true, 5), (same.Value.PaidFor, same.Value.Priority));
    }

    [Fact]
    public async Task An_inactive_type_is_no_longer_offered_nor_given_and_its_credit_stays()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "10", type: "goodwill");

        var changed = await ChangeAsync(database, "goodwill", new() { Active = false });
        var offered = await database.Get<CreditTypeService>().ListAsync(Clerk, activeOnly: true);

        Assert.False(changed.Value.Active);
        Assert.DoesNotContain(offered, type => type.Code == "goodwill");
        Assert.Contains(await ListAsync(database), type => type is { Code: "goodwill", Active: false });
        Assert.Equal("Goodwill", (await database.ReadCreditAsync(credit.Id)).Type.Name);
    }

    [Fact]
    public async Task The_type_that_a_store_gives_for_credit_lines_stays_active()
    {
        await using var database = await TestDatabase.CreateAsync();

        var changed = await ChangeAsync(database, "store-credit", new() { Active = false });

        Assert.Equal(("type-in-use", "active"), (changed.Refusal?.Code, changed.Refusal?.Field));
        Assert.Contains("Main store", changed.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_of_two_people_who_edit_at_once_is_told()
    {
        await using var database = await TestDatabase.CreateAsync();
        var seen = (await ListAsync(database)).Single(type => type.Code == "goodwill");

        var first = await ChangeAsync(database, "goodwill", new() { Name = "Kindness", Version = seen.Version });
        var second = await ChangeAsync(database, "goodwill", new() { Priority = 7, Version = seen.Version });

        Assert.True(first.IsOk);
        Assert.Equal("changed-meanwhile", second.Refusal?.Code);
        Assert.Equal(("Kindness", 0), (await ListAsync(database)).Where(type => type.Code == "goodwill").Select(type => (type.Name, type.Priority)).Single());
    }

    [Fact]
    public async Task A_code_never_changes_and_an_unknown_one_is_not_found()
    {
        await using var database = await TestDatabase.CreateAsync();

        Assert.Equal("code-frozen", (await ChangeAsync(database, "goodwill", new() { Code = "kindness" })).Refusal?.Code);
        Assert.True((await ChangeAsync(database, "goodwill", new() { Code = "goodwill" })).IsOk);
        Assert.Equal("not-found", (await ChangeAsync(database, "kindness", new() { Name = "K" })).Refusal?.Code);
    }

    [Fact]
    public async Task Only_who_manages_catalogues_may_change_them_and_the_audit_keeps_old_and_new()
    {
        await using var database = await TestDatabase.CreateAsync();
        var service = database.Get<CreditTypeService>();

        var refused = await service.AddAsync(Clerk, OperationKey.ForForm(), Exchange);
        _ = (await ChangeAsync(database, "goodwill", new() { Priority = 9 })).Value;
        _ = (await ChangeAsync(database, "goodwill", new() { Priority = 9 })).Value;

        Assert.Equal("forbidden", refused.Refusal?.Code);
        await using var db = database.Open();
        var line = Assert.Single(db.AuditEntries.Where(entry => entry.Action == "credit-type.change"));
        Assert.Equal(("""{"priority":0}""", """{"priority":9}""", "goodwill"), (line.OldValues, line.NewValues, line.SubjectId));
    }

    [Fact]
    public async Task Reading_needs_the_permission_to_view()
    {
        await using var database = await TestDatabase.CreateAsync();
        var shop = Caller.ApiKey(Guid.NewGuid(), "shop", [Scopes.Events]);

        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<CreditTypeService>().ListAsync(shop));
    }

    private static AddCreditTypeRequest Exchange { get; } = new() { Code = "exchange", Name = "Exchange" };

    private static ExpiryPolicyInput After(int days) => new() { Kind = "after-days", Days = days };

    private static ExpiryPolicyInput On(int year, int month, int day) => new() { Kind = "on-date", Date = new(year, month, day) };

    private static Task<IReadOnlyList<CreditTypeView>> ListAsync(TestDatabase database) => database.Get<CreditTypeService>().ListAsync(Clerk);

    private static Task<StoreCreditAdmin.Domain.Result<CreditTypeView>> AddAsync(TestDatabase database, AddCreditTypeRequest request) =>
        database.Get<CreditTypeService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), request);

    private static Task<StoreCreditAdmin.Domain.Result<CreditTypeView>> ChangeAsync(TestDatabase database, string code, ChangeCreditTypeRequest request) =>
        database.Get<CreditTypeService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), code, request);
}
