using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Invoices;

/// <summary>Open invoices take credit when it arrives, whatever way it comes.</summary>
public sealed class InvoiceSettlementTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public async Task New_credit_pays_the_oldest_open_invoice_first()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync();
        await billing.CreatedAsync("FEB", "150.00", issuedOn: "2026-02-01");
        await billing.CreatedAsync("JAN", "100.00", issuedOn: "2026-01-01");

        var credit = await database.IssueAsync(account, "120");

        Assert.Equal(("100.00", "0.00", "open"), await billing.StateAsync("JAN"));
        Assert.Equal(("20.00", "130.00", "open"), await billing.StateAsync("FEB"));
        Assert.Equal(("0.00", "120.00", "used-up"), (credit.Remaining.ToString(), credit.Used.ToString(), credit.Status));
        Assert.Equal(("0.00", "0.00", "120.00"), await billing.BalanceAsync(account));
        var message = Assert.Single(await billing.Feed.MessagesAsync("balance.changed"));
        Assert.Equal("0.00", (string?)message["available"]);
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Of_one_day_the_invoice_that_came_first_is_paid_first()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync();
        await billing.CreatedAsync("B", "10.00");
        await billing.CreatedAsync("A", "10.00");

        await database.IssueAsync(account, "10");

        Assert.Equal(("10.00", "0.00"), ((await billing.StateAsync("B")).Credit, (await billing.StateAsync("A")).Credit));
    }

    [Fact]
    public async Task Other_currencies_stores_accounts_kinds_and_closed_invoices_take_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("10");
        await billing.Feed.CustomerAsync(email: "eve@example.com");
        await billing.CreatedAsync("PAID", "10.00");
        await billing.MarkPaidAsync("PAID");
        await billing.CreatedAsync(Billing.Invoice("EUR", "10.00", currency: "EUR"));
        await billing.CreatedAsync(Billing.Invoice("EVE", "10.00", account: "c-eve@example.com"));
        await billing.CreatedAsync("HAND", "10.00", "self-storage");
        await billing.CreatedAsync("VOID", "10.00");
        await billing.VoidedAsync("VOID");

        await database.IssueAsync(account, "40");

        Assert.Equal(("40.00", "0.00", "10.00"), await billing.BalanceAsync(account));
    }

    [Fact]
    public async Task Every_way_by_which_credit_arrives_settles()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync();
        var shop = new Shop(database, account);
        var first = await database.IssueAsync(account, "50", expiresOn: Today);
        var captured = (await shop.AuthorizeAsync("order-1", "20")).Value;
        await shop.CaptureAsync(captured.Code);
        var voided = (await shop.AuthorizeAsync("order-2", "10")).Value;
        var partly = (await shop.AuthorizeAsync("order-3", "9")).Value;
        var stale = (await shop.AuthorizeAsync("order-4", "11")).Value;
        await billing.CreatedAsync("INV-1", "1000.00");
        Task<string> Paid() => CreditOfAsync(billing, "INV-1");
        Assert.Equal("0.00", await Paid());

        await shop.VoidAsync(voided.Code);
        Assert.Equal("10.00", await Paid());
        await shop.CaptureAsync(partly.Code, "5");
        Assert.Equal("14.00", await Paid());
        await shop.RefundAsync(captured.Code, "3");
        Assert.Equal("17.00", await Paid());
        await shop.RefundAsync(captured.Code, "2", toNewCredit: true);
        Assert.Equal("19.00", await Paid());
        await AdjustAsync(database, first.Id, "6");
        Assert.Equal("25.00", await Paid());
        database.Clock.Now = database.Clock.Now.AddHours(10);
        await billing.Feed.PaidAsync(ShopFeed.Order("order-5", "30.00"));
        Assert.Equal("25.00", await Paid());
        await billing.Feed.RefundAsync("order-5", "30");
        Assert.Equal("55.00", await Paid());
        database.Clock.Now = database.Clock.Now.AddDays(2);
        await database.Get<DueJobs>().RunAsync();
        Assert.Equal("55.00", await Paid());
        await ExtendAsync(database, first.Id, Today.AddDays(30));

        Assert.Equal("66.00", await Paid());
        Assert.Equal("expired", await StatusOfAsync(database, stale.Code));
        Assert.Equal(("0.00", "0.00"), ((await billing.BalanceAsync(account)).Available, (await billing.BalanceAsync(account)).Authorized));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Credit_that_an_order_bought_settles_in_the_same_event()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync();
        await billing.CreatedAsync("INV-1", "50.00");
        var order = ShopFeed.Order("1", "75.00", kind: "credit-purchase");
        order["lines"]![0]!["kind"] = "credit";

        var paid = await billing.Feed.SendAsync("order.paid", new() { ["order"] = order.DeepClone() }, "evt-paid");
        var again = await billing.Feed.SendAsync("order.paid", new() { ["order"] = order }, "evt-paid");

        Assert.Equal(["issued 75.00", "settled 50.00 INV-1"], Named(paid));
        Assert.Equal(paid.Effects[0].CreditId, paid.Effects[1].CreditId);
        Assert.Equal((EventAnswer.Duplicate, "issued 75.00, settled 50.00 INV-1"), (again.Outcome, string.Join(", ", Named(again))));
        Assert.Equal(("50.00", "0.00", "open"), await billing.StateAsync("INV-1"));
        Assert.Equal(("25.00", "0.00", "50.00"), await billing.BalanceAsync(account));
    }

    [Fact]
    public async Task An_event_says_which_invoices_took_what_it_gave_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("60");
        await billing.Feed.PlacedAsync(ShopFeed.Order("1", "40.00", kind: "subscription"));
        await billing.CreatedAsync("JAN", "30.00", issuedOn: "2026-01-01");
        await billing.CreatedAsync("FEB", "50.00", issuedOn: "2026-02-01");

        var refunded = await billing.Feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "15.00", "store-credit"));
        var cancelled = await billing.Feed.CancelledAsync("1");
        var voided = await billing.VoidedAsync("JAN");

        Assert.Equal(["returned 15.00", "settled 10.00 JAN", "settled 5.00 FEB"], Named(refunded));
        Assert.Equal(["returned 25.00", "settled 25.00 FEB"], Named(cancelled));
        Assert.Equal(["voided", "returned 10.00 JAN", "returned 20.00 JAN", "settled 20.00 FEB"], Named(voided));
        Assert.Equal(("50.00", "0.00", "open"), await billing.StateAsync("FEB"));
        Assert.Equal(("10.00", "0.00", "50.00"), await billing.BalanceAsync(account));
    }

    [Fact]
    public async Task A_hold_on_the_account_pauses_and_lifting_it_settles_in_every_currency()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync();
        var accounts = database.Get<AccountService>();
        await accounts.HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new HoldRequest { Reason = "fraud" });

        await database.IssueAsync(account, "100");
        await database.IssueAsync(account, "500", "JPY");
        var created = await billing.CreatedAsync("INV-1", "80.00");
        await billing.CreatedAsync(Billing.Invoice("INV-2", "700", currency: "JPY"));
        await database.IssueAsync(account, "3");
        await database.Get<DueJobs>().RunAsync();

        Assert.Equal(["processed", "credit-not-applied 80.00 USD account-on-hold"], Billing.Words(created));
        Assert.Equal("account-on-hold", (await billing.PayAsync("INV-1")).Refusal?.Code);
        Assert.Equal(("0.00", "80.00", "open"), await billing.StateAsync("INV-1"));

        var lifted = await accounts.LiftHoldAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString());

        Assert.Equal(("80.00", "0.00", "open"), await billing.StateAsync("INV-1"));
        Assert.Equal(("500", "200", "open"), await billing.StateAsync("INV-2"));
        Assert.Equal(["JPY 0", "USD 23.00"], lifted.Value.Balances.Select(one => $"{one.Currency} {one.Available}").Order());
        Assert.Equal(("23.00", "0.00", "80.00"), await billing.BalanceAsync(account));
    }

    [Fact]
    public async Task Credit_of_a_later_date_settles_on_its_first_good_day_by_the_job()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync();
        await billing.CreatedAsync("INV-1", "80.00");
        var issued = await IssueFromAsync(database, account, "100", Today.AddDays(10));
        var jobs = Job(database);

        Assert.Equal("scheduled", issued.Status);
        Assert.Equal(new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero), await jobs.NextDueAsync(default));
        await jobs.RunAsync(default);
        Assert.Equal(("0.00", "80.00", "open"), await billing.StateAsync("INV-1"));
        database.Clock.Now = new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero);
        await jobs.RunAsync(default);
        await jobs.RunAsync(default);

        Assert.Equal(("80.00", "0.00", "open"), await billing.StateAsync("INV-1"));
        Assert.Single((await billing.ReadAsync("INV-1")).Payments);
        Assert.Null(await jobs.NextDueAsync(default));
        Assert.Equal(("20.00", "0.00", "80.00"), await billing.BalanceAsync(account));
    }

    [Fact]
    public async Task Nothing_is_due_for_credit_that_no_invoice_waits_for_or_that_cannot_be_spent()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync();
        await billing.CreatedAsync("HAND", "80.00", "self-storage");
        await IssueFromAsync(database, account, "100", Today.AddDays(10));
        await billing.CreatedAsync(Billing.Invoice("EUR", "80.00", currency: "EUR"));
        var lost = await IssueFromAsync(database, account, "100", Today.AddDays(10), "EUR");
        await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), lost.Id, new InvalidateCreditRequest { Reason = "fraud" });
        var jobs = Job(database);

        Assert.Null(await jobs.NextDueAsync(default));
        database.Clock.Now = database.Clock.Now.AddDays(11);
        await jobs.RunAsync(default);
        await database.IssueAsync(account, "1");

        Assert.Equal(("101.00", "0.00", "0.00"), await billing.BalanceAsync(account));
    }

    [Fact]
    public async Task Credit_past_its_last_good_day_pays_nothing_though_its_expiry_is_not_booked_yet()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync();
        await database.IssueAsync(account, "100", expiresOn: Today);
        database.Clock.Now = database.Clock.Now.AddDays(1);

        Assert.Equal(["processed"], Billing.Words(await billing.CreatedAsync("INV-1", "80.00")));
        await database.IssueAsync(account, "5");

        Assert.Equal(("5.00", "75.00", "open"), await billing.StateAsync("INV-1"));
    }

    [Fact]
    public async Task A_kind_that_the_store_makes_automatic_is_settled_in_the_next_round_of_the_job()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync("100");
        await billing.CreatedAsync("S-1", "80.00", "self-storage");
        await using (var db = database.Open())
        {
            (await db.Stores.SingleAsync()).AutoInvoiceKinds = "user,self-storage";
            await db.SaveChangesAsync();
        }

        Assert.NotNull(await Job(database).NextDueAsync(default));
        await database.Get<DueJobs>().RunAsync();

        Assert.Equal(("80.00", "0.00", "open"), await billing.StateAsync("S-1"));
        Assert.Null(await Job(database).NextDueAsync(default));
    }

    [Fact]
    public async Task Credit_of_a_voided_invoice_goes_to_the_next_open_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("30");
        await billing.CreatedAsync("INV-1", "80.00");
        await billing.CreatedAsync("INV-2", "25.00");

        await billing.VoidedAsync("INV-1");

        Assert.Equal(("25.00", "0.00", "open"), await billing.StateAsync("INV-2"));
        Assert.Equal(("5.00", "0.00", "25.00"), await billing.BalanceAsync(account));
    }

    [Fact]
    public async Task An_invoice_that_an_agent_took_credit_out_of_takes_it_by_hand_only()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("30");
        await billing.CreatedAsync("INV-1", "30.00");
        await billing.MarkPaidAsync("INV-1");
        var payment = (await billing.ReadAsync("INV-1")).Payments.Single();

        await billing.VoidPaymentAsync("INV-1", payment.Id);
        await database.IssueAsync(account, "5");
        await database.Get<DueJobs>().RunAsync();

        Assert.Equal(("0.00", "30.00", "open"), await billing.StateAsync("INV-1"));
        Assert.False((await billing.ReadAsync("INV-1")).Automatic);
        Assert.Equal(("35.00", "0.00", "0.00"), await billing.BalanceAsync(account));
        Assert.Null(await Job(database).NextDueAsync(default));
        await billing.PayAsync("INV-1", "12");
        Assert.Equal(("12.00", "18.00", "open"), await billing.StateAsync("INV-1"));
    }

    [Fact]
    public async Task A_refund_of_a_payment_by_its_code_opens_the_invoice_by_as_much()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("80");
        await billing.CreatedAsync("INV-1", "80.00");
        var payment = (await billing.ReadAsync("INV-1")).Payments.Single();

        Assert.True((await new Shop(database, account).RefundAsync(payment.Id, "30")).IsOk);

        Assert.Equal(("50.00", "30.00", "open"), await billing.StateAsync("INV-1"));
        Assert.Equal(("30.00", "0.00", "50.00"), await billing.BalanceAsync(account));
    }

    [Fact]
    public async Task A_paid_invoice_keeps_its_hands_off_credit_given_for_it_later()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("100");
        await billing.CreatedAsync("INV-1", "100.00");
        await billing.MarkPaidAsync("INV-1");

        await database.IssueAsync(account, "10", type: "refund-credit");

        Assert.Equal(("100.00", "0.00", "paid"), await billing.StateAsync("INV-1"));
        Assert.Equal(("10.00", "0.00", "100.00"), await billing.BalanceAsync(account));
        await billing.CreatedAsync("INV-2", "60.00");
        Assert.Equal(("10.00", "50.00", "open"), await billing.StateAsync("INV-2"));
    }

    private static IEnumerable<string> Named(EventAnswer answer) =>
        answer.Effects.Select(effect => string.Join(' ', new[] { effect.Kind, effect.Amount?.ToString(), effect.InvoiceNumber }.OfType<string>()));

    private static IDueJob Job(TestDatabase database) => database.Get<IEnumerable<IDueJob>>().Single(job => job.Name == "invoices");

    private static async Task<string> CreditOfAsync(Billing billing, string number) => (await billing.StateAsync(number)).Credit;

    private static async Task<string> StatusOfAsync(TestDatabase database, string code)
    {
        await using var db = database.Open();
        return (await db.Authorizations.Include(one => one.Lines).SingleAsync(one => one.Code == code)).Status.ToString().ToLowerInvariant();
    }

    private static async Task AdjustAsync(TestDatabase database, Guid credit, string delta) => Assert.True((await database.Get<CreditService>().AdjustAsync(
        TestDatabase.Robot, OperationKey.ForForm(), credit, new AdjustCreditRequest { Delta = delta, Reason = "correction" })).IsOk);

    private static async Task ExtendAsync(TestDatabase database, Guid credit, DateOnly expiresOn) => Assert.True((await database.Get<CreditService>().ChangeAsync(
        TestDatabase.Robot, OperationKey.ForForm(), credit, new ChangeCreditRequest { ExpiresOn = expiresOn, Reason = "correction" })).IsOk);

    private static async Task<CreditView> IssueFromAsync(TestDatabase database, Account account, string amount, DateOnly effectiveOn, string currency = "USD") =>
        (await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new IssueCreditRequest
        {
            Amount = MoneyInput.Of(amount, currency),
            Type = "store-credit",
            EffectiveOn = effectiveOn,
        })).Value;
}
