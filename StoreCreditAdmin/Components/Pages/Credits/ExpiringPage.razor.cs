using System.Globalization;
using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Expiry;

namespace StoreCreditAdmin.Components.Pages.Credits;

/// <summary>Credit that expires soon, what it costs to keep it good, and the way to do it. What is chosen is in the address.</summary>
public sealed partial class ExpiringPage(ExpiryExtension extension, CreditTypeService creditTypes, CurrentCaller currentCaller, NavigationManager navigation)
    : AddressedPage(navigation, "/credits/expiring")
{
    private const int PageSize = 50;

    private static readonly int[] Windows = [ExpiringFilter.ShortWindow, ExpiringFilter.LongWindow];
    private static readonly PageHeader.Crumb[] Way = [new("Credits", "credits")];

    private IReadOnlyList<CreditTypeView> types = [];
    private ExpiringFilter filter = new(null, Windows[0], null);
    private int number = 1;
    private LoadView<Shown>? view;

    [CascadingParameter]
    private StoreBook Stores { get; set; } = StoreBook.Empty;

    /// <summary>What is being extended must not change under one's hands.</summary>
    private bool IsExtending { get; set; }

    protected override async Task OnInitializedAsync() => types = await creditTypes.ListAsync(await currentCaller.GetAsync());

    protected override void ReadAddress(string query)
    {
        var days = Windows.FirstOrDefault(window => window.ToString(CultureInfo.InvariantCulture) == Address["days"], Windows[0]);
        (filter, number) = (new ExpiringFilter(Address["store"], days, Address["type"]), Address.PageNumber);
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private async Task<Shown> ReadAsync(CancellationToken cancellationToken) =>
        new(await extension.ListAsync(await currentCaller.GetAsync(), filter, ListAddress.Page(null, number, PageSize), cancellationToken));

    private void Narrow(string name, ChangeEventArgs change) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        [name] = change.Value is string { Length: > 0 } text ? text : null,
        ["page"] = null,
    }));

    private sealed record Shown(ExpiringList Page);
}
