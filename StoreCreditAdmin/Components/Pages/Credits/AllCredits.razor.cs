using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Credits;

namespace StoreCreditAdmin.Components.Pages.Credits;

/// <summary>All credits of all accounts. The filter, the order and the page are in the address, which the download shares.</summary>
public sealed partial class AllCredits(CreditQueries credits, CurrentCaller currentCaller, NavigationManager navigation) : ComponentBase, IDisposable
{
    private const int PageSize = 50;

    private CreditListQuery query = CreditListQuery.Parse(null);
    private int number = 1;

    public void Dispose() => navigation.LocationChanged -= FollowAddress;

    protected override void OnInitialized()
    {
        ReadAddress();
        navigation.LocationChanged += FollowAddress;
    }

    private void ReadAddress()
    {
        query = CreditListQuery.Parse(new Uri(navigation.Uri).Query);
        number = ListAddress.Of(navigation).PageNumber;
    }

    private void FollowAddress(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        // On the way to another page the address is no longer this one's.
        if (new Uri(navigation.Uri).AbsolutePath.EndsWith("/credits", StringComparison.Ordinal))
        {
            ReadAddress();
            StateHasChanged();
        }
    });

    private async Task<CreditPage> ReadAsync(CancellationToken cancellationToken) =>
        await credits.ListAsync(await currentCaller.GetAsync(), query.Filter, ListAddress.Page(query.Sort, number, PageSize), cancellationToken);
}
