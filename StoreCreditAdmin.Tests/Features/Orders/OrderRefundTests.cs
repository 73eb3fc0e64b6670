using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>What goes back of an order: never more than was paid, whatever the path.</summary>
public sealed class OrderRefundTests
{
    [Fact]
    public async Task Cancelling_frees_what_is_held_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("110");
        await new Shop(database, account).AuthorizeAsync("1", "110");
        await feed.PlacedAsync(ShopFeed.Order("1", "110.00"));

        var first = (await feed.CancelAsync("1")).Value;
        var second = (await feed.CancelAsync("1")).Value;

        Assert.Equal(("110.00", "0.00", "0.00"), (first.Released.ToString(), first.Refunded.ToString(), first.Reclaimed.ToString()));
        Assert.Equal(("0.00", "0.00", "0.00"), (second.Released.ToString(), second.Refunded.ToString(), second.Reclaimed.ToString()));
        Assert.Equal("void", Assert.Single((await feed.ReadAsync("1")).Payments).Status);
        Assert.Equal(("110.00", "0.00", "0.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task Cancelling_frees_gives_back_and_asks_the_card_for_its_part()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("50");
        var shop = new Shop(database, account);
        await feed.PlacedAsync(ShopFeed.Order("1", "100.00", payments: ShopFeed.Card("50.00")));
        var held = (await shop.AuthorizeAsync("1", "100", "50")).Value;
        await shop.CaptureAsync(held.Code, "20", keepRest: true);

        var cancelled = (await feed.CancelAsync("1")).Value;
        await feed.CancelledAsync("1");

        Assert.Equal(("30.00", "20.00"), (cancelled.Released.ToString(), cancelled.Refunded.ToString()));
        Assert.Equal("50.00", (string?)Assert.Single(await feed.MessagesAsync("card-refund.requested"))["amount"]);
        Assert.Equal(("50.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        Assert.Equal("order-already-refunded", (await feed.RefundAsync("1", "1")).Refusal?.Code);
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task An_order_of_which_only_the_checkout_told_is_cancelled_too()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("50");
        var shop = new Shop(database, account);
        var held = (await shop.AuthorizeAsync("1", "50")).Value;
        await shop.CaptureAsync(held.Code, "20", keepRest: true);

        var first = (await feed.CancelAsync("1")).Value;
        var second = (await feed.CancelAsync("1")).Value;
        var unknown = await feed.CancelAsync("nope");

        Assert.Equal(("30.00", "20.00"), (first.Released.ToString(), first.Refunded.ToString()));
        Assert.Equal(("0.00", "0.00"), (second.Released.ToString(), second.Refunded.ToString()));
        Assert.Equal("not-found", unknown.Refusal?.Code);
        Assert.Equal(("50.00", "0.00", "0.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task A_failed_payment_and_a_cancellation_give_back_once_between_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("50");
        await new Shop(database, account).AuthorizeAsync("1", "50");
        await feed.PlacedAsync(ShopFeed.Order("1", "50.00"));

        var failed = await feed.FailedAsync("1");
        var cancelled = await feed.CancelledAsync("1");

        Assert.Equal("released", Assert.Single(failed.Effects).Kind);
        Assert.Empty(cancelled.Effects);
        Assert.Equal(("50.00", "0.00", "0.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task Cancelling_gives_each_credit_its_part_back_with_its_own_expiry()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        var soon = await database.IssueAsync(account, "25", expiresOn: new DateOnly(2026, 12, 1));
        var never = await database.IssueAsync(account, "40");
        await feed.PlacedAsync(ShopFeed.Order("1", "40.00"));
        await feed.PayAsync("1");

        await feed.CancelAsync("1");

        Assert.Equal(("25.00", new DateOnly(2026, 12, 1)), ((await database.ReadViewAsync(soon.Id)).Remaining.ToString(), (await database.ReadViewAsync(soon.Id)).ExpiresOn));
        Assert.Equal("40.00", (await database.ReadViewAsync(never.Id)).Remaining.ToString());
    }

    [Fact]
    public async Task A_refund_as_credit_goes_back_to_the_credit_that_paid_and_the_rest_becomes_a_new_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        var paid = await database.IssueAsync(account, "20");
        await feed.PlacedAsync(ShopFeed.Order("1", "30.00"));
        await feed.PayAsync("1", "20");
        await feed.PaidAsync(ShopFeed.Order("1", "30.00", payments: ShopFeed.Card("10.00")));

        var answer = await feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "30.00", "store-credit"));

        Assert.Equal(["returned 20.00", "issued 10.00"], answer.Effects.Select(effect => $"{effect.Kind} {effect.Amount}"));
        Assert.Equal(paid.Id, answer.Effects[0].CreditId);
        var opened = await database.ReadViewAsync(answer.Effects[1].CreditId!.Value);
        Assert.Equal(("refund-credit", "10.00", "USD"), (opened.Type, opened.Remaining.ToString(), opened.Currency));
        var order = await feed.ReadAsync("1");
        Assert.Equal(("30.00", "0.00", "0.00"), (order.Refunded.ToString(), order.Refundable.ToString(), order.Due.ToString()));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_refund_by_the_means_that_paid_gives_money_first_and_then_returns_credit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("20");
        await feed.PlacedAsync(ShopFeed.Order("1", "30.00"));
        await feed.PayAsync("1", "20");
        await feed.PaidAsync(ShopFeed.Order("1", "30.00", payments: ShopFeed.Card("10.00")));

        var first = await feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "12.00"));
        var again = await feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "12.00"));
        var otherwise = await feed.TrySendAsync("order.refunded", ShopFeed.Refund("1", "r1", "13.00"));
        var tooMuch = await feed.TrySendAsync("order.refunded", ShopFeed.Refund("1", "r2", "18.01"));
        await feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r3", "18.00"));
        var nothingLeft = await feed.TrySendAsync("order.refunded", ShopFeed.Refund("1", "r4", "0.01"));

        Assert.Equal(["money-refunded 10.00", "returned 2.00"], first.Effects.Select(effect => $"{effect.Kind} {effect.Amount}"));
        Assert.Equal("duplicate", again.Outcome);
        Assert.Equal("idempotency-conflict", otherwise.Refusal?.Code);
        Assert.Equal("exceeds-order", tooMuch.Refusal?.Code);
        Assert.Equal("order-already-refunded", nothingLeft.Refusal?.Code);
        Assert.Equal(("20.00", "0.00", "0.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task Money_and_credit_given_back_never_pass_the_total_but_for_a_manager_with_a_reason()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        await feed.PaidAsync(ShopFeed.Order("1", "100.00", payments: ShopFeed.Card("100.00")));
        await feed.RefundAsync("1", "60");
        var agent = Caller.ApiKey(Guid.NewGuid(), "Till", [Scopes.Checkout]);

        var money = await feed.TrySendAsync("order.refunded", ShopFeed.Refund("1", "r1", "60.00"));
        var credit = await feed.RefundAsync("1", "40.01");
        var byAgent = await database.Get<OrderService>().RefundWithCreditAsync(
            agent, OperationKey.ForForm(), "1", new RefundWithCreditRequest { Amount = new PartialAmount("60"), OverrideReason = "Lost parcel" });
        var allowed = (await feed.RefundAsync("1", "60", overrideReason: "Lost parcel")).Value;

        Assert.Equal(("exceeds-order", "exceeds-order", "forbidden"), (money.Refusal?.Code, credit.Refusal?.Code, byAgent.Refusal?.Code));
        Assert.Equal(("120.00", "0.00", "Lost parcel"), (allowed.Refunded.ToString(), allowed.Refundable.ToString(), allowed.Refunds[1].OverrideReason));
        Assert.Equal(("120.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        await using var db = database.Open();
        Assert.Contains(db.AuditEntries, line => line.Action == "order.refund" && line.NewValues?.Contains("Lost parcel", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_refund_with_credit_leaves_the_order_as_it_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        await feed.PaidAsync(ShopFeed.Order("1", "80.00", payments: ShopFeed.Card("80.00")));

        var order = (await feed.RefundAsync("1", "25", "Sorry about the scratch")).Value;

        Assert.Equal(("80.00", "0.00", "paid", "25.00"), (order.Total.ToString(), order.Due.ToString(), order.Status, order.Refunded.ToString()));
        Assert.Equal("Sorry about the scratch", Assert.Single(order.Refunds).Note);
        Assert.Equal(("25.00", "0.00", "0.00"), await feed.BalanceAsync(account));
    }

    [Theory]
    [InlineData(null, "amount-invalid")]
    [InlineData("0", "amount-invalid")]
    [InlineData("-1", "amount-invalid")]
    [InlineData("1.005", "amount-invalid")]
    [InlineData("10", "exceeds-order")]
    public async Task What_was_not_paid_is_not_given_back(string? amount, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.PlacedAsync(ShopFeed.Order("1", "10.00", payments: ShopFeed.Card("10.00", "pending")));

        Assert.Equal(code, (await feed.RefundAsync("1", amount)).Refusal?.Code);
    }

    [Fact]
    public async Task Words_with_control_characters_are_refused_and_change_nothing()
    {
        const string Words = "by\0mistake";
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("10");
        await feed.PlacedAsync(ShopFeed.Order("1", "10.00"));
        var payment = (await feed.PayAsync("1")).Value.Payments.Single();
        var orders = database.Get<OrderService>();

        var voided = await orders.VoidPaymentAsync(TestDatabase.Robot, OperationKey.ForForm(), "1", payment.Id, new VoidPaymentRequest { Reason = Words });
        var cancelled = await orders.CancelAsync(TestDatabase.Robot, OperationKey.ForForm(), "1", new CancelOrderRequest { Reason = Words });
        var overridden = await feed.RefundAsync("1", "20", overrideReason: Words);

        Assert.Equal([("text-invalid", "reason"), ("text-invalid", "reason"), ("text-invalid", "overrideReason")],
            new[] { voided.Refusal, cancelled.Refusal, overridden.Refusal }.Select(refusal => (refusal?.Code, refusal?.Field)));
        Assert.Equal(("0.00", "0.00", "10.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task The_card_refund_that_a_message_asked_for_is_known_when_the_shop_reports_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("8.12");
        await feed.ApplyAfterCheckoutAsync();
        await feed.PaidAsync(ShopFeed.Order("1", "23.75", payments: ShopFeed.Card("23.75")));
        var asked = Assert.Single(await feed.MessagesAsync("card-refund.requested"));

        var answer = await feed.SendAsync("order.refunded", ShopFeed.Refund("1", (string)asked["refundId"]!, "8.12"));
        var whole = await feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "23.75"));

        Assert.Equal("card-refund-confirmed", Assert.Single(answer.Effects).Kind);
        Assert.Equal(["money-refunded 15.63", "returned 8.12"], whole.Effects.Select(effect => $"{effect.Kind} {effect.Amount}"));
        Assert.Equal(("8.12", "0.00", "0.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task Bad_refund_events_are_refused_at_their_field()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.PaidAsync(ShopFeed.Order("1", "10.00", payments: ShopFeed.Card("10.00")));

        async Task<(string?, string?)> RefuseAsync(string field, string? value)
        {
            var data = ShopFeed.Refund("1", "r1", "5.00");
            data[field] = value;
            var refusal = (await feed.TrySendAsync("order.refunded", data)).Refusal;
            return (refusal?.Code, refusal?.Field);
        }

        Assert.Equal(("invalid-request", "method"), await RefuseAsync("method", "cheque"));
        Assert.Equal(("invalid-request", "refundId"), await RefuseAsync("refundId", " "));
        Assert.Equal(("invalid-request", "orderNumber"), await RefuseAsync("orderNumber", null));
        Assert.Equal(("amount-invalid", "amount"), await RefuseAsync("amount", null));
        Assert.Equal("currency-mismatch", (await feed.TrySendAsync("order.refunded", ShopFeed.Refund("1", "r2", "5.00", currency: "EUR"))).Refusal?.Code);
    }
}
