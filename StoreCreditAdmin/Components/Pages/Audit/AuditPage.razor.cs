using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Audit;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Components.Pages.Audit;

/// <summary>The audit. The filter and the place in the list are in the address, which the download shares.</summary>
public sealed partial class AuditPage(AuditQueries audit, CurrentCaller currentCaller, NavigationManager navigation) : AddressedPage(navigation, "/audit")
{
    internal const string AfterParameter = "after";

    private const int PageSize = 50;

    private AuditFilter filter = new();
    private string? after;

    protected override void ReadAddress(string query)
    {
        filter = AuditFilter.Parse(query);
        after = Address[AfterParameter];
    }

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
