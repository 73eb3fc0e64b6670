using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using StoreCreditAdmin.Components.Pages.Credits;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Components.Pages.Accounts;

public sealed partial class CreditsTab(CreditQueries credits, CurrentCaller currentCaller, Dialogs dialogs, Toasts toasts, NavigationManager navigation, IJSRuntime script) : ComponentBase
{
    private const int PageSize = 25;

    private LoadView<CreditPage>? view;
    private Guid? added;
    private Guid? toFocus;

    [Parameter, EditorRequired]
    public AccountView Account { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    [CascadingParameter]
    private StoreBook Stores { get; set; } = StoreBook.Empty;

    private ListAddress Address => ListAddress.Of(navigation);

    private string? Sort => Address.Sort;

    private int PageNumber => Address.PageNumber;

    private string? Store => Address["store"];

    private string? Currency => Address["currency"];

    private string ExportQuery => string.Concat(
        $"account={Account.Id}", Store is null ? "" : $"&store={Uri.EscapeDataString(Store)}", Currency is null ? "" : $"&currency={Currency}", Sort is null ? "" : $"&sort={Uri.EscapeDataString(Sort)}");

    private bool HasSeveralStores => Account.Balances.DistinctBy(balance => balance.Store).Count() > 1;

    private bool HasAvailable => Account.Balances.Any(balance => balance.Available.Minor > 0);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (toFocus is { } id && await script.InvokeAsync<bool>("storeCredit.focus", CreditsTable.LinkId(id)))
        {
            toFocus = null;
        }
    }

    private async Task<CreditPage> ReadAsync(CancellationToken cancellationToken)
    {
        var filter = new CreditFilter { Account = Account.Id.ToString(), Store = Store, Currency = Currency };
        return await credits.ListAsync(await currentCaller.GetAsync(), filter, ListAddress.Page(Sort, PageNumber, PageSize), cancellationToken);
    }

    private async Task AddAsync()
    {
        var parameters = new Dictionary<string, object?>
        {
            [nameof(IssueCreditDialog.Account)] = Account,
            [nameof(IssueCreditDialog.Stores)] = Stores,
            [nameof(IssueCreditDialog.PreferredStore)] = Store,
        };
        var credit = await dialogs.OpenAsync<IssueCreditDialog, CreditView>("Add store credit", parameters, "40rem");
        if (credit is null)
        {
            return;
        }

        toasts.Done($"{MoneyFormat.Text(credit.OpeningAmount, credit.Currency)} added for {Account.Name}.");
        (added, toFocus) = (credit.Id, credit.Id);
        if (Sort is not null || PageNumber > 1 || Store is not null || Currency is not null)
        {
            navigation.NavigateTo($"users/{Account.Id}");
        }

        await RefreshAsync();
    }

    private async Task DeductAsync()
    {
        var parameters = new Dictionary<string, object?> { [nameof(DebitDialog.Account)] = Account };
        await dialogs.OpenAsync<DebitDialog, DebitView>("Deduct credit", parameters);
        await RefreshAsync();
    }

    private async Task RefreshAsync()
    {
        await Changed.InvokeAsync();
        await (view?.ReloadAsync() ?? Task.CompletedTask);
    }
}
