using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Invoices;

namespace StoreCreditAdmin.Components.Pages.Invoices;

/// <summary>All invoices that billing systems reported. The filter, the order and the page are in the address.</summary>
public sealed partial class InvoicesPage(InvoiceQueries invoices, CurrentCaller currentCaller, NavigationManager navigation) : ComponentBase, IDisposable
{
    private const int PageSize = 50;

    private InvoiceListQuery query = InvoiceListQuery.Parse(null);
    private int number = 1;

    public void Dispose() => navigation.LocationChanged -= FollowAddress;

    protected override void OnInitialized()
    {
        ReadAddress();
        navigation.LocationChanged += FollowAddress;
    }

    private void ReadAddress()
    {
        query = InvoiceListQuery.Parse(new Uri(navigation.Uri).Query);
        number = ListAddress.Of(navigation).PageNumber;
    }

    private void FollowAddress(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        // On the way to another page the address is no longer this one's.
        if (new Uri(navigation.Uri).AbsolutePath.EndsWith("/invoices", StringComparison.Ordinal))
        {
            ReadAddress();
            StateHasChanged();
        }
    });

    private async Task<InvoicePage> ReadAsync(CancellationToken cancellationToken) =>
        await invoices.ListAsync(await currentCaller.GetAsync(), query.Filter, ListAddress.Page(query.Sort, number, PageSize), cancellationToken);
}
