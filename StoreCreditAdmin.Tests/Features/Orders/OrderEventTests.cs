using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

public sealed class OrderEventTests
{
    [Fact]
    public async Task A_repeated_event_gets_the_first_effects_and_does_nothing_more()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("20");
        var order = new JsonObject { ["order"] = ShopFeed.Order("1", "11.88", kind: "subscription") };

        var first = await feed.SendAsync("order.placed", order, "evt-a");
        var again = await feed.TrySendAsync("order.placed", JsonNode.Parse(order.ToJsonString(new() { WriteIndented = true }))!.AsObject(), "evt-a");
        var other = await feed.TrySendAsync("order.placed", new() { ["order"] = ShopFeed.Order("1", "11.89", kind: "subscription") }, "evt-a");
        var otherType = await feed.TrySendAsync("order.paid", order, "evt-a");

        Assert.Equal(("processed", "duplicate"), (first.Outcome, again.Value.Outcome));
        Assert.Equal(first.Effects, again.Value.Effects);
        Assert.True(again.Replayed);
        Assert.Equal("idempotency-conflict", other.Refusal?.Code);
        Assert.Equal("idempotency-conflict", otherType.Refusal?.Code);
        Assert.Equal(("8.12", "0.00", "11.88"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task An_event_of_an_unknown_type_is_ignored_and_may_come_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);

        var answers = new[] { await feed.SendAsync("parcel.sent", [], "evt-a"), await feed.SendAsync("parcel.sent", [], "evt-a") };

        Assert.All(answers, answer => Assert.Equal(("ignored", 0), (answer.Outcome, answer.Effects.Count)));
    }

    [Fact]
    public async Task Events_that_come_before_their_order_take_effect_when_it_comes_in_the_order_in_which_they_occurred()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("50");
        var at = database.Clock.Now;

