using FsCheck;
using FsCheck.Fluent;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Earning;

/// <summary>How a refunded order gives back what it earned, with the documents' numbers (cases.md, section J).</summary>
public sealed class ReclaimTests
{
    [Theory]
    [InlineData("200", "10", "50", "2.50")]
    [InlineData("200", "10", "200", "10.00")]
    [InlineData("250", "16", "60", "3.84")]
    [InlineData("100", "5", "0.01", null)]
    public async Task J1_J3_J7_A_refund_takes_back_its_share(string total, string earned, string refund, string? reclaimed)
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = await PaidAsync(database, total, earned);

        var answer = await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", refund));

        Assert.Equal(reclaimed, answer.Effects.SingleOrDefault(effect => effect.Kind == "reclaimed")?.Amount.ToString());
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task What_a_manager_gives_back_beyond_the_total_takes_back_no_more_than_was_earned()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = await PaidAsync(database, "100", "10");
        var earned = (await desk.AwardsAsync()).Single().Credit!.PublicId;
        Assert.True((await database.Get<CreditService>().AdjustAsync(TestDatabase.Robot, OperationKey.ForForm(), earned, new AdjustCreditRequest { Delta = "50", Reason = "correction" })).IsOk);

        Assert.True((await desk.Feed.RefundAsync("1", "80")).IsOk);
        Assert.True((await desk.Feed.RefundAsync("1", "70", overrideReason: "The parcel was late and the jug broken")).IsOk);

        var award = (await desk.AwardsAsync()).Single();
        Assert.Equal((1000L, 0L), (award.ReclaimedMinor, award.ShortfallMinor));
        Assert.Equal("200.00", (await desk.Feed.BalanceAsync(await desk.CustomerAsync())).Available);
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Refunds_in_parts_take_back_exactly_what_was_earned()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = await PaidAsync(database, "30", "10");

        var parts = new List<string>();
        for (var part = 1; part <= 3; part++)
        {
            var answer = await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", $"r{part}", "10"));
            parts.Add(answer.Effects.Single(effect => effect.Kind == "reclaimed").Amount.ToString()!);
        }

