using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Invoices;

namespace StoreCreditAdmin.Tests.Domain.Invoices;

public sealed class InvoiceTests
{
    private static readonly Currency Dollars = Currency.Of("USD");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Account Owner = new(Guid.NewGuid(), "Ada Byron", AccountKind.Person, "c-1", "card", Now);

    [Fact]
    public void Credit_goes_to_the_oldest_invoice_first_and_to_each_no_more_than_it_owes()
    {
        var (january, february, march) = (Invoice("jan", 100_00, 1), Invoice("feb", 150_00, 2), Invoice("mar", 10_00, 3));

        var shares = InvoiceShare.Of(120_00, [march, february, january]);

        Assert.Equal([("jan", 100_00), ("feb", 20_00)], shares.Select(share => (share.Invoice.Number, share.AmountMinor)));
    }

    [Fact]
    public void Only_open_invoices_of_an_automatic_kind_have_a_share()
    {
        var (byHand, voided, paid, opened, open) = (Invoice("a", 10_00, 1, "self-storage"), Invoice("b", 10_00, 2), Invoice("c", 10_00, 3), Invoice("d", 10_00, 4), Invoice("e", 10_00, 5, "valet"));
        voided.Void(Now);
        paid.RecordCredit(10_00);
        paid.MarkPaid(Now);
        opened.RecordCredit(4_00);
        opened.ReturnCredit(4_00);

        Assert.Equal([("e", 10_00)], InvoiceShare.Of(100_00, [byHand, voided, paid, opened, open]).Select(share => (share.Invoice.Number, share.AmountMinor)));
        Assert.Empty(InvoiceShare.Of(0, [open]));
    }

    [Fact]
    public void An_invoice_is_paid_once_nothing_is_left_and_open_again_when_credit_is_taken_out()
    {
        var invoice = Invoice("a", 80_00, 1);
        invoice.RecordCredit(50_00);
        Assert.Throws<InvalidOperationException>(() => invoice.MarkPaid(Now));
        invoice.RecordCredit(30_00);
        invoice.MarkPaid(Now);
        Assert.Equal((InvoiceStatus.Paid, 0), (invoice.Status, invoice.BalanceMinor));

        invoice.ReturnCredit(30_00);

        Assert.Equal((InvoiceStatus.Open, 30_00, false), (invoice.Status, invoice.BalanceMinor, invoice.IsAutomatic));
        Assert.Throws<InvalidOperationException>(() => invoice.ReturnCredit(50_01));
        Assert.Throws<InvalidOperationException>(() => invoice.RecordCredit(30_01));
    }

    [Fact]
    public void A_voided_invoice_owes_nothing_and_takes_nothing()
    {
        var invoice = Invoice("a", 80_00, 1);
        invoice.Void(Now);

        Assert.Equal((InvoiceStatus.Voided, 0), (invoice.Status, invoice.BalanceMinor));
        Assert.Throws<InvalidOperationException>(() => invoice.RecordCredit(1));
        Assert.Throws<InvalidOperationException>(() => invoice.MarkPaid(Now));
    }

    private static Invoice Invoice(string number, long totalMinor, int month, string kind = "user") => new(
        Guid.NewGuid(), number, Owner, new Store("main", "Main", "USD", "UTC"), kind, new Money(totalMinor, Dollars), new DateOnly(2026, month, 1), new DateOnly(2026, month, 28), Now);
}
