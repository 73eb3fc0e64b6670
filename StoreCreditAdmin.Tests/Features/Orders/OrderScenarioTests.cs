using System.Text.Json.Nodes;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>What happens in shops, from beginning to end, with the numbers of the documents.</summary>
public sealed class OrderScenarioTests
{
    [Fact]
    public async Task A_guests_credit_takes_the_place_of_a_part_of_the_card_payment_after_checkout()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("8.12");
        await feed.ApplyAfterCheckoutAsync();

        var answer = await feed.PaidAsync(ShopFeed.Order("100", "23.75", guest: true, payments: ShopFeed.Card("23.75")));

        var order = await feed.ReadAsync("100");
        Assert.Equal(["card-refund-requested 8.12", "captured 8.12"], answer.Effects.Select(effect => $"{effect.Kind} {effect.Amount}"));
        Assert.Equal(("paid", "8.12", "0.00"), (order.Status, order.CreditApplied.ToString(), order.Due.ToString()));
        Assert.Equal([("card", "23.75", "8.12"), ("store-credit", "8.12", "0.00")], order.Payments.Select(payment => (payment.Method, payment.Amount.ToString(), payment.RefundRequested.ToString())));
        Assert.Equal(("0.00", "0.00", "8.12"), await feed.BalanceAsync(account));
        var message = Assert.Single(await feed.MessagesAsync("card-refund.requested"));
        Assert.Equal(("100", "p1", "8.12", "USD"), ((string?)message["orderNumber"], (string?)message["paymentId"], (string?)message["amount"], (string?)message["currency"]));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_guests_credit_can_take_the_place_of_the_whole_card_payment()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("20");
        await feed.ApplyAfterCheckoutAsync();

        await feed.PaidAsync(ShopFeed.Order("100", "11.88", guest: true, payments: ShopFeed.Card("11.88")));

