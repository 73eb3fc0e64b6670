using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Mails;

namespace StoreCreditAdmin.Components.Pages.Rules;

/// <summary>The module's switch, the rules of a store and how long credit lives. The store is in the address.</summary>
public sealed partial class RulesPage(
    RuleService rules, EarningSettingsService settings, CreditTypeService types, MailSettingsService mails, CurrentCaller currentCaller, NavigationManager navigation) : ComponentBase
{
    private LoadView<Shown>? view;

    /// <summary>Where the address names no store, the first one that had rules when the page was opened.</summary>
    private string? opened;

    [SupplyParameterFromQuery(Name = "store")]
    private string? AskedStore { get; set; }

    [CascadingParameter]
    private StoreBook Stores { get; set; } = StoreBook.Empty;

    private IReadOnlyList<StoreView> ActiveStores => [.. Stores.All.Where(store => store.Active)];

    private StoreView? Chosen => ActiveStores.FirstOrDefault(store => store.Code == (AskedStore ?? opened)) ?? Stores.Default;

    private async Task<Shown> ReadAsync(CancellationToken cancellationToken)
    {
        var caller = await currentCaller.GetAsync();
        var kept = await rules.ListAsync(caller, cancellationToken);
        opened ??= kept.FirstOrDefault(rule => ActiveStores.Any(store => store.Code == rule.Store))?.Store ?? Stores.Default?.Code;
        return new Shown(
            (await settings.GetModuleAsync(caller, cancellationToken)).Enabled == true,
            kept,
            await types.ListAsync(caller, cancellationToken: cancellationToken),
            await settings.GetExpiryAsync(caller, cancellationToken),
            await mails.GetAsync(caller, cancellationToken));
    }

    private void ChooseStore(ChangeEventArgs change) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("store", change.Value as string));

    private Task ReloadAsync() => view?.ReloadAsync() ?? Task.CompletedTask;

    private sealed record Shown(bool ModuleEnabled, IReadOnlyList<RuleView> Rules, IReadOnlyList<CreditTypeView> Types, ExpirySettings Expiry, MailSwitches Mails);
}
