using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Components.Pages.Orders;

/// <summary>All orders that shops reported. The filter, the order and the page are in the address.</summary>
public sealed partial class OrdersPage(OrderQueries orders, CurrentCaller currentCaller, NavigationManager navigation) : ComponentBase, IDisposable
{
    private const int PageSize = 50;

    private OrderListQuery query = OrderListQuery.Parse(null);
    private int number = 1;

    public void Dispose() => navigation.LocationChanged -= FollowAddress;

    protected override void OnInitialized()
    {
        ReadAddress();
        navigation.LocationChanged += FollowAddress;
    }

    private void ReadAddress()
    {
        query = OrderListQuery.Parse(new Uri(navigation.Uri).Query);
        number = ListAddress.Of(navigation).PageNumber;
    }

    private void FollowAddress(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        // On the way to another page the address is no longer this one's.
        if (new Uri(navigation.Uri).AbsolutePath.EndsWith("/orders", StringComparison.Ordinal))
        {
            ReadAddress();
            StateHasChanged();
        }
    });

    private async Task<Page<OrderRow>> ReadAsync(CancellationToken cancellationToken) =>
        await orders.ListAsync(await currentCaller.GetAsync(), query.Filter, ListAddress.Page(query.Sort, number, PageSize), cancellationToken);
}
