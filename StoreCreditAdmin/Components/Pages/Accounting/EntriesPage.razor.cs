using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounting;

namespace StoreCreditAdmin.Components.Pages.Accounting;

/// <summary>The ledger entries of all accounts that a figure sums. The total equals the figure.</summary>
public sealed partial class EntriesPage(EntryList entries, CurrentCaller currentCaller, NavigationManager navigation) : AddressedPage(navigation, "/accounting/entries")
{
    private const int PageSize = 50;

    private static readonly PageHeader.Crumb[] Way = [new("Liability", "accounting")];

    private EntryListRequest request = new();
    private int number = 1;

    /// <summary>What the amounts of the list change.</summary>
    private string ChangeOf => request.Of switch
    {
        EntryMeasure.Available => "Change of available",
        EntryMeasure.Authorized => "Change of authorized",
        _ => "Change of outstanding",
    };

    private string? Explanation => request switch
    {
        { ByHand: true } => "What staff issued or added by hand.",
        { Line: { } line } => $"The entries of the line {ReportTexts.Of(line)}.",
        { Of: EntryMeasure.Outstanding } => "Every entry that made up what was outstanding on the last day.",
        { Of: EntryMeasure.Available } => "Every entry that made up what was available on the last day.",
        { Of: EntryMeasure.Authorized } => "Every entry that made up what was authorized on the last day.",
        _ => null,
    };

    protected override void ReadAddress(string query)
    {
        request = EntryListRequest.Parse(query);
        number = Address.PageNumber;
    }

    private async Task<Result<EntryListPage>> ReadAsync(CancellationToken cancellationToken) =>
        await entries.ListAsync(await currentCaller.GetAsync(), request, ListAddress.Page(null, number, PageSize), cancellationToken);

    private void NarrowKind(ChangeEventArgs change) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["kind"] = change.Value is string { Length: > 0 } text ? text : null,
        ["line"] = null,
        ["page"] = null,
    }));
}