        Assert.Equal("11.88", (string?)Assert.Single(await feed.MessagesAsync("card-refund.requested"))["amount"]);
        Assert.Equal(("8.12", "0.00", "11.88"), await feed.BalanceAsync(account));
    }

    [Fact]
    public async Task Without_the_stores_setting_or_for_a_purchase_of_credit_nothing_is_applied_after_checkout()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("20");

        await feed.PaidAsync(ShopFeed.Order("100", "11.88", guest: true, payments: ShopFeed.Card("11.88")));
        await feed.ApplyAfterCheckoutAsync();
        await feed.PaidAsync(ShopFeed.Order("101", "5.00", kind: "credit-purchase", payments: ShopFeed.Card("5.00")));

        Assert.Equal(("20.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        Assert.Empty(await feed.MessagesAsync("card-refund.requested"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Renewals_draw_on_credit_first_until_it_is_used_up(bool guest)
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("20");

        await feed.PlacedAsync(ShopFeed.Order("1", "11.88", guest, "subscription"));
        var first = await feed.ReadAsync("1");
        await feed.PlacedAsync(ShopFeed.Order("2", "23.75", guest, "subscription", payments: ShopFeed.Card("23.75", "pending")));
        var held = await feed.ReadAsync("2");
        var heldBalance = await feed.BalanceAsync(account);
        await feed.PaidAsync(ShopFeed.Order("2", "23.75", guest, "subscription", payments: ShopFeed.Card("15.63")));
        var second = await feed.ReadAsync("2");
        await feed.PlacedAsync(ShopFeed.Order("3", "11.88", guest, "subscription"));

        Assert.Equal(("paid", "11.88", "0.00"), (first.Status, first.CreditApplied.ToString(), first.Due.ToString()));
        Assert.Equal(("placed", "8.12", "15.63"), (held.Status, held.CreditApplied.ToString(), held.Due.ToString()));
        Assert.Equal("15.63", held.Payments[0].Amount.ToString());
        Assert.Equal(("0.00", "8.12", "11.88"), heldBalance);
        Assert.Equal(("paid", "0.00"), (second.Status, second.Due.ToString()));
        Assert.Equal(("0.00", "0.00", "20.00"), await feed.BalanceAsync(account));
        Assert.Equal("11.88", (await feed.ReadAsync("3")).Due.ToString());
    }

    [Fact]
    public async Task A_failed_card_frees_what_a_renewal_held()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("8.12");
        await feed.PlacedAsync(ShopFeed.Order("1", "23.75", kind: "subscription", payments: ShopFeed.Card("15.63", "pending")));

        var answer = await feed.FailedAsync("1");
        var again = await feed.FailedAsync("1");

        Assert.Equal(["released 8.12"], answer.Effects.Select(effect => $"{effect.Kind} {effect.Amount}"));
        Assert.Empty(again.Effects);
        Assert.Equal(("8.12", "0.00", "0.00"), await feed.BalanceAsync(account));
        Assert.Equal(("placed", "23.75", "invalid"), ((await feed.ReadAsync("1")).Status, (await feed.ReadAsync("1")).Due.ToString(), (await feed.ReadAsync("1")).Payments[0].Status));
    }

    [Fact]
    public async Task Bought_credit_is_there_once_the_order_is_paid_and_only_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync();
        var order = ShopFeed.Order("1", "75.00", kind: "credit-purchase", payments: ShopFeed.Card("75.00"));
        order["lines"] = new JsonArray(new JsonObject { ["sku"] = "CREDIT", ["name"] = "Credit", ["quantity"] = 75, ["unitPrice"] = "1.00", ["kind"] = "credit" });
        var unpaid = order.DeepClone().AsObject();
        unpaid["payments"] = ShopFeed.Card("75.00", "pending");

        await feed.PlacedAsync(unpaid);
        var before = await database.ReadEntriesAsync(account);
        var paid = await feed.PaidAsync(order.DeepClone().AsObject());
        var again = await feed.PaidAsync(order.DeepClone().AsObject());

        Assert.Empty(before);
        Assert.Equal(["issued 75.00"], paid.Effects.Select(effect => $"{effect.Kind} {effect.Amount}"));
        Assert.Empty(again.Effects);
        Assert.Equal(("75.00", "0.00", "0.00"), await feed.BalanceAsync(account));
        var credit = await database.ReadCreditAsync(paid.Effects[0].CreditId!.Value);
        Assert.Equal(("store-credit", "order"), (credit.Type.Code, credit.Source));
    }

    [Fact]
    public async Task A_payment_by_credit_is_voided_and_the_order_paid_in_two_other_ways()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("120");
        await feed.PlacedAsync(ShopFeed.Order("1", "120.00"));
        var whole = (await feed.PayAsync("1")).Value;

        var voided = (await feed.VoidAsync("1", whole.Payments[0].Id)).Value;
        var again = (await feed.VoidAsync("1", whole.Payments[0].Id)).Value;
        await feed.PaidAsync(ShopFeed.Order("1", "120.00", payments: ShopFeed.Card("70.00", id: "cash-1")));
        var between = await feed.ReadAsync("1");
        var paid = (await feed.PayAsync("1", "50")).Value;

        Assert.Equal(("paid", "0.00"), (whole.Status, whole.Due.ToString()));
        Assert.Equal(("placed", "120.00", "void"), (voided.Status, voided.Due.ToString(), voided.Payments[0].Status));
        Assert.Equal(voided.Payments[0].Returned, again.Payments[0].Returned);
        Assert.Equal(("placed", "50.00"), (between.Status, between.Due.ToString()));
        Assert.Equal(("paid", "0.00"), (paid.Status, paid.Due.ToString()));
        Assert.Equal(("70.00", "0.00", "50.00"), await feed.BalanceAsync(account));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_contact_of_a_company_draws_on_its_credit_only_when_allowed()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var company = await feed.CustomerAsync("100", kind: AccountKind.Company, mayUseCredit: false);

        var refused = await feed.PlacedAsync(ShopFeed.Order("1", "30.00", kind: "subscription"));
        await database.AllowCreditAsync(company.Contacts[0]);
        await feed.PlacedAsync(ShopFeed.Order("2", "30.00", kind: "subscription"));

        Assert.Equal(("credit-not-applied", "contact-not-permitted"), (refused.Effects[0].Kind, refused.Effects[0].Reason));
        Assert.Equal(("70.00", "0.00", "30.00"), await feed.BalanceAsync(company));
    }

    [Fact]
    public async Task An_account_on_hold_pays_nothing_until_the_hold_is_lifted()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var account = await feed.CustomerAsync("100");
        await feed.ApplyAfterCheckoutAsync();
        var accounts = database.Get<AccountService>();
        await accounts.HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new HoldRequest { Reason = "fraud" });

        var renewal = await feed.PlacedAsync(ShopFeed.Order("1", "30.00", kind: "subscription"));
        var after = await feed.PaidAsync(ShopFeed.Order("2", "30.00", payments: ShopFeed.Card("30.00")));
        var byHand = await feed.PayAsync("1", "10");
        await accounts.LiftHoldAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString());
        await feed.PlacedAsync(ShopFeed.Order("3", "30.00", kind: "subscription"));

        Assert.Equal("account-on-hold", renewal.Effects[0].Reason);
        Assert.Equal("account-on-hold", after.Effects[0].Reason);
        Assert.Equal("account-on-hold", byHand.Refusal?.Code);
        Assert.Equal(("70.00", "0.00", "30.00"), await feed.BalanceAsync(account));
    }
}
