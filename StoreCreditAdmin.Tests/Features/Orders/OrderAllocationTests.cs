using System.Globalization;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>Which credits pay an order and how much, by the numbers of the cases.</summary>
public sealed class OrderAllocationTests
{
    [Fact]
    public async Task The_customer_may_pay_a_part_and_the_rest_stays_due()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync("500");
        await feed.PlacedAsync(ShopFeed.Order("1", "500.00"));

        var order = (await feed.PayAsync("1", "300")).Value;

        Assert.Equal(("300.00", "200.00", "placed"), (order.CreditApplied.ToString(), order.Due.ToString(), order.Status));
    }

    [Theory]
    [InlineData("20:2026-12-01 30:2026-11-30 40:", "35", "20:15 30:0 40:40")]
    [InlineData("30: 50:", "60", "30:0 50:20")]
    [InlineData("100:", "60", "100:40")]
    [InlineData("20: 3: 2: 2:", "25.69", "20:0 3:0 2:0 2:1.31")]
    public async Task Credits_pay_in_spending_order(string credits, string total, string left)
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        var issued = new List<(string Amount, Guid Id)>();
        foreach (var parts in credits.Split(' ').Select(credit => credit.Split(':')))
        {
            database.Clock.Now = database.Clock.Now.AddMinutes(1);
            DateOnly? expiresOn = parts[1].Length == 0 ? null : DateOnly.Parse(parts[1], CultureInfo.InvariantCulture);
            issued.Add((parts[0], (await database.IssueAsync(account, parts[0], expiresOn: expiresOn)).Id));
        }

        await feed.PlacedAsync(ShopFeed.Order("1", total));
        await feed.PayAsync("1");

        var remaining = new List<string>();
        foreach (var (amount, id) in issued)
        {
            remaining.Add($"{amount}:{(await database.ReadViewAsync(id)).Remaining.ToString().Replace(".00", "", StringComparison.Ordinal)}");
        }

        Assert.Equal(left, string.Join(' ', remaining));
        Assert.Equal("paid", (await feed.ReadAsync("1")).Status);
    }

    [Fact]
    public async Task Two_orders_use_a_credit_up_and_the_card_pays_what_is_left()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("20.00");
        await feed.PlacedAsync(ShopFeed.Order("1", "11.88", payments: ShopFeed.Card("11.88", "pending")));
        await feed.PlacedAsync(ShopFeed.Order("2", "23.75", payments: ShopFeed.Card("23.75", "pending")));

        var first = (await feed.PayAsync("1")).Value;
        var second = (await feed.PayAsync("2")).Value;

        Assert.Equal(("11.88", "invalid"), (first.CreditApplied.ToString(), first.Payments[0].Status));
        Assert.Equal(("8.12", "15.63", "15.63"), (second.CreditApplied.ToString(), second.Due.ToString(), second.Payments[0].Amount.ToString()));
        Assert.Equal(("0.00", "0.00", "20.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task What_a_card_paid_is_not_paid_again_with_credit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("100");
        var shop = new Shop(database, account);
        await feed.PlacedAsync(ShopFeed.Order("1", "100.00", payments: ShopFeed.Card("70.00")));
        await feed.PlacedAsync(ShopFeed.Order("2", "10.00", payments: ShopFeed.Card("40.00")));

        Assert.Equal("exceeds-order", (await feed.PayAsync("1", "30.01")).Refusal?.Code);
        Assert.Equal("exceeds-order", (await shop.AuthorizeAsync("1", "100.00", "30.01")).Refusal?.Code);
        Assert.Equal("exceeds-order", (await feed.PayAsync("2")).Refusal?.Code);
        Assert.Equal("paid", (await feed.PayAsync("1")).Value.Status);

        Assert.Equal(("70.00", "0.00", "30.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task Applying_again_leaves_two_payments()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("400");
        var shop = new Shop(database, account);
        await shop.AuthorizeAsync("1", "500");
        await feed.PlacedAsync(ShopFeed.Order("1", "500.00", payments: ShopFeed.Card("500.00", "pending")));

        await shop.AuthorizeAsync("1", "500");
        await feed.PlacedAsync(ShopFeed.Order("1", "500.00", payments: ShopFeed.Card("500.00", "pending")));

        Assert.Equal(["card 100.00", "store-credit 400.00"], (await feed.ReadAsync("1")).Payments.Select(payment => $"{payment.Method} {payment.Amount}"));
    }

    [Fact]
    public async Task Only_credit_in_the_orders_currency_pays_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("1");
        var pounds = await database.IssueAsync(account, "1", "GBP");
        await feed.PlacedAsync(ShopFeed.Order("1", "5.00"));

        await feed.PayAsync("1");

        Assert.Equal("4.00", (await feed.ReadAsync("1")).Due.ToString());
        Assert.Equal("1.00", (await database.ReadViewAsync(pounds.Id)).Remaining.ToString());
    }

    [Fact]
    public async Task Credit_is_tender_and_leaves_the_tax_as_it_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync("30");
        var order = ShopFeed.Order("1", "100.00");
        order["taxTotal"] = "20.00";
        order["total"] = "120.00";
        await feed.PlacedAsync(order);

        var paid = (await feed.PayAsync("1")).Value;

        Assert.Equal(("20.00", "90.00"), (paid.TaxTotal.ToString(), paid.Due.ToString()));
    }

    [Fact]
    public async Task A_discount_given_after_payment_leaves_nothing_due()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync("50");
        await feed.PlacedAsync(ShopFeed.Order("1", "90.00", payments: ShopFeed.Card("100.00")));

        var byCredit = await feed.PayAsync("1");

        Assert.Equal("exceeds-order", byCredit.Refusal?.Code);
        Assert.Equal(("0.00", "90.00"), ((await feed.ReadAsync("1")).Due.ToString(), (await feed.ReadAsync("1")).Refundable.ToString()));
    }

    [Fact]
    public async Task Value_that_comes_back_to_expired_credit_expires_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        await database.IssueAsync(account, "30", expiresOn: new DateOnly(2026, 12, 1));
        await feed.PlacedAsync(ShopFeed.Order("1", "30.00"));
        await feed.PayAsync("1");
        database.Clock.Now = new DateTimeOffset(2026, 12, 10, 12, 0, 0, TimeSpan.Zero);

        var cancelled = (await feed.CancelAsync("1")).Value;

        Assert.Equal("30.00", cancelled.Refunded.ToString());
        Assert.Equal(["Refund 3000", "Expire 3000"], (await database.ReadEntriesAsync(account))[^2..].Select(entry => $"{entry.Kind} {entry.AmountMinor}"));
        Assert.Equal(("0.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        Assert.True((await database.VerifyAsync()).Ok);
    }
}
