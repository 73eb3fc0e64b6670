using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Components.Pages.Orders;

/// <summary>All orders that shops reported. The filter, the order and the page are in the address.</summary>
public sealed partial class OrdersPage(OrderQueries orders, CurrentCaller currentCaller, NavigationManager navigation) : AddressedPage(navigation, "/orders")
{
    private const int PageSize = 50;

    private OrderListQuery query = OrderListQuery.Parse(null);
    private int number = 1;

    protected override void ReadAddress(string query)
    {
        this.query = OrderListQuery.Parse(query);
        number = Address.PageNumber;
    }

    private async Task<Page<OrderRow>> ReadAsync(CancellationToken cancellationToken) =>
        await orders.ListAsync(await currentCaller.GetAsync(), query.Filter, ListAddress.Page(query.Sort, number, PageSize), cancellationToken);
}
