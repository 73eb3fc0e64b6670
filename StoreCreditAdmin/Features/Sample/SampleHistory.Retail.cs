namespace StoreCreditAdmin.Features.Sample;

/// <summary>A part of a real shop's year, among the rest.</summary>
internal sealed partial class SampleHistory
{
    /// <summary>As many as keep the first start short.</summary>
    private const int RetailCustomers = 60;

    private async Task ReplayRetailAsync()
    {
        var all = await OnlineRetail.InvoicesAsync();
        var replay = new RetailReplay(desk, await OnlineRetail.CustomersAsync(), RetailReplay.ShiftTo(now, all));
        foreach (var (at, deed) in replay.Deeds(RetailReplay.Some(all, RetailCustomers)))
        {
            deeds.Add((at, deed));
        }
    }
}
