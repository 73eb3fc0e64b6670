using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Invoices;

namespace StoreCreditAdmin.Components.Pages.Invoices;

/// <summary>All invoices that billing systems reported. The filter, the order and the page are in the address.</summary>
public sealed partial class InvoicesPage(InvoiceQueries invoices, CurrentCaller currentCaller, NavigationManager navigation) : AddressedPage(navigation, "/invoices")
{
    private const int PageSize = 50;

    private InvoiceListQuery query = InvoiceListQuery.Parse(null);
    private int number = 1;

    protected override void ReadAddress(string query)
    {
        this.query = InvoiceListQuery.Parse(query);
        number = Address.PageNumber;
    }

    private async Task<InvoicePage> ReadAsync(CancellationToken cancellationToken) =>
        await invoices.ListAsync(await currentCaller.GetAsync(), query.Filter, ListAddress.Page(query.Sort, number, PageSize), cancellationToken);
}