        var cancelled = await feed.SendAsync("order.cancelled", new() { ["orderNumber"] = "1" }, occurredAt: at.AddMinutes(5));
        var refunded = await feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "20.00", "store-credit"), occurredAt: at.AddMinutes(4));
        var paid = await feed.PaidAsync(ShopFeed.Order("1", "60.00", payments: ShopFeed.Card("60.00")));

        Assert.Equal(("processed", "deferred"), (cancelled.Outcome, cancelled.Effects[0].Kind));
        Assert.Equal("deferred", refunded.Effects[0].Kind);
        Assert.Equal(["issued 20.00", "card-refund-requested 40.00"], paid.Effects.Select(effect => $"{effect.Kind} {effect.Amount}"));
        Assert.Equal("cancelled", (await feed.ReadAsync("1")).Status);
        Assert.Equal(("70.00", "0.00", "0.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task A_failed_payment_that_comes_before_its_renewal_frees_what_the_renewal_holds()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("8.12");

        await feed.FailedAsync("1");
        await feed.PlacedAsync(ShopFeed.Order("1", "23.75", kind: "subscription"));

        Assert.Equal(("8.12", "0.00", "0.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task A_refund_that_comes_before_the_payment_waits_for_it_and_one_that_is_too_much_is_refused_then()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync();
        await feed.PlacedAsync(ShopFeed.Order("1", "30.00", payments: ShopFeed.Card("30.00", "pending")));

        var early = await feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "20.00"));
        await feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r2", "10.01"));
        var before = await feed.ReadAsync("1");
        var paid = await feed.PaidAsync(ShopFeed.Order("1", "30.00", payments: ShopFeed.Card("30.00")));

        Assert.Equal("deferred", early.Effects[0].Kind);
        Assert.Empty(before.Refunds);
        Assert.Equal(["money-refunded ", "refused exceeds-order"], paid.Effects.Select(effect => $"{effect.Kind} {effect.Reason}"));
        Assert.Equal("20.00", (await feed.ReadAsync("1")).Refunded.ToString());
    }

    [Fact]
    public async Task A_late_report_that_an_order_was_placed_undoes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync("50");
        await feed.PaidAsync(ShopFeed.Order("1", "30.00", payments: ShopFeed.Card("30.00")));

        var late = await feed.PlacedAsync(ShopFeed.Order("1", "29.00", payments: ShopFeed.Card("29.00", "pending")));

        var order = await feed.ReadAsync("1");
        Assert.Empty(late.Effects);
        Assert.Equal(("paid", "30.00", "completed", "0.00"), (order.Status, order.Total.ToString(), order.Payments[0].Status, order.Due.ToString()));
    }

    [Fact]
    public async Task A_cancelled_order_stays_cancelled_whatever_is_reported_of_it_later()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("50");
        await feed.PlacedAsync(ShopFeed.Order("1", "30.00"));
        await feed.CancelledAsync("1");

        var paid = await feed.PaidAsync(ShopFeed.Order("1", "30.00", payments: ShopFeed.Card("30.00")));
        var byCredit = await feed.PayAsync("1");
        var atCheckout = await new Shop(database, account).AuthorizeAsync("1", "30");

        Assert.Equal(("not-paid", "order-cancelled"), (paid.Effects[0].Kind, paid.Effects[0].Reason));
        Assert.Equal(("exceeds-order", "exceeds-order"), (byCredit.Refusal?.Code, atCheckout.Refusal?.Code));
        Assert.Equal("cancelled", (await feed.ReadAsync("1")).Status);
    }

    [Fact]
    public async Task An_unknown_customer_gets_an_account_and_an_unknown_guest_does_not()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);

        var registered = await feed.SendAsync("customer.registered", new() { ["customer"] = new JsonObject { ["externalId"] = "c-1", ["email"] = "one@example.com", ["name"] = "One" } });
        var again = await feed.SendAsync("customer.registered", new() { ["customer"] = new JsonObject { ["externalId"] = "c-1", ["email"] = "one@example.com", ["name"] = "One" } });
        var customer = await feed.PlacedAsync(ShopFeed.Order("1", "5.00", email: "two@example.com"));
        var guest = await feed.PaidAsync(ShopFeed.Order("2", "5.00", guest: true, email: "three@example.com", payments: ShopFeed.Card("5.00")));
        var refund = await feed.RefundAsync("2", "5.00");
        var refundEvent = await feed.TrySendAsync("order.refunded", ShopFeed.Refund("2", "r1", "5.00", "store-credit"));

        Assert.Equal(["account-created"], registered.Effects.Select(effect => effect.Kind));
        Assert.Empty(again.Effects);
        Assert.Equal(["account-created"], customer.Effects.Select(effect => effect.Kind));
        Assert.Empty(guest.Effects);
        var order = await feed.ReadAsync("2");
        Assert.Null(order.AccountId);
        Assert.Equal("account-unknown", refund.Refusal?.Code);
        Assert.Equal(refund.Refusal?.Message, order.NoRefundWithCredit);
        Assert.Equal("account-unknown", refundEvent.Refusal?.Code);
        await using var db = database.Open();
        Assert.Equal(["c-1", "c-two@example.com"], await db.Accounts.OrderBy(account => account.Id).Select(account => account.ExternalId!).ToListAsync());
    }

    [Fact]
    public async Task A_person_known_by_e_mail_address_keeps_the_account_and_takes_the_shops_id()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await database.AddAccountAsync();
        await using (var db = database.Open())
        {
            db.Attach(account).Entity.AddContact(Guid.NewGuid(), "Ada", "ADA@example.com", null, true, database.Clock.Now);
            await db.SaveChangesAsync();
        }

        await feed.PlacedAsync(ShopFeed.Order("1", "5.00"));
        await feed.PlacedAsync(ShopFeed.Order("2", "5.00", email: "new@example.com") is var moved && (moved["customer"]!["externalId"] = "c-ada@example.com") is not null ? moved : null!);

        Assert.Equal((account.PublicId, account.PublicId), ((await feed.ReadAsync("1")).AccountId, (await feed.ReadAsync("2")).AccountId));
    }

    [Fact]
    public async Task An_order_that_is_not_funded_is_not_paid()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("400");
        await feed.PlacedAsync(ShopFeed.Order("1", "500.00", kind: "subscription"));

        var refused = await feed.TrySendAsync("order.paid", new() { ["order"] = ShopFeed.Order("1", "500.00", kind: "subscription") });
        var after = await feed.ReadAsync("1");
        await feed.PaidAsync(ShopFeed.Order("1", "500.00", kind: "subscription", payments: ShopFeed.Card("100.00")));

        Assert.Equal("order-not-funded", refused.Refusal?.Code);
        Assert.Contains("100.00 USD", refused.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(("placed", "100.00"), (after.Status, after.Due.ToString()));
        Assert.Equal("paid", (await feed.ReadAsync("1")).Status);
        Assert.Equal(("0.00", "0.00", "400.00"), await feed.BalanceAsync(account));
    }

    [Theory]
    [InlineData("500", "invalid", "500.00", "0.00")]
    [InlineData("400", "pending", "100.00", "100.00")]
    public async Task Credit_takes_the_place_of_a_pending_card_payment(string credit, string status, string amount, string due)
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync(credit);
        await feed.PlacedAsync(ShopFeed.Order("1", "500.00", payments: ShopFeed.Card("500.00", "pending")));

        var order = (await feed.PayAsync("1")).Value;

        Assert.Equal((status, amount, due), (order.Payments[0].Status, order.Payments[0].Amount.ToString(), order.Due.ToString()));
        Assert.Equal(2, order.Payments.Count);
    }

    [Fact]
    public async Task When_an_orders_total_drops_its_payment_by_credit_drops_with_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("500");
        var shop = new Shop(database, account);
        var held = (await shop.AuthorizeAsync("1", "500", "60")).Value;
        await feed.PlacedAsync(ShopFeed.Order("1", "55.00"));

        var tooMuch = await shop.CaptureAsync(held.Code, "60");
        var order = await feed.ReadAsync("1");
        var captured = await shop.CaptureAsync(held.Code);

        Assert.Equal("exceeds-order", tooMuch.Refusal?.Code);
        Assert.Equal(("55.00", "0.00"), (Assert.Single(order.Payments).Amount.ToString(), order.Due.ToString()));
        Assert.Equal("55.00", captured.Value.Captured.ToString());
        Assert.Equal(("445.00", "0.00", "55.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task An_order_that_others_paid_needs_no_credit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("50");

        await feed.PlacedAsync(ShopFeed.Order("1", "10.00", kind: "subscription", payments: ShopFeed.Card("40.00")));
        var byHand = await feed.PayAsync("1");

        Assert.Equal("0.00", (await feed.ReadAsync("1")).Due.ToString());
        Assert.Equal("exceeds-order", byHand.Refusal?.Code);
        Assert.Equal(("50.00", "0.00", "0.00"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task A_payment_reported_after_its_hold_ran_out_is_taken_all_the_same_where_the_credit_is_still_there()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("8.12");
        await feed.PlacedAsync(ShopFeed.Order("1", "23.75", kind: "subscription"));
        database.Clock.Now = database.Clock.Now.AddHours(25);

        await feed.PaidAsync(ShopFeed.Order("1", "23.75", kind: "subscription", payments: ShopFeed.Card("15.63")));

        Assert.Equal(("0.00", "0.00", "8.12"), await feed.BalanceAsync(account));
        Assert.Equal(("paid", "0.00"), ((await feed.ReadAsync("1")).Status, (await feed.ReadAsync("1")).Due.ToString()));
    }

    [Theory]
    [InlineData("total", "24.00", "order-totals-mismatch")]
    [InlineData("taxTotal", "1.00", "order-totals-mismatch")]
    [InlineData("itemsTotal", "-23.75", "amount-invalid")]
    [InlineData("discountTotal", "-1.00", "amount-invalid")]
    [InlineData("total", "23.755", "amount-invalid")]
    [InlineData("total", null, "amount-invalid")]
    [InlineData("currency", "XYZ", "currency-unknown")]
    [InlineData("store", "nowhere", "store-unknown")]
    [InlineData("number", " ", "invalid-request")]
    [InlineData("number", "1\n2", "text-invalid")]
    [InlineData("kind", "barter", "invalid-request")]
    [InlineData("customer", null, "invalid-request")]
    [InlineData("placedAt", "2026-11-23T12:00:01Z", "time-in-future")]
    [InlineData("paidAt", "2126-11-23T12:00:01Z", "time-in-future")]
    public async Task An_order_that_cannot_be_right_is_refused_and_leaves_nothing(string field, string? value, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var order = ShopFeed.Order("1", "23.75", payments: ShopFeed.Card("23.75"));
        order[field] = value;

        var result = await feed.TrySendAsync("order.paid", new() { ["order"] = order });

        Assert.Equal(code, result.Refusal?.Code);
        await using var db = database.Open();
        Assert.False(await db.Orders.AnyAsync() || await db.Accounts.AnyAsync());
    }

    [Theory]
    [InlineData("quantity", "-1", "amount-invalid")]
    [InlineData("quantity", "2", "order-totals-mismatch")]
    [InlineData("quantity", "9223372036854775807", "order-totals-mismatch")]
    [InlineData("unitPrice", "\"-23.75\"", "amount-invalid")]
    [InlineData("unitPrice", "23.75", "amount-invalid")]
    [InlineData("kind", "\"air\"", "invalid-request")]
    public async Task A_line_that_cannot_be_right_is_refused_at_its_place(string field, string json, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var order = ShopFeed.Order("1", "23.75");
        order["lines"]![0]![field] = JsonNode.Parse(json);

        var result = await feed.TrySendAsync("order.placed", new() { ["order"] = order });

        Assert.Equal(code, result.Refusal?.Code);
        Assert.StartsWith("order.", result.Refusal?.Field, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_lines_a_time_ahead_and_a_currency_that_changes_are_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var long1 = ShopFeed.Order("1", "10.00");
        long1["lines"] = new JsonArray([.. Enumerable.Range(0, 10_000).Select(_ => new JsonObject { ["unitPrice"] = "0.01" })]);
        await feed.PlacedAsync(ShopFeed.Order("2", "10.00"));

        var tooLarge = await feed.TrySendAsync("order.placed", new() { ["order"] = long1 });
        var ahead = await feed.TrySendAsync("order.placed", new() { ["order"] = ShopFeed.Order("1", "10.00") }, occurredAt: database.Clock.Now.AddHours(25));
        var otherCurrency = await feed.TrySendAsync("order.placed", new() { ["order"] = ShopFeed.Order("2", "10.00", currency: "EUR") });

        Assert.Equal(("order-too-large", "order.lines"), (tooLarge.Refusal?.Code, tooLarge.Refusal?.Field));
        Assert.Equal(("time-in-future", "occurredAt"), (ahead.Refusal?.Code, ahead.Refusal?.Field));
        Assert.Equal("currency-mismatch", otherCurrency.Refusal?.Code);
    }

    [Fact]
    public async Task An_order_that_names_no_payments_counts_as_paid_by_other_means()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var order = ShopFeed.Order("1", "10.00");
        order.Remove("payments");

        await feed.PaidAsync(order);

        Assert.Equal([("other", "10.00", "completed")], (await feed.ReadAsync("1")).Payments.Select(payment => (payment.Method, payment.Amount.ToString(), payment.Status)));
        Assert.Equal("0.00", (await feed.ReadAsync("1")).Due.ToString());
    }

    [Fact]
    public async Task What_the_shop_calls_a_payment_by_store_credit_is_not_counted_beside_the_credit_itself()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("10");
        await new Shop(database, account).AuthorizeAsync("1", "10");

        await feed.PaidAsync(ShopFeed.Order("1", "10.00", payments: [new JsonObject { ["id"] = "sc", ["method"] = "store-credit", ["amount"] = "10.00", ["status"] = "completed" }]));

        var order = await feed.ReadAsync("1");
        Assert.Equal(("paid", "10.00", 1), (order.Status, order.CreditApplied.ToString(), order.Payments.Count));
        Assert.Equal(("0.00", "0.00", "10.00"), await feed.BalanceAsync(account));
    }
}
