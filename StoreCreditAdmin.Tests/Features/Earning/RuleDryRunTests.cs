using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Earning;

/// <summary>What a rule would have cost, beside what it really gives.</summary>
public sealed class RuleDryRunTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    public static TheoryData<string, RuleConfig> Rules { get; } = new()
    {
        { "first-order", new() { Mode = RuleModes.PerAmount, Every = "30", Give = "3" } },
        { "order-placed", new() { Mode = RuleModes.PerAmount, Every = "7", Give = "0.35", MinimumSpend = "25" } },
        { "order-history", Steps(null, RuleModes.CountMeasure, ("1", "2"), ("3", "5"), ("4", "10")) },
        { "order-history", Steps(null, RuleModes.AmountMeasure, ("50", "2"), ("60", "5"), ("400", "10")) },
        { "spend-history", new() { Mode = RuleModes.Every, Every = "33", Give = "1.10" } },
        { "spend-history", Steps(RuleModes.Steps, null, ("100", "4"), ("150", "9")) },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task It_says_what_the_rule_really_gives_for_the_same_orders(string method, RuleConfig config)
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.AddAsync(method, config);
        await ReplayAsync(database, desk);

        var tried = await TryAsync(database, method, config, Today, Today.AddDays(100));

        var awards = (await desk.AwardsAsync()).Where(award => award.AmountMinor > 0).ToList();
        Assert.NotEmpty(awards);
        Assert.Equal(awards.Sum(award => award.AmountMinor), tried.Cost.Minor);
        Assert.Equal((awards.Select(award => award.AccountId).Distinct().Count(), (long)awards.Count), (tried.Customers, tried.Orders));
        Assert.Equal(
            awards.GroupBy(award => award.At.ToString("yyyy-MM")).Select(month => (month.Key, month.Sum(award => award.AmountMinor), month.LongCount())),
            tried.ByMonth.Where(month => month.Orders > 0).Select(month => (month.Month, month.Amount.Minor, month.Orders)));
        Assert.Equal(["2026-11", "2026-12", "2027-01", "2027-02", "2027-03"], tried.ByMonth.Select(month => month.Month));
        Assert.Equal(
            awards.GroupBy(award => award.AccountId).Select(account => account.Sum(award => award.AmountMinor)).OrderDescending().Take(10),
            tried.Biggest.Select(customer => customer.Amount.Minor));
        Assert.Equal(awards.Count, tried.Histogram.Sum(size => size.Awards));
        Assert.All(tried.Histogram, size => Assert.Equal(size.Awards, awards.Count(award => award.AmountMinor >= size.From.Minor && award.AmountMinor <= size.To.Minor)));
        Assert.True(tried.Histogram.Count <= 10);
        Assert.Equal((60L, 12L), (tried.Read, tried.InOtherCurrencies));
    }

    [Fact]
    public async Task What_customers_paid_before_the_period_counts()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        await desk.PayAsync("1", "60");
        await desk.PayAsync("2", "30");
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await desk.PayAsync("3", "70");

        async Task<string> Cost(string method, RuleConfig config, DateOnly from) => (await TryAsync(database, method, config, from, Today.AddDays(1))).Cost.ToString();
        var (first, ladder, spent, every) = (
            new RuleConfig { Mode = RuleModes.Fixed, Amount = "10" },
            Steps(null, null, ("2", "1"), ("3", "5")),
            Steps(RuleModes.Steps, null, ("90", "4"), ("160", "9")),
            new RuleConfig { Mode = RuleModes.Every, Every = "80", Give = "1" });

        Assert.Equal(["10.00", "0.00"], [await Cost("first-order", first, Today), await Cost("first-order", first, Today.AddDays(1))]);
        Assert.Equal(["6.00", "5.00"], [await Cost("order-history", ladder, Today), await Cost("order-history", ladder, Today.AddDays(1))]);
        Assert.Equal(["13.00", "9.00"], [await Cost("spend-history", spent, Today), await Cost("spend-history", spent, Today.AddDays(1))]);
        Assert.Equal(["2.00", "0.00"], [await Cost("spend-history", every, Today), await Cost("spend-history", every, Today.AddDays(1))]);
    }

    [Fact]
    public async Task A_registration_is_tried_on_the_accounts_that_were_opened_in_the_period()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddAccountAsync("Early");
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await database.AddAccountAsync("Ada");
        await database.AddAccountAsync("Bea");

        var tried = await TryAsync(database, "registration", new() { Amount = "5" }, Today.AddDays(1), Today.AddDays(2));

        Assert.Equal(("10.00", 2, 2L), (tried.Cost.ToString(), tried.Customers, tried.Orders));
        Assert.Equal(["Ada", "Bea"], tried.Biggest.Select(customer => customer.Name));
    }

    [Fact]
    public async Task Many_orders_are_read_in_pages_with_progress_and_without_a_query_for_each()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        await RecordAsync(database, customers: 40, orders: 4100);
        var told = new List<DryRunProgress>();
        plans.Start();

        var tried = (await database.Get<RuleDryRun>().RunAsync(TestDatabase.Robot, Request("order-history", Steps(null, null, ("3", "5"), ("50", "1"))), new Told(told.Add))).Value;

        Assert.Equal([2000, 4000, 4100], told.Select(one => one.Read));
        Assert.All(told, one => Assert.Equal(4100, one.Total));
        Assert.Equal(("240.00", 80L), (tried.Cost.ToString(), tried.Orders));
        Assert.InRange(plans.Queries.Count, 5, 12);
        Assert.DoesNotContain(plans.Scans, scan => scan.Contains("\"Orders\"", StringComparison.Ordinal));
        Assert.DoesNotContain(plans.Steps, step => step.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));
        Assert.Equal(
            ["IX_Orders_AccountId_PlacedAt (AccountId=?)", "IX_Orders_PaidAt (PaidAt>? AND PaidAt<?)"],
            plans.Steps.Where(step => step.Contains("IX_Orders", StringComparison.Ordinal)).Select(step => step[step.IndexOf("IX_Orders", StringComparison.Ordinal)..]).Distinct().Order());
    }

    [Fact]
    public async Task It_stops_when_it_is_told_to_and_writes_nothing_either_way()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        var rule = await desk.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "5" });
        await RecordAsync(database, customers: 3, orders: 2100);
        var before = await RowsAsync(database);
        using var stopping = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            database.Get<RuleDryRun>().RunAsync(TestDatabase.Robot, Request("order-placed", rule.Config), new Told(_ => stopping.Cancel()), stopping.Token));
        Assert.Equal(10500, (await TryAsync(database, "order-placed", rule.Config, Today, Today.AddDays(3))).Cost.Minor / 100);

        Assert.Equal(before, await RowsAsync(database));
    }

    [Fact]
    public async Task A_rule_that_is_deleted_meanwhile_does_no_harm()
    {
        await using var database = await TestDatabase.CreateAsync();
        var desk = new EarningDesk(database);
        var rule = await desk.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "5" });
        await RecordAsync(database, customers: 3, orders: 2100);
        Task<Result<Done>>? deleting = null;

        var tried = await database.Get<RuleDryRun>().RunAsync(TestDatabase.Robot, Request("order-placed", rule.Config), new Told(_ => deleting ??= desk.DeleteAsync(rule)));

        Assert.True((await deleting!).IsOk);
        Assert.Equal("10500.00", tried.Value.Cost.ToString());
    }

    [Theory]
    [InlineData("2026-11-22", "2026-11-21", "to", "The period ends before it starts.")]
    [InlineData("2016-11-22", "2026-11-22", "to", "Choose a period of at most 10 years.")]
    [InlineData(null, "2026-11-22", "from", "Choose the first day")]
    [InlineData("2026-11-22", null, "to", "Choose the last day")]
    [InlineData("0001-01-01", "0001-01-02", "from", "Choose the first day")]
    [InlineData("8999-12-31", "9999-12-31", "to", "Choose the last day")]
    public async Task A_period_that_is_none_is_refused(string? from, string? to, string field, string message)
    {
        await using var database = await TestDatabase.CreateAsync();
        DateOnly? Date(string? text) => text is null ? null : DateOnly.Parse(text);

        var tried = await database.Get<RuleDryRun>().RunAsync(TestDatabase.Robot, Request("registration", new() { Amount = "5" }) with { From = Date(from), To = Date(to) });

        Assert.Equal(("invalid-request", field), (tried.Refusal!.Code, tried.Refusal.Field));
        Assert.StartsWith(message, tried.Refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_years_to_the_day_are_not_too_long_and_a_bad_rule_is_refused_as_when_it_is_saved()
    {
        await using var database = await TestDatabase.CreateAsync();
        var dryRun = database.Get<RuleDryRun>();
        var whole = Request("registration", new() { Amount = "5" }) with { From = new(2016, 11, 23), To = new(2026, 11, 22) };

        Assert.Equal(121, (await dryRun.RunAsync(TestDatabase.Robot, whole)).Value.ByMonth.Count);
        Assert.Equal(("rule-invalid", "config.amount"), CodeAndField(await dryRun.RunAsync(TestDatabase.Robot, whole with { Config = new() { Amount = "0" } })));
        Assert.Equal(("type-unknown", "type"), CodeAndField(await dryRun.RunAsync(TestDatabase.Robot, whole with { Type = "none" })));

        static (string, string?) CodeAndField(Result<DryRunView> answer) => (answer.Refusal!.Code, answer.Refusal.Field);
    }

    [Fact]
    public async Task What_would_cost_more_than_can_be_counted_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await RecordAsync(database, customers: 3, orders: 2);

        var tried = await database.Get<RuleDryRun>().RunAsync(TestDatabase.Robot, Request("order-placed", new() { Mode = RuleModes.Fixed, Amount = "10000000000000" }));

        Assert.Equal(("rule-invalid", "It would have given more than amounts can say. Choose smaller amounts."), (tried.Refusal?.Code, tried.Refusal?.Message));
    }

    [Fact]
    public async Task Only_whoever_keeps_the_rules_may_try_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        var agent = await database.SignInNewAsync("Eve", Roles.Agent);

        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<RuleDryRun>().RunAsync(agent, Request("registration", new() { Amount = "5" })));
    }

    private static async Task<DryRunView> TryAsync(TestDatabase database, string method, RuleConfig config, DateOnly from, DateOnly to) =>
        (await database.Get<RuleDryRun>().RunAsync(TestDatabase.Robot, Request(method, config) with { From = from, To = to })).Value;

    private static DryRunRequest Request(string method, RuleConfig config) => new() { Method = method, Config = config, From = Today, To = Today.AddDays(10) };

    /// <summary>Sixty orders of twelve customers over a hundred days, some in euros, some paid with a gift card in part.</summary>
    private static async Task ReplayAsync(TestDatabase database, EarningDesk desk)
    {
        for (var number = 0; number < 60; number++)
        {
            var email = $"c{number * 7 % 12}@example.com";
            var amount = $"{(number * 37 % 83) + 5}.{number * 13 % 100:00}";
            await desk.PayAsync($"{number}", amount, number % 5 == 4 ? "EUR" : "USD", order =>
            {
                order["customer"] = new JsonObject { ["externalId"] = "c-" + email, ["email"] = email, ["name"] = email };
                if (number % 9 == 8)
                {
                    order["payments"] = new JsonArray(Payment("p1", "gift-card", "2"), Payment("p2", "card", amount));
                }
            });
            database.Clock.Now = database.Clock.Now.AddHours(40);
        }

        static JsonObject Payment(string id, string method, string amount) => new() { ["id"] = id, ["method"] = method, ["amount"] = amount, ["status"] = "completed" };
    }

    /// <summary>Paid orders of ten dollars each, a minute apart, written directly.</summary>
    private static async Task RecordAsync(TestDatabase database, int customers, int orders)
    {
        await using var db = database.Open();
        var store = await db.Stores.SingleAsync();
        var accounts = Enumerable.Range(0, customers).Select(number => new Account(Guid.NewGuid(), $"Customer {number}", AccountKind.Person, null, $"card{number}", database.Clock.Now)).ToList();
        db.AddRange(accounts);
        for (var number = 0; number < orders; number++)
        {
            var at = database.Clock.Now.AddMinutes(number);
            var order = new Order(Guid.NewGuid(), $"{number}", store, new OrderFacts
            {
                Currency = Currency.Of("USD"),
                Guest = false,
                Kind = OrderKind.OneOff,
                ItemsMinor = 1000,
                DiscountMinor = 0,
                ShippingMinor = 0,
                TaxMinor = 0,
                TotalMinor = 1000,
                PlacedAt = at,
                Lines = [],
            }, at);
            order.BelongsTo(accounts[number % customers]);
            order.MarkPaid(at);
            order.MarkEarning(1000);
            db.Add(order);
        }

        await db.SaveChangesAsync();
    }

    private static async Task<(int, int, int, int, int)> RowsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await db.Operations.CountAsync(), await db.LedgerEntries.CountAsync(), await db.Awards.CountAsync(), await db.AuditEntries.CountAsync(), await db.EarningRuleVersions.CountAsync());
    }

    private static RuleConfig Steps(string? mode, string? measure, params (string At, string Give)[] steps) =>
        new() { Mode = mode, Measure = measure, Steps = [.. steps.Select(step => new StepConfig { At = step.At, Give = step.Give })] };

    /// <summary>Tells at once, on the thread of the run.</summary>
    private sealed class Told(Action<DryRunProgress> tell) : IProgress<DryRunProgress>
    {
        public void Report(DryRunProgress value) => tell(value);
    }
}
