using static StoreCreditAdmin.Features.Sample.SampleStore;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>What the billing system tells: companies with invoices in each state.</summary>
internal sealed partial class SampleHistory
{
    private const string Harbour = "B-101";
    private const string Kettle = "B-102";
    private const string Cykler = "B-103";
    private const string Heron = "B-201";
    private const string Meridian = "B-202";
    private const string Sakura = "B-301";

    private void TellOfInvoices()
    {
        Invoice(40, "INV-5001", Harbour, Uk, "user", "120.00", 30);
        On(20, 11, 50, () => desk.MarkPaidAsync(AgentFor(0), "INV-5001"));
        Invoice(12, "INV-5007", Harbour, Uk, "valet", "85.50", 30);
        Invoice(33, "INV-5002", Kettle, Uk, "user", "480.00", 30);
        Invoice(26, "INV-5003", Cykler, Uk, "self-storage", "95.00", 30);
        Invoice(24, "INV-5004", Cykler, Uk, "self-storage", "60.00", 14);
        On(18, 11, 55, () => desk.PayInvoiceAsync(AgentFor(1), "INV-5004", "25.00"));
        On(17, 11, 56, () => desk.PayInvoiceAsync(AgentFor(1), "INV-5004", "35.00"));
        On(16, 11, 57, () => desk.VoidLastPaymentAsync(desk.Staff.Manager, "INV-5004", "They had paid this part by transfer already"));
        Invoice(22, "INV-5005", Heron, Us, "user", "210.00", 30);
        On(19, 11, 58, () => desk.TellAsync("invoice.voided", new { invoiceNumber = "INV-5005" }));
        Invoice(15, "INV-5006", Sakura, Japan, "valet", "12800", 30);
        Invoice(0, "INV-5008", Meridian, Us, "user", "64.25", 30);
    }

    private void Invoice(int daysAgo, string number, string account, SampleStore store, string kind, string total, int daysToPay)
    {
        var issuedOn = Today.AddDays(-daysAgo);
        var invoice = new
        {
            number,
            accountExternalId = account,
            store = store.Code,
            kind,
            total = new { amount = total, currency = store.Currency },
            issuedOn,
            dueOn = issuedOn.AddDays(daysToPay),
        };
        Func<Task> deed = () => desk.TellAsync("invoice.created", new { invoice });
        if (daysAgo == 0)
        {
            Ago(TimeSpan.FromMinutes(40), deed);
        }
        else
        {
            On(daysAgo, 4, 0, deed);
        }
    }
}
