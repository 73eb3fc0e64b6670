using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Journal;

namespace StoreCreditAdmin.Components.Pages.Journal;

public sealed partial class AccountMappingPage(AccountMappingService mappings, CreditTypeService creditTypes, CurrentCaller currentCaller) : ComponentBase
{
    private static readonly PageHeader.Crumb[] Way = [new("Journal", "accounting/journal")];

    private LoadView<Shown>? view;

    private async Task<Shown> ReadAsync(CancellationToken cancellationToken)
    {
        var caller = await currentCaller.GetAsync();
        return new Shown(await mappings.GetAsync(caller, cancellationToken), await creditTypes.ListAsync(caller, cancellationToken: cancellationToken));
    }

    private static IEnumerable<(string Set, GlRole Role, string Account)> Lines(Shown shown)
    {
        var mapping = shown.Accounts.Mapping;
        IEnumerable<(string, GlAccounts)> sets = [("Paid for", mapping.PaidFor), ("Promotional", mapping.Promotional)];
        var byType = mapping.ByType.Select(one => (shown.Types.FirstOrDefault(type => type.Code == one.Key)?.Name ?? one.Key, one.Value));
        return sets.Concat(byType).SelectMany(set => GlAccounts.Roles.Where(role => set.Item2[role] is not null).Select(role => (set.Item1, role, set.Item2[role]!)));
    }

    private sealed record Shown(AccountMappingView Accounts, IReadOnlyList<CreditTypeView> Types);
}
