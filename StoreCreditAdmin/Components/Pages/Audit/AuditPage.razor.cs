using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Audit;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Components.Pages.Audit;

/// <summary>The audit. The filter and the place in the list are in the address, which the download shares.</summary>
public sealed partial class AuditPage(AuditQueries audit, CurrentCaller currentCaller, NavigationManager navigation) : ComponentBase, IDisposable
{
    internal const string AfterParameter = "after";

    private const int PageSize = 50;

    private AuditFilter filter = new();
    private string? after;

    public void Dispose() => navigation.LocationChanged -= FollowAddress;

    protected override void OnInitialized()
    {
        ReadAddress();
        navigation.LocationChanged += FollowAddress;
    }

    private void ReadAddress()
    {
        filter = AuditFilter.Parse(new Uri(navigation.Uri).Query);
        after = ListAddress.Of(navigation)[AfterParameter];
    }

    private void FollowAddress(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        // On the way to another page the address is no longer this one's.
        if (new Uri(navigation.Uri).AbsolutePath.EndsWith("/audit", StringComparison.Ordinal))
        {
            ReadAddress();
            StateHasChanged();
        }
    });

    private async Task<KeysetPage<AuditLine>> ReadAsync(CancellationToken cancellationToken)
    {
        var caller = await currentCaller.GetAsync();
        try
        {
            return await audit.ListAsync(caller, filter, new KeysetRequest(PageSize, after is null ? null : Cursor.Parse(after)), cancellationToken);
        }
        catch (BadCursorException)
        {
            return await audit.ListAsync(caller, filter, new KeysetRequest(PageSize), cancellationToken);
        }
    }
}
