using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Invoices;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>What people do with invoices.</summary>
internal sealed partial class SampleDesk
{
    private readonly InvoiceService invoices = services.GetRequiredService<InvoiceService>();

    public async Task PayInvoiceAsync(Caller by, string number, string amount) =>
        Demand(await invoices.PayAsync(by, NextKey(), number, new PayInvoiceRequest { Amount = new PartialAmount(amount) }));

    public async Task VoidLastPaymentAsync(Caller by, string number, string reason)
    {
        var paymentId = (await services.GetRequiredService<InvoiceQueries>().GetAsync(by, number))!.Payments[^1].Id;
        Demand(await invoices.VoidPaymentAsync(by, NextKey(), number, paymentId, new VoidInvoicePaymentRequest { Reason = reason }));
    }

    public async Task MarkPaidAsync(Caller by, string number) => Demand(await invoices.MarkPaidAsync(by, NextKey(), number));
}
