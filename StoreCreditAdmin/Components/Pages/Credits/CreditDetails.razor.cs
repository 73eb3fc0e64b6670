using System.Globalization;
using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Components.Pages.Credits;

/// <summary>One credit: what it has and why, and what can be done to it.</summary>
public sealed partial class CreditDetails(CreditQueries credits, AccountDetails accounts, AccountEntries entries, CurrentCaller currentCaller, NavigationManager navigation)
    : ComponentBase
{
    private const int PageSize = 50;
    private static readonly Refusal NotFound = new("not-found", "There is no credit at this address.");

    private LoadView<Result<CreditView>>? view;
    private bool onHold;

    [Parameter]
    public Guid Id { get; set; }

    private int PageNumber => ListAddress.Of(navigation).PageNumber;

    private static string TitleOf(CreditView credit) => $"{credit.Name ?? credit.TypeName} {MoneyFormat.Text(credit.Credited, credit.Currency)}";

    private async Task<Result<CreditView>> ReadAsync(CancellationToken cancellationToken)
    {
        var caller = await currentCaller.GetAsync();
        if (await credits.GetAsync(caller, Id, cancellationToken) is not { } credit)
        {
            return NotFound;
        }

        var owner = await accounts.GetAsync(caller, credit.AccountId.ToString(), cancellationToken);
        onHold = owner.IsOk && owner.Value.OnHold;
        return credit;
    }

    private async Task<Result<IReadOnlyList<string>>> ExplainAsync(CancellationToken cancellationToken) =>
        await entries.ExplainAsync(await currentCaller.GetAsync(), Id, CultureInfo.CurrentCulture, cancellationToken);

    private async Task<Result<Page<EntryView>>> ReadEntriesAsync(CancellationToken cancellationToken) =>
        await entries.ListOfCreditAsync(await currentCaller.GetAsync(), Id, new EntryFilter(), ListAddress.Page(null, PageNumber, PageSize), cancellationToken);

    private Task ReloadAsync() => view?.ReloadAsync() ?? Task.CompletedTask;
}
