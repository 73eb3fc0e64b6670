using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace StoreCreditAdmin.Components.Shared;

/// <summary>A page whose filter, order and page number stand in its address: what changes there changes what it shows.</summary>
/// <param name="path">The end of the page's own path, as <c>/credits</c>.</param>
public abstract class AddressedPage(NavigationManager navigation, string path) : ComponentBase, IDisposable
{
    protected NavigationManager Navigation => navigation;

    protected ListAddress Address => ListAddress.Of(navigation);

    public void Dispose()
    {
        navigation.LocationChanged -= FollowAddress;
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized()
    {
        ReadAddress(new Uri(navigation.Uri).Query);
        navigation.LocationChanged += FollowAddress;
    }

    /// <param name="query">The part of the address from the question mark on.</param>
    protected abstract void ReadAddress(string query);

    private void FollowAddress(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        // On the way to another page the address is no longer this one's.
        if (new Uri(navigation.Uri) is { } address && address.AbsolutePath.EndsWith(path, StringComparison.Ordinal))
        {
            ReadAddress(address.Query);
            StateHasChanged();
        }
    });
}
