using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Credits;

namespace StoreCreditAdmin.Components.Pages.Credits;

/// <summary>All credits of all accounts. The filter, the order and the page are in the address, which the download shares.</summary>
public sealed partial class AllCredits(CreditQueries credits, CurrentCaller currentCaller, NavigationManager navigation) : AddressedPage(navigation, "/credits")
{
    private const int PageSize = 50;

    private CreditListQuery query = CreditListQuery.Parse(null);
    private int number = 1;

    protected override void ReadAddress(string query)
    {
        this.query = CreditListQuery.Parse(query);
        number = Address.PageNumber;
    }

    private async Task<CreditPage> ReadAsync(CancellationToken cancellationToken) =>
        await credits.ListAsync(await currentCaller.GetAsync(), query.Filter, ListAddress.Page(query.Sort, number, PageSize), cancellationToken);
}
