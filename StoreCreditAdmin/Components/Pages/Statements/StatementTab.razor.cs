using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Statements;

namespace StoreCreditAdmin.Components.Pages.Statements;

public sealed partial class StatementTab(
    StatementService statements, CurrentCaller currentCaller, NavigationManager navigation, TimeProvider clock, IOptions<StatementOptions> options) : ComponentBase
{
    [Parameter, EditorRequired]
    public AccountView Account { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    [CascadingParameter]
    private StoreBook Stores { get; set; } = StoreBook.Empty;

    private ListAddress Address => ListAddress.Of(navigation);

    private int PageNumber => Address.PageNumber;

    /// <summary>The chosen store, or the default one where the account has credit in it or nowhere, or else the first in which it has.</summary>
    private string Store => Address["store"]
        ?? (Account.Balances is [var first, ..] && Account.Balances.All(balance => balance.Store != Stores.Default?.Code) ? first.Store : Stores.Default?.Code ?? "");

    /// <summary>Those in which the account ever had credit in the store, and the store's own.</summary>
    private IReadOnlyList<string> Currencies =>
    [
        .. Account.Balances.Where(balance => balance.Store == Store).Select(balance => balance.Currency)
            .Concat(Stores.All.Where(store => store.Code == Store).Select(store => store.Currency))
            .Concat(Address["currency"] is { } chosen ? [chosen] : [])
            .Distinct(StringComparer.Ordinal),
    ];

    private string Currency => Address["currency"] ?? (Currencies is [var first, ..] ? first : "");

    private DateOnly Today => Stores.DateIn(Store, clock.GetUtcNow());

    private string From => Address["from"] ?? PeriodChoice.Of(Today)[0].From;

    private string To => Address["to"] ?? PeriodChoice.Write(Today);

    private string View => Address["view"] ?? StatementRequest.StaffView;

    private string Paper => Address["paper"] ?? options.Value.Paper.ToString().ToLowerInvariant();

    private async Task<Result<Statement>> ReadAsync(CancellationToken cancellationToken)
    {
        var request = StatementRequest.Parse(Store, Currency, From, To, View);
        return request.IsOk
            ? await statements.GetAsync(await currentCaller.GetAsync(), Account.Id.ToString(), request.Value, cancellationToken)
            : request.Refusal;
    }

    private string Link(Statement of, string format) => QueryHelpers.AddQueryString(StatementEndpoints.DownloadPath, new Dictionary<string, string?>
    {
        ["account"] = Account.Id.ToString(),
        ["store"] = of.Head.StoreCode,
        ["currency"] = of.Currency.Code,
        ["from"] = PeriodChoice.Write(of.Head.From),
        ["to"] = PeriodChoice.Write(of.Head.To),
        ["view"] = View,
        ["paper"] = format == "pdf" ? Paper : null,
        ["format"] = format,
    });

    private void Choose(string parameter, ChangeEventArgs change)
    {
        var parameters = new Dictionary<string, object?> { [parameter] = change.Value is string { Length: > 0 } value ? value : null, ["page"] = null };
        if (parameter == "store")
        {
            parameters["currency"] = null;
        }

        navigation.NavigateTo(navigation.GetUriWithQueryParameters(parameters), replace: true);
    }
}
