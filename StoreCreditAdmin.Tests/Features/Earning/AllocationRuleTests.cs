using System.Text.Json.Nodes;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Earning;

/// <summary>How orders and registrations earn, with the documents' numbers (cases.md, section I).</summary>
public sealed class AllocationRuleTests
{
    private static readonly RuleConfig Fixed5 = new() { Mode = RuleModes.Fixed, Amount = "5" };

    private static readonly RuleConfig OnePer20 = new() { Mode = RuleModes.PerAmount, Every = "20", Give = "1" };

    [Fact]
    public async Task I1_A_first_order_rule_gives_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("first-order", new() { Mode = RuleModes.Fixed, Amount = "10" });

        Assert.Equal("10.00", await desk.PayAsync("1", "40"));
        Assert.Equal("0", await desk.PayAsync("2", "40"));

        Assert.Equal(("10.00", "0.00", "0.00"), await desk.Feed.BalanceAsync(await desk.CustomerAsync()));
        Assert.Equal("first-order", (await desk.AwardsAsync()).Single().Credit!.Source);
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task I2_An_amount_for_each_whole_multiple_of_the_order()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("first-order", new() { Mode = RuleModes.PerAmount, Every = "30", Give = "3" });

        Assert.Equal("9.00", await desk.PayAsync("1", "95"));
    }

    [Theory]
    [InlineData("49.99", "0 below-minimum-spend")]
    [InlineData("50.00", "5.00")]
    public async Task I3_An_order_below_the_minimum_earns_nothing(string total, string earned)
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", Fixed5 with { MinimumSpend = "50" });

        Assert.Equal(earned, await desk.PayAsync("1", total));
    }

    [Fact]
    public async Task I4_An_order_earns_when_it_is_paid_and_once_whatever_the_number_of_events()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", Fixed5);

        Assert.Equal("0", EarningDesk.Earned(await desk.Feed.PlacedAsync(ShopFeed.Order("1", "40"))));
        Assert.Equal("5.00", await desk.PayAsync("1", "40"));
        Assert.Equal("0", await desk.PayAsync("1", "40"));

        Assert.Equal(("5.00", "0.00", "0.00"), await desk.Feed.BalanceAsync(await desk.CustomerAsync()));
    }

    [Fact]
    public async Task I5_Registering_gives_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("registration", new() { Amount = "5" });

        Assert.Equal("5.00", EarningDesk.Earned(await desk.RegisterAsync()));
        Assert.Equal("0", EarningDesk.Earned(await desk.RegisterAsync()));
        Assert.Equal("0", EarningDesk.Earned(await desk.RegisterAsync()));

        Assert.Equal(("5.00", "0.00", "0.00"), await desk.Feed.BalanceAsync(await desk.CustomerAsync()));
    }

    [Fact]
    public async Task I8_What_was_left_over_counts_under_the_rules_next_version()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        var rule = await desk.AddAsync("spend-history", new() { Mode = RuleModes.Every, Every = "100", Give = "8" });
        Assert.Equal("8.00", await desk.PayAsync("1", "150"));

        await desk.ChangeAsync(rule, new() { Mode = RuleModes.Every, Every = "40", Give = "3" });
        Assert.Equal("6.00", await desk.PayAsync("2", "30"));

        var awards = await desk.AwardsAsync();
        Assert.Equal([(1, 0L, 5000L), (2, 5000L, 0L)], awards.Select(award => (award.RuleVersion.Number, award.CarryBeforeMinor, award.CarryAfterMinor)));
    }

    [Fact]
    public async Task I9_Steps_of_the_number_of_orders()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-history", Steps(("1", "2"), ("3", "5"), ("5", "10")));

        var earned = new List<string>();
        for (var order = 1; order <= 5; order++)
        {
            earned.Add(await desk.PayAsync($"{order}", "20"));
        }

        Assert.Equal(["2.00", "0", "5.00", "0", "10.00"], earned);
    }

    [Fact]
    public async Task An_order_that_passes_two_steps_pays_both_and_each_step_pays_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("spend-history", new() { Mode = RuleModes.Steps, Steps = Steps(("100", "4"), ("200", "9"), ("500", "30")).Steps });

        Assert.Equal("0", await desk.PayAsync("1", "99.99"));
        Assert.Equal("13.00", await desk.PayAsync("2", "100.01"));
        Assert.Equal("0", await desk.PayAsync("3", "299.99"));
        Assert.Equal("30.00", await desk.PayAsync("4", "0.01"));
        Assert.Equal("0", await desk.PayAsync("5", "5000"));
    }

    [Fact]
    public async Task I11_A_store_has_one_rule_for_each_method_until_it_is_deleted()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        var rule = await desk.AddAsync("first-order", Fixed5);

        Assert.Equal("rule-method-taken", (await desk.TryAddAsync("first-order", OnePer20)).Refusal!.Code);
        Assert.True((await desk.DeleteAsync(rule)).IsOk);
        Assert.True((await desk.TryAddAsync("first-order", OnePer20)).IsOk);
    }

    [Fact]
    public async Task I12_Shipping_tax_and_discounts_earn_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", OnePer20);

        Assert.Equal("4.00", await desk.PayAsync("1", "100", change: order =>
        {
            order["discountTotal"] = "20";
            order["shippingTotal"] = "10";
            order["taxTotal"] = "8";
            order["total"] = "98";
        }));
        Assert.Equal(8000, (await desk.AwardsAsync()).Single().BaseMinor);
    }

    [Fact]
    public async Task I13_What_credit_pays_earns_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.Feed.CustomerAsync("30");
        await desk.AddAsync("order-placed", OnePer20);
        await desk.Feed.PlacedAsync(ShopFeed.Order("1", "80"));
        Assert.True((await desk.Feed.PayAsync("1")).IsOk);

        Assert.Equal("2.00", await desk.PayAsync("1", "80", change: order => order["payments"] = ShopFeed.Card("50")));
    }

    [Fact]
    public async Task I14_Gift_cards_that_are_bought_and_that_pay_earn_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", OnePer20);

        Assert.Equal("2.00", await desk.PayAsync("1", "90", change: order => order["lines"] = new JsonArray(Line("50", "gift-card"), Line("40", "goods"))));
        Assert.Equal("3.00", await desk.PayAsync("2", "90", change: order => order["payments"] = new JsonArray(Payment("p1", "gift-card", "30"), Payment("p2", "card", "60"))));
    }

    [Fact]
    public async Task I15_Nothing_is_earned_while_the_module_is_off_nor_made_up_for_later()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", Fixed5);
        await desk.AddAsync("registration", new() { Amount = "5" });
        await desk.SwitchAsync(false);

        Assert.Equal("0", await desk.PayAsync("1", "40"));
        Assert.Equal("0", EarningDesk.Earned(await desk.RegisterAsync()));
        await desk.SwitchAsync(true);

        Assert.Empty(await desk.AwardsAsync());
        Assert.Equal("0", await desk.PayAsync("1", "40"));
        Assert.Equal("5.00", await desk.PayAsync("2", "40"));
    }

    [Fact]
    public async Task A_rule_that_is_off_gives_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", Fixed5, enabled: false);
        await desk.AddAsync("registration", new() { Amount = "5" }, enabled: false);

        Assert.Equal("0", await desk.PayAsync("1", "40"));
        Assert.DoesNotContain((await desk.RegisterAsync("new@example.com")).Effects, effect => effect.Rule is not null);
        Assert.Empty(await desk.AwardsAsync());
    }

    [Fact]
    public async Task I16_What_a_deleted_rule_gave_stays_as_it_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.SetExpiryAsync(new ExpirySettings { Default = new() { Kind = "after-days", Days = 30 } });
        var rule = await desk.AddAsync("order-placed", Fixed5);
        await desk.PayAsync("1", "40");
        var before = (await desk.AwardsAsync()).Single().Credit!;

        Assert.True((await desk.DeleteAsync(rule)).IsOk);

        var after = (await desk.AwardsAsync()).Single().Credit!;
        Assert.Equal((before.Buckets.Available, before.ExpiresOn), (after.Buckets.Available, after.ExpiresOn));
        Assert.Equal("0", await desk.PayAsync("2", "40"));
        Assert.Equal("not-found", (await desk.DeleteAsync(rule)).Refusal!.Code);
    }

    [Fact]
    public async Task I17_Two_first_orders_paid_at_the_same_instant_earn_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("first-order", Fixed5);
        await desk.Feed.CustomerAsync();

        var earned = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Task.Run(() => desk.PayAsync($"{number}", "40"))));

        Assert.Single(earned, "5.00");
        Assert.Single(await desk.AwardsAsync(), award => award.AmountMinor > 0);
    }

    [Fact]
    public async Task I18_A_rule_in_another_currency_gives_nothing_and_says_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", Fixed5, currency: "EUR");

        Assert.Equal("0 currency-mismatch", await desk.PayAsync("1", "40"));

        var award = (await desk.AwardsAsync()).Single();
        Assert.Equal((EarningReasons.OtherCurrency, 0L, null), (award.Reason, award.AmountMinor, award.CreditId));
        Assert.Equal("5.00", await desk.PayAsync("2", "40", currency: "EUR"));
    }

    [Fact]
    public async Task I19_What_comes_to_less_than_one_unit_makes_no_credit_and_says_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", new() { Mode = RuleModes.PerAmount, Every = "10", Give = "0.01" });

        Assert.Equal("0 rounds-to-zero", await desk.PayAsync("1", "9.99"));

        await using var db = database.Open();
        Assert.False(db.Credits.Any());
        Assert.Equal(EarningReasons.RoundsToZero, (await desk.AwardsAsync()).Single().Reason);
    }

    [Fact]
    public async Task H5_Credit_keeps_the_expiry_that_it_was_issued_with()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", Fixed5);
        await desk.SetExpiryAsync(new ExpirySettings { Default = new() { Kind = "after-days", Days = 30 } });
        await desk.PayAsync("1", "40");

        await desk.SetExpiryAsync(new ExpirySettings { Default = new() { Kind = "after-days", Days = 10 } });
        await desk.PayAsync("2", "40");

        var today = DateOnly.FromDateTime(database.Clock.Now.UtcDateTime);
        Assert.Equal([today.AddDays(30), today.AddDays(10)], (await desk.AwardsAsync()).Select(award => award.Credit!.ExpiresOn!.Value));
    }

    [Fact]
    public async Task H6_Where_each_method_has_its_own_expiry_so_has_its_credit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("first-order", Fixed5);
        await desk.AddAsync("order-placed", Fixed5);
        await desk.SetExpiryAsync(new ExpirySettings
        {
            SameForAll = false,
            Default = new() { Kind = "after-days", Days = 7 },
            PerMethod = new Dictionary<string, ExpiryPolicyInput?> { ["first-order"] = new() { Kind = "after-days", Days = 90 }, ["order-placed"] = new() { Kind = "never" } },
        });

        await desk.PayAsync("1", "40");

        var today = DateOnly.FromDateTime(database.Clock.Now.UtcDateTime);
        Assert.Equal([today.AddDays(90), null], (await desk.AwardsAsync()).Select(award => award.Credit!.ExpiresOn));
    }

    [Fact]
    public async Task A_date_until_which_credit_is_good_that_is_over_gives_nothing_and_says_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", Fixed5);
        var today = DateOnly.FromDateTime(database.Clock.Now.UtcDateTime);
        await desk.SetExpiryAsync(new ExpirySettings { Default = new() { Kind = "on-date", Date = today } });

        Assert.Equal("5.00", await desk.PayAsync("1", "40"));
        database.Clock.Now = database.Clock.Now.AddDays(1);
        Assert.Equal("0 expiry-in-past", await desk.PayAsync("2", "40"));
    }

    [Fact]
    public async Task An_order_whose_goods_only_credit_paid_earns_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.Feed.CustomerAsync("40");
        await desk.AddAsync("order-placed", Fixed5);
        await desk.Feed.PlacedAsync(ShopFeed.Order("1", "40"));

        Assert.True((await desk.Feed.PayAsync("1")).IsOk);

        Assert.Equal(EarningReasons.NothingPaid, (await desk.AwardsAsync()).Single().Reason);
    }

    [Fact]
    public async Task An_award_that_the_stores_cap_forbids_is_not_given_and_says_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync("order-placed", Fixed5);
        await using (var db = database.Open())
        {
            db.Stores.Single().CapPerAccountMinor = 700;
            await db.SaveChangesAsync();
        }

        Assert.Equal("5.00", await desk.PayAsync("1", "40"));
        Assert.Equal("0 cap-exceeded", await desk.PayAsync("2", "40"));
    }

    private static RuleConfig Steps(params (string At, string Give)[] steps) => new() { Steps = [.. steps.Select(step => new StepConfig { At = step.At, Give = step.Give })] };

    private static JsonObject Line(string price, string kind) => new() { ["sku"] = kind, ["name"] = kind, ["quantity"] = 1, ["unitPrice"] = price, ["kind"] = kind };

    private static JsonObject Payment(string id, string method, string amount) => new() { ["id"] = id, ["method"] = method, ["amount"] = amount, ["status"] = "completed" };
}
