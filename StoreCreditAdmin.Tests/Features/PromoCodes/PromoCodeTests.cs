using System.Text.Json.Nodes;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Features.PromoCodes;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.PromoCodes;

public sealed class PromoCodeTests
{
    private static readonly AddPromoCodeRequest Welcome = new() { Code = "WELCOME5", Kind = "promo", Amount = "5", Currency = "USD", Type = "promotion" };

    [Fact]
    public async Task A_promo_code_gives_its_credit_once_per_customer_when_the_order_is_paid()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        await AddAsync(database, Welcome);

        await feed.PlacedAsync(Order("1", "welcome5"));
        var before = await database.ReadEntriesAsync(account);
        var first = await feed.PaidAsync(Order("1", "welcome5", paid: true));
        var repeated = await feed.PaidAsync(Order("1", "welcome5", paid: true));
        var second = await feed.PaidAsync(Order("2", "WELCOME5", paid: true));

        Assert.Empty(before);
        Assert.Equal("issued 5.00 WELCOME5", Short(first));
        Assert.Empty(repeated.Effects);
        Assert.Equal(("credit-not-issued", "code-used"), (second.Effects[0].Kind, second.Effects[0].Reason));
        Assert.Equal(("5.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        var credit = await database.ReadCreditAsync(first.Effects[0].CreditId!.Value);
        Assert.Equal(("promotion", "promo-code"), (credit.Type.Code, credit.Source));
    }

    [Fact]
    public async Task A_referral_code_gives_to_both_and_nothing_to_the_referrer_alone()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var referrer = await feed.CustomerAsync(email: "referrer@example.com");
        var friend = await feed.CustomerAsync();
        await AddAsync(database, Welcome with { Code = "FRIEND", Kind = "referral", ReferrerAccountId = referrer.PublicId.ToString(), ReferrerAmount = "3" });

        await feed.PaidAsync(Order("1", null, "FRIEND", paid: true));
        var own = await feed.PaidAsync(Order("2", null, "FRIEND", paid: true, email: "referrer@example.com"));
        var asPromo = await feed.PaidAsync(Order("3", "FRIEND", paid: true));

        Assert.Equal("5.00", (await feed.BalanceAsync(friend)).Available);
        Assert.Equal("3.00", (await feed.BalanceAsync(referrer)).Available);
        Assert.Equal("code-own", own.Effects[0].Reason);
        Assert.Equal("code-unknown", asPromo.Effects[0].Reason);
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Theory]
    [InlineData("2026-11-23", null, null, "USD", "code-not-valid")]
    [InlineData(null, "2026-11-21", null, "USD", "code-not-valid")]
    [InlineData("2026-11-22", "2026-11-22", null, "USD", null)]
    [InlineData(null, null, 1, "USD", "code-used-up")]
    [InlineData(null, null, null, "EUR", "currency-mismatch")]
    public async Task A_code_gives_nothing_where_it_does_not_hold(string? from, string? to, int? total, string currency, string? reason)
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync(email: "first@example.com");
        await AddAsync(database, Welcome with { Currency = currency, Total = total, ValidFrom = Date(from), ValidTo = Date(to) });
        if (total is not null)
        {
            await feed.PaidAsync(Order("0", "WELCOME5", paid: true, email: "first@example.com"));
        }

        var answer = await feed.PaidAsync(Order("1", "WELCOME5", paid: true));

