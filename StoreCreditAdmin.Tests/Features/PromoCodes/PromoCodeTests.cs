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

    private static System.Text.Json.Nodes.JsonObject Order(string number, string? promo, string? referral = null, bool paid = false, string email = ShopFeed.Email)
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
