using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounting;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Components.Pages.Accounting;

/// <summary>The accounts behind the dashboard's figure, those first that are held the longest.</summary>
public sealed partial class OnHoldPage(DashboardQueries queries, CurrentCaller currentCaller, NavigationManager navigation) : AddressedPage(navigation, "/users/on-hold")
{
    private const int PageSize = 50;

    private static readonly PageHeader.Crumb[] Way = [new("Users", "users")];

    private int number = 1;

    protected override void ReadAddress(string query) => number = Address.PageNumber;

    private async Task<Page<AccountOnHold>> ReadAsync(CancellationToken cancellationToken) =>
        await queries.OnHoldAsync(await currentCaller.GetAsync(), ListAddress.Page(null, number, PageSize), cancellationToken);
}