        Assert.Equal(reason, answer.Effects.Single(effect => effect.Rule is not null).Reason);
    }

    [Fact]
    public async Task A_code_that_cannot_be_is_refused_at_its_field()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, Welcome);

        Assert.Equal(("code-taken", "code"), await RefusedAsync(database, Welcome with { Code = "welcome5" }));
        Assert.Equal(("invalid-request", "code"), await RefusedAsync(database, Welcome with { Code = "two words" }));
        Assert.Equal(("invalid-request", "kind"), await RefusedAsync(database, Welcome with { Code = "X", Kind = "coupon" }));
        Assert.Equal(("amount-invalid", "amount"), await RefusedAsync(database, Welcome with { Code = "X", Amount = "0" }));
        Assert.Equal(("currency-unknown", "currency"), await RefusedAsync(database, Welcome with { Code = "X", Currency = "ZZZ" }));
        Assert.Equal(("type-unknown", "type"), await RefusedAsync(database, Welcome with { Code = "X", Type = "nope" }));
        Assert.Equal(("invalid-request", "perCustomer"), await RefusedAsync(database, Welcome with { Code = "X", PerCustomer = 0 }));
        Assert.Equal(("invalid-request", "total"), await RefusedAsync(database, Welcome with { Code = "X", Total = 0 }));
        Assert.Equal(("invalid-request", "validTo"), await RefusedAsync(database, Welcome with { Code = "X", ValidFrom = new(2026, 2, 1), ValidTo = new(2026, 1, 1) }));
        Assert.Equal(("invalid-request", "referrerAccountId"), await RefusedAsync(database, Welcome with { Code = "X", ReferrerAmount = "1" }));
        Assert.Equal(("invalid-request", "referrerAmount"), await RefusedAsync(database, Welcome with { Code = "X", Kind = "referral", ReferrerAmount = "1" }));
        Assert.Equal(
            ("account-unknown", "referrerAccountId"),
            await RefusedAsync(database, Welcome with { Code = "X", Kind = "referral", ReferrerAmount = "1", ReferrerAccountId = "ext:nobody" }));
    }

    [Fact]
    public async Task Codes_are_listed_in_parts()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AddAsync(database, Welcome);
        await AddAsync(database, Welcome with { Code = "SECOND", Total = 10, ValidTo = new(2026, 12, 31) });
        var codes = database.Get<PromoCodeQueries>();

        var first = await codes.ListAsync(TestDatabase.Robot, new KeysetRequest(1));
        var second = await codes.ListAsync(TestDatabase.Robot, new KeysetRequest(1, Cursor.Parse(first.NextCursor!)));

        Assert.Equal(("WELCOME5", "5.00", 1), (first.Items[0].Code, first.Items[0].Amount.ToString(), first.Items[0].PerCustomer));
        Assert.Equal(("SECOND", 10, (string?)null), (second.Items[0].Code, second.Items[0].Total, second.NextCursor));
    }

    [Fact]
    public async Task A_code_gives_to_each_customer_as_often_as_it_says_and_not_to_two_at_once_where_one_is_left()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        string[] customers = ["a@example.com", "b@example.com", "c@example.com", "d@example.com"];
        foreach (var email in customers)
        {
            await feed.CustomerAsync(email: email);
        }

        await AddAsync(database, Welcome with { PerCustomer = 2, Total = 3 });
        await feed.PaidAsync(Order("1", "WELCOME5", paid: true, email: customers[0]));
        await feed.PaidAsync(Order("2", "WELCOME5", paid: true, email: customers[0]));
        var third = await feed.PaidAsync(Order("3", "WELCOME5", paid: true, email: customers[0]));

        var atOnce = await Task.WhenAll(customers[1..].Select((email, number) => Task.Run(() => feed.PaidAsync(Order($"4-{number}", "WELCOME5", paid: true, email: email)))));

        Assert.Equal("code-used", third.Effects[0].Reason);
        Assert.Equal([null, "code-used-up", "code-used-up"], atOnce.Select(answer => answer.Effects.Single(effect => effect.Rule is not null).Reason).Order());
        Assert.Equal(3, (await RowAsync(database)).Uses);
    }

    [Theory]
    [InlineData("2026-11-22T14:59:59Z", null)]
    [InlineData("2026-11-22T15:00:00Z", "code-not-valid")]
    public async Task The_last_day_of_a_code_ends_at_midnight_in_the_order_s_store(string placedAt, string? reason)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddStoreAsync("tokyo", "Tokyo", "USD", "Asia/Tokyo");
        var feed = new ShopFeed(database);
        await feed.CustomerAsync();
        await AddAsync(database, Welcome with { ValidTo = new DateOnly(2026, 11, 22) });
        database.Clock.Now = DateTimeOffset.Parse(placedAt);
        var order = Order("1", "WELCOME5", paid: true);
        (order["store"], order["placedAt"]) = ("tokyo", placedAt);

        var answer = await feed.PaidAsync(order);

        Assert.Equal(reason, answer.Effects.Single(effect => effect.Rule is not null).Reason);
    }

    [Fact]
    public async Task A_gift_whose_date_is_over_is_not_given_and_what_was_bought_is_all_the_same()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        await AddAsync(database, Welcome);
        await database.ChangeTypeAsync(Welcome.Type!, type => type.DefaultExpiry = ExpiryPolicy.OnDate(new(2026, 11, 21)));
        await database.ChangeTypeAsync("store-credit", type => type.DefaultExpiry = ExpiryPolicy.OnDate(new(2026, 11, 21)));
        var order = Order("1", "WELCOME5", paid: true);
        order["lines"] = new JsonArray(new JsonObject { ["sku"] = "credit", ["name"] = "Credit", ["quantity"] = 10, ["unitPrice"] = "1.00", ["kind"] = "credit" });

        var answer = await feed.PaidAsync(order);

        Assert.Equal("credit-not-issued expiry-in-past", answer.Effects.Where(effect => effect.Rule is not null).Select(effect => $"{effect.Kind} {effect.Reason}").Single());
        Assert.Equal("10.00", (await feed.BalanceAsync(account)).Available);
        Assert.Null((await database.ReadCreditAsync(answer.Effects.Single(effect => effect.Kind == "issued").CreditId!.Value)).ExpiresOn);
        Assert.Equal(0, (await RowAsync(database)).Uses);
    }

    [Fact]
    public async Task A_change_counts_forward_and_what_was_given_stays()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        await AddAsync(database, Welcome with { PerCustomer = 5 });
        await feed.PaidAsync(Order("1", "WELCOME5", paid: true));

        var changed = await ChangeAsync(database, new() { Amount = "8", Total = 7, Version = 0 });
        await feed.PaidAsync(Order("2", "WELCOME5", paid: true));
        var off = await ChangeAsync(database, new() { Active = false });
        var whileOff = await feed.PaidAsync(Order("3", "WELCOME5", paid: true));

        Assert.Equal(("8.00", 7, 1), (changed.Value.Amount.ToString(), changed.Value.Total, changed.Value.Version));
        Assert.Equal((false, 7, "8.00"), (off.Value.Active, off.Value.Total, off.Value.Amount.ToString()));
        Assert.Equal("code-inactive", whileOff.Effects[0].Reason);
        Assert.Equal("13.00", (await feed.BalanceAsync(account)).Available);
        var row = await RowAsync(database);
        Assert.Equal((2, "13.00", PromoCodeState.Inactive), (row.Uses, row.GivenToCustomers.ToString(), row.State));
        Assert.Equal(
            ["""{"amount":"5.00","total":null} {"amount":"8.00","total":7}""", """{"active":true} {"active":false}"""],
            (await database.ReadAuditAsync()).Where(line => line.Action == "code.change").Select(line => $"{line.OldValues} {line.NewValues}"));
    }

    [Fact]
    public async Task What_never_changes_and_what_somebody_else_changed_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync();
        await AddAsync(database, Welcome);

        Assert.True((await ChangeAsync(database, new() { Currency = "EUR" })).IsOk);
        Assert.True((await ChangeAsync(database, new() { Currency = "USD" })).IsOk);
        await feed.PaidAsync(Order("1", "WELCOME5", paid: true));

        Assert.Equal(("currency-frozen", "currency"), Of(await ChangeAsync(database, new() { Currency = "EUR" })));
        Assert.Equal(("code-frozen", "code"), Of(await ChangeAsync(database, new() { Code = "OTHER" })));
        Assert.Equal(("kind-frozen", "kind"), Of(await ChangeAsync(database, new() { Kind = "referral" })));
        Assert.Equal(("changed-meanwhile", null), Of(await ChangeAsync(database, new() { Amount = "6", Version = 1 })));
        Assert.Equal(("amount-invalid", "amount"), Of(await ChangeAsync(database, new() { Amount = "-1" })));
        Assert.Equal(("invalid-request", "validTo"), Of(await ChangeAsync(database, new() { ValidFrom = new DateOnly(2026, 12, 2), ValidTo = new DateOnly(2026, 12, 1) })));
        Assert.Equal(("not-found", null), Of(await database.Get<PromoCodeService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "NOPE", new())));
    }

    [Theory]
    [InlineData(PromoCodeState.Usable, "NOW")]
    [InlineData(PromoCodeState.ToCome, "LATER")]
    [InlineData(PromoCodeState.Over, "PAST")]
    [InlineData(PromoCodeState.UsedUp, "GONE")]
    [InlineData(PromoCodeState.Inactive, "OFF")]
    public async Task Codes_are_found_by_how_they_stand(PromoCodeState state, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync();
        var today = new DateOnly(2026, 11, 22);
        await AddAsync(database, Welcome with { Code = "NOW", ValidFrom = today, ValidTo = today, Total = 2 });
        await AddAsync(database, Welcome with { Code = "LATER", ValidFrom = today.AddDays(1) });
        await AddAsync(database, Welcome with { Code = "PAST", ValidTo = today.AddDays(-1) });
        await AddAsync(database, Welcome with { Code = "GONE", Total = 1 });
        await AddAsync(database, Welcome with { Code = "OFF" });
        await feed.PaidAsync(Order("1", "GONE", paid: true));
        await database.Get<PromoCodeService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "off", new() { Active = false });

        var found = await database.Get<PromoCodeQueries>().SearchAsync(TestDatabase.Robot, new PromoCodeFilter { State = state }, new PageRequest());

        Assert.Equal((code, state), (Assert.Single(found.Items).Code.Code, found.Items[0].State));
    }

    private static Task<StoreCreditAdmin.Domain.Result<PromoCodeView>> ChangeAsync(TestDatabase database, ChangePromoCodeRequest request) =>
        database.Get<PromoCodeService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), "welcome5", request);

    private static (string?, string?) Of(StoreCreditAdmin.Domain.Result<PromoCodeView> result) => (result.Refusal?.Code, result.Refusal?.Field);

    private static async Task<PromoCodeRow> RowAsync(TestDatabase database) => (await database.Get<PromoCodeQueries>().GetAsync(TestDatabase.Robot, "WELCOME5"))!;

    private static JsonObject Order(string number, string? promo, string? referral = null, bool paid = false, string email = ShopFeed.Email)
    {
        var order = ShopFeed.Order(number, "10.00", email: email, payments: ShopFeed.Card("10.00", paid ? "completed" : "pending"));
        order["promoCode"] = promo;
        order["referralCode"] = referral;
        return order;
    }

    private static async Task AddAsync(TestDatabase database, AddPromoCodeRequest request) =>
        Assert.Null((await database.Get<PromoCodeService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), request)).Refusal);

    private static async Task<(string?, string?)> RefusedAsync(TestDatabase database, AddPromoCodeRequest request)
    {
        var refusal = (await database.Get<PromoCodeService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), request)).Refusal;
        return (refusal?.Code, refusal?.Field);
    }

    private static string Short(EventAnswer answer) => string.Join(' ', answer.Effects.Select(effect => $"{effect.Kind} {effect.Amount} {effect.Rule}"));

    private static DateOnly? Date(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd");
}
