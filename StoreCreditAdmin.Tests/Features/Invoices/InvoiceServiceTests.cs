using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Invoices;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Invoices;

public sealed class InvoiceServiceTests
{
    [Fact]
    public async Task An_invoice_is_paid_by_hand_in_parts_and_then_with_what_there_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("60");
        await billing.CreatedAsync("S-1", "80.00", "self-storage");

        var part = await billing.PayAsync("S-1", "12.34");
        var rest = await billing.PayAsync("S-1");

        Assert.Equal(("12.34", "67.66"), (part.Value.Credit.ToString(), part.Value.BalanceRemaining.ToString()));
        Assert.Equal(("60.00", "20.00", false), (rest.Value.Credit.ToString(), rest.Value.BalanceRemaining.ToString(), rest.Value.MayBeMarkedPaid));
        Assert.Equal(["12.34", "47.66"], rest.Value.Payments.Select(payment => payment.Amount.ToString()));
        Assert.Equal(("0.00", "0.00", "60.00"), await billing.BalanceAsync(account));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Theory]
    [InlineData("0", null, "amount-invalid")]
    [InlineData("-1", null, "amount-invalid")]
    [InlineData("1.005", null, "amount-invalid")]
    [InlineData("abc", null, "amount-invalid")]
    [InlineData("", null, "amount-invalid")]
    [InlineData("1", "EUR", "currency-mismatch")]
    [InlineData("80.01", null, "exceeds-order")]
    [InlineData("50.01", null, "insufficient-credit")]
    public async Task A_payment_that_cannot_be_is_refused_at_its_field_and_changes_nothing(string amount, string? currency, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("50");
        await billing.CreatedAsync("S-1", "80.00", "self-storage");

        var refusal = (await billing.PayAsync("S-1", amount, currency)).Refusal;

        Assert.Equal((code, "amount"), (refusal?.Code, refusal?.Field));
        Assert.DoesNotContain("order", refusal!.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("50.00", "0.00", "0.00"), await billing.BalanceAsync(account));
        Assert.Empty((await billing.ReadAsync("S-1")).Payments);
    }

    [Fact]
    public async Task Nothing_is_taken_where_there_is_no_credit_or_nothing_is_left_to_pay()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync();
        await billing.CreatedAsync("INV-1", "10.00");

        Assert.Equal("insufficient-credit", (await billing.PayAsync("INV-1")).Refusal?.Code);
        await database.IssueAsync(account, "15");
        Assert.Equal("exceeds-order", (await billing.PayAsync("INV-1")).Refusal?.Code);
        Assert.Equal("exceeds-order", (await billing.PayAsync("INV-1", "0.01")).Refusal?.Code);
        Assert.Equal("not-found", (await billing.PayAsync("none")).Refusal?.Code);
    }

    [Fact]
    public async Task Marking_paid_waits_until_nothing_is_left_and_a_second_time_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("50");
        await billing.CreatedAsync("INV-1", "80.00");

        var early = await billing.MarkPaidAsync("INV-1");
        await database.IssueAsync(account, "30");
        var paid = await billing.MarkPaidAsync("INV-1");
        database.Clock.Now = database.Clock.Now.AddDays(1);
        var again = await billing.MarkPaidAsync("INV-1");

        Assert.Equal(("balance-remaining", "30.00 USD is left to pay. Only an invoice with nothing left to pay can be marked paid."), (early.Refusal?.Code, early.Refusal?.Message));
        Assert.Equal(("paid", false), (paid.Value.Status, paid.Value.MayBeMarkedPaid));
        Assert.Equal(paid.Value.PaidAt, again.Value.PaidAt);
        await using var db = database.Open();
        Assert.Equal(1, await db.AuditEntries.CountAsync(line => line.Action == "invoice.mark-paid" && line.RefusalCode == null));
    }

    [Fact]
    public async Task A_payment_is_voided_with_a_reason_and_goes_back_to_its_credit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("50");
        await billing.CreatedAsync("S-1", "80.00", "self-storage");
        await billing.PayAsync("S-1", "10");
        var payment = (await billing.PayAsync("S-1", "20")).Value.Payments[1];

        var withoutReason = await billing.VoidPaymentAsync("S-1", payment.Id, reason: null);
        var tooLong = await billing.VoidPaymentAsync("S-1", payment.Id, new string('w', 2001));
        var unknown = await billing.VoidPaymentAsync("S-1", "none");
        var voided = await billing.VoidPaymentAsync("S-1", payment.Id);
        var again = await billing.VoidPaymentAsync("S-1", payment.Id);

        Assert.Equal(("reason-required", "text-too-long", "not-found"), (withoutReason.Refusal?.Code, tooLong.Refusal?.Code, unknown.Refusal?.Code));
        Assert.Equal(("10.00", "70.00"), (voided.Value.Credit.ToString(), voided.Value.BalanceRemaining.ToString()));
        Assert.Equal(["completed", "void"], voided.Value.Payments.Select(one => one.Status));
        Assert.Equal("20.00", voided.Value.Payments[1].Returned.ToString());
        Assert.Equal(voided.Value.BalanceRemaining, again.Value.BalanceRemaining);
        Assert.Equal(("40.00", "0.00", "10.00"), await billing.BalanceAsync(account));
        var entry = (await database.ReadEntriesAsync(account))[^1];
        Assert.Equal((EntryKind.Refund, null, "Wrong invoice", "S-1"), (entry.Kind, entry.Reason?.Code, entry.Memo, entry.InvoiceNumber));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_payment_of_another_invoice_is_not_voided_here()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync("50");
        await billing.CreatedAsync("A", "10.00");
        await billing.CreatedAsync("B", "10.00");
        var payment = (await billing.ReadAsync("A")).Payments.Single();

        Assert.Equal("not-found", (await billing.VoidPaymentAsync("B", payment.Id)).Refusal?.Code);
        Assert.Equal(("10.00", "0.00", "open"), await billing.StateAsync("A"));
    }

    [Fact]
    public async Task The_same_request_again_gets_the_first_answer_and_takes_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("50");
        await billing.CreatedAsync("S-1", "80.00", "self-storage");
        var key = OperationKey.ForForm();

        var first = await billing.PayAsync("S-1", "10", key: key);
        var again = await billing.PayAsync("S-1", "10", key: key);

        Assert.True(again.Replayed);
        Assert.Equal(first.Value.Payments.Single().Id, again.Value.Payments.Single().Id);
        Assert.Equal(("40.00", "0.00", "10.00"), await billing.BalanceAsync(account));
    }

    [Fact]
    public async Task Payments_at_once_never_take_more_than_is_owed_or_there()
    {
        await using var database = await TestDatabase.CreateAsync(new SlowSaves());
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("50");
        await billing.CreatedAsync("S-1", "25.00", "self-storage");
        await billing.CreatedAsync("S-2", "100.00", "self-storage");

        var codes = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(async () => (await billing.PayAsync(number % 2 == 0 ? "S-1" : "S-2", "10")).Refusal?.Code)));

        Assert.Equal(5, codes.Count(code => code is null));
        Assert.All(codes.Where(code => code is not null), code => Assert.Contains(code, new[] { "exceeds-order", "insufficient-credit" }));
        var (first, second) = (await billing.ReadAsync("S-1"), await billing.ReadAsync("S-2"));
        Assert.True(first.Credit.Minor <= 20_00);
        Assert.Equal(50_00, first.Credit.Minor + second.Credit.Minor);
        Assert.Equal(("0.00", "0.00", "50.00"), await billing.BalanceAsync(account));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task An_arrival_a_payment_by_hand_and_a_voiding_at_once_leave_the_books_in_balance()
    {
        await using var database = await TestDatabase.CreateAsync(new SlowSaves());
        var billing = new Billing(database);
        var account = await billing.Feed.CustomerAsync("20");
        await billing.CreatedAsync("A", "30.00");

        await Task.WhenAll(
            Task.Run(() => database.IssueAsync(account, "40")),
            Task.Run(() => billing.PayAsync("A", "5")),
            Task.Run(() => billing.VoidedAsync("A")),
            Task.Run(() => billing.CreatedAsync("B", "15.00")));

        Assert.Equal(("0.00", "0.00", "voided"), await billing.StateAsync("A"));
        Assert.Equal(("15.00", "0.00", "open"), await billing.StateAsync("B"));
        Assert.Equal(("45.00", "0.00", "15.00"), await billing.BalanceAsync(account));
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Who_may_not_gets_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var billing = new Billing(database);
        await billing.Feed.CustomerAsync("50");
        await billing.CreatedAsync("S-1", "80.00", "self-storage");
        var (reader, blind) = (Caller.ApiKey(Guid.NewGuid(), "Reader", [Scopes.Read]), Caller.ApiKey(Guid.NewGuid(), "Feed", [Scopes.Events]));
        var (service, queries) = (database.Get<InvoiceService>(), database.Get<InvoiceQueries>());

        Assert.Equal("forbidden", (await service.PayAsync(reader, OperationKey.ForForm(), "S-1", new PayInvoiceRequest())).Refusal?.Code);
        Assert.Equal("forbidden", (await service.MarkPaidAsync(reader, OperationKey.ForForm(), "S-1")).Refusal?.Code);
        Assert.Equal("forbidden", (await service.VoidPaymentAsync(reader, OperationKey.ForForm(), "S-1", "x", new VoidInvoicePaymentRequest())).Refusal?.Code);
        await Assert.ThrowsAsync<AccessDeniedException>(() => queries.GetAsync(blind, "S-1"));
        await Assert.ThrowsAsync<AccessDeniedException>(() => queries.ListAsync(blind, new InvoiceFilter(), new PageRequest()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => queries.ListAsync(blind, new InvoiceFilter(), new KeysetRequest()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => queries.KindsAsync(blind));
    }
}
