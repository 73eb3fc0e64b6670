using System.Globalization;
using System.Text.Json;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>What the webshop tells of its orders, and what people do with them.</summary>
internal sealed partial class SampleDesk
{
    private readonly OrderEvents events = services.GetRequiredService<OrderEvents>();
    private readonly OrderService orders = services.GetRequiredService<OrderService>();
    private readonly TimeProvider clock = services.GetRequiredService<TimeProvider>();

    /// <param name="data">As the HTTP contract writes it.</param>
    public async Task TellAsync(string type, object data) => Demand(await events.ApplyAsync(staff.Webshop, new EventRequest
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{SampleData.KeyPrefix}{++operations}"),
        Type = type,
        OccurredAt = clock.GetUtcNow(),
        Data = JsonSerializer.SerializeToElement(data, WireJson.Options),
    }));

    public async Task GiveBackAsync(Caller by, string orderNumber, string amount, string note, bool notify) => Demand(await orders.RefundWithCreditAsync(
        by, NextKey(), orderNumber, new RefundWithCreditRequest { Amount = new PartialAmount(amount), Note = note, Notify = notify }));

    public async Task CancelAsync(Caller by, string orderNumber, string reason) =>
        Demand(await orders.CancelAsync(by, NextKey(), orderNumber, new CancelOrderRequest { Reason = reason }));
}