        Assert.Equal(["3.33", "3.34", "3.33"], parts);
    }

    [Fact]
    public async Task J5_A_changed_rule_does_not_change_what_an_order_gives_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        var rule = await desk.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "10" });
        await desk.PayAsync("1", "200");
        await desk.ChangeAsync(rule, new() { Mode = RuleModes.Fixed, Amount = "20" });

        await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "200"));

        Assert.Equal(1000, (await desk.AwardsAsync()).Single().ReclaimedMinor);
    }

    [Fact]
    public async Task J6_A_refund_with_store_credit_takes_back_its_share_too()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = await PaidAsync(database, "100", "5");

        Assert.True((await desk.Feed.RefundAsync("1", "40")).IsOk);

        Assert.Equal(("43.00", "0.00", "0.00"), await desk.Feed.BalanceAsync(await desk.CustomerAsync()));
        Assert.Equal(200, (await desk.AwardsAsync()).Single().ReclaimedMinor);
    }

    [Fact]
    public async Task J8_What_expired_unused_is_neither_taken_back_nor_missing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.SetExpiryAsync(new ExpirySettings { Default = new() { Kind = "after-days", Days = 1 } });
        await desk.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "10" });
        await desk.PayAsync("1", "200");
        database.Clock.Now = database.Clock.Now.AddDays(3);

        var answer = await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "200"));

        Assert.DoesNotContain(answer.Effects, effect => effect.Kind is "reclaimed" or "not-reclaimed");
        var award = (await desk.AwardsAsync()).Single();
        Assert.Equal((0L, 0L), (award.ReclaimedMinor, award.ShortfallMinor));
        Assert.Equal(1000, award.Credit!.Buckets.Expired);
    }

    [Fact]
    public async Task J9_A_refund_that_is_reported_twice_takes_back_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = await PaidAsync(database, "200", "10");

        await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "50"), "evt-a");
        await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "50"), "evt-a");
        await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "50"), "evt-b");

        Assert.Equal(250, (await desk.AwardsAsync()).Single().ReclaimedMinor);
    }

    [Fact]
    public async Task J10_Cancelling_gives_back_what_was_spent_and_takes_back_what_was_earned()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        var account = await desk.Feed.CustomerAsync("50");
        await desk.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "21" });
        await desk.Feed.PlacedAsync(ShopFeed.Order("1", "100"));
        Assert.True((await desk.Feed.PayAsync("1")).IsOk);
        await desk.PayAsync("1", "100", change: order => order["payments"] = ShopFeed.Card("50"));
        Assert.Equal(("21.00", "0.00", "50.00"), await desk.Feed.BalanceAsync(account));

        var cancelled = (await desk.Feed.CancelAsync("1")).Value;
        var again = (await desk.Feed.CancelAsync("1")).Value;

        Assert.Equal(("50.00", "21.00"), (cancelled.Refunded.ToString(), cancelled.Reclaimed.ToString()));
        Assert.Equal(("0.00", "0.00"), (again.Refunded.ToString(), again.Reclaimed.ToString()));
        Assert.Equal(("50.00", "0.00", "0.00"), await desk.Feed.BalanceAsync(account));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task What_was_spent_already_is_a_shortfall_that_staff_see()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = await PaidAsync(database, "100", "10");
        var shop = new Shop(database, await desk.CustomerAsync());
        var held = (await shop.AuthorizeAsync("2", "7")).Value;
        Assert.True((await shop.CaptureAsync(held.Code)).IsOk);

        var half = await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "50"));
        var rest = await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r2", "50"));

        Assert.Equal(["reclaimed 3.00", "not-reclaimed 2.00"], Of(half));
        Assert.Equal(["not-reclaimed 5.00"], Of(rest));
        var award = (await desk.AwardsAsync()).Single();
        Assert.Equal((300L, 700L), (award.ReclaimedMinor, award.ShortfallMinor));

        static IEnumerable<string> Of(EventAnswer answer) =>
            answer.Effects.Where(effect => effect.Kind.EndsWith("reclaimed", StringComparison.Ordinal)).Select(effect => $"{effect.Kind} {effect.Amount}");
    }

    [Fact]
    public async Task A_refund_at_the_checkout_takes_back_its_share_as_well()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        var account = await desk.Feed.CustomerAsync("60");
        await desk.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "10" });
        var shop = new Shop(database, account);
        await desk.Feed.PlacedAsync(ShopFeed.Order("1", "100"));
        var code = (await shop.AuthorizeAsync("1", "100")).Value.Code;
        await desk.PayAsync("1", "100", change: order => order["payments"] = ShopFeed.Card("40"));

        Assert.True((await shop.RefundAsync(code, "25")).IsOk);

        Assert.Equal(250, (await desk.AwardsAsync()).Single().ReclaimedMinor);
    }

    [Fact]
    public void The_parts_of_an_order_take_back_all_of_an_award_however_they_are_cut()
    {
        Prop.ForAll<NonEmptyArray<PositiveInt>, PositiveInt>((parts, earned) =>
        {
            long total = parts.Get.Sum(part => (long)part.Get);
            var award = AwardOf(earned.Get);
            long taken = 0;
            foreach (var part in parts.Get)
            {
                var due = award.GiveBack(part.Get, total);
                Assert.True(due >= 0);
                taken += due;
            }

            Assert.Equal(earned.Get, taken);
            Assert.Equal(0, award.GiveBackRest(total));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>As where a payment by credit is taken out of the order, and the shop then reports it anew.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(300)]
    public async Task An_order_whose_total_changes_between_two_refunds_takes_back_all_of_its_award_and_no_more(int total)
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.Feed.CustomerAsync("60");
        await desk.AddAsync("order-placed", new() { Mode = RuleModes.PerAmount, Every = "10", Give = "1" });
        await desk.Feed.PlacedAsync(ShopFeed.Order("1", "100"));
        await desk.Feed.PayAsync("1", "60");
        await desk.Feed.PaidAsync(ShopFeed.Order("1", "100", payments: ShopFeed.Card("40")));
        await desk.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "30"));
        Assert.Equal((400L, 120L), Of((await desk.AwardsAsync()).Single()));
        var earned = (await desk.AwardsAsync()).Single().Credit!.PublicId;
        Assert.True((await database.Get<CreditService>().AdjustAsync(TestDatabase.Robot, OperationKey.ForForm(), earned, new AdjustCreditRequest { Delta = "50", Reason = "correction" })).IsOk);
        var byCredit = (await desk.Feed.ReadAsync("1")).Payments.Single(payment => payment.Method == "store-credit").Id;
        Assert.True((await desk.Feed.VoidAsync("1", byCredit)).IsOk);

        await desk.Feed.PlacedAsync(ShopFeed.Order("1", $"{total}"));
        Assert.True((await desk.Feed.CancelAsync("1")).IsOk);

        Assert.Equal((400L, 400L), Of((await desk.AwardsAsync()).Single()));
        Assert.True((await database.VerifyAsync()).Ok);

        static (long, long) Of(Award award) => (award.AmountMinor, award.ReclaimedMinor);
    }

    [Fact]
    public void However_an_order_s_total_changes_its_refunds_never_take_back_more_than_the_award()
    {
        Prop.ForAll<NonEmptyArray<(PositiveInt Part, PositiveInt Total)>, PositiveInt>((refunds, earned) =>
        {
            var award = AwardOf(earned.Get);
            long taken = 0;
            foreach (var (part, total) in refunds.Get)
            {
                var due = award.GiveBack(part.Get, total.Get);
                Assert.True(due >= 0);
                taken += due;
                Assert.True(taken <= earned.Get);
            }

            Assert.Equal(earned.Get, taken + award.GiveBackRest(refunds.Get[^1].Total.Get));
        }).QuickCheckThrowOnFailure();
    }

    private static Award AwardOf(long amountMinor)
    {
        var store = new Store("main", "Main", "USD", "UTC");
        var rule = new EarningRule(Guid.NewGuid(), store, EarningMethod.OrderPlaced, enabled: true);
        rule.Revise(Currency.Of("USD"), new CreditType("promotion", "Promotion"), new FixedTerms(amountMinor), Actor.Job("test"), DateTimeOffset.UnixEpoch);
        var account = new Account(Guid.NewGuid(), "Ada", AccountKind.Person, null, "1", DateTimeOffset.UnixEpoch);
        return new Award(Guid.NewGuid(), rule, store, account, null, DateTimeOffset.UnixEpoch) { AmountMinor = amountMinor };
    }

    /// <summary>An order of one customer that a card paid and that earned a fixed amount.</summary>
    private static async Task<EarningDesk> PaidAsync(TestDatabase database, string total, string earned)
    {
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = earned });
        await desk.PayAsync("1", total);
        return desk;
    }
}
