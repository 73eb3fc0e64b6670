using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;

namespace StoreCreditAdmin.Components.Pages.Accounts;

/// <summary>Finds users as one types; what is looked for and the page are in the address.</summary>
public sealed partial class UsersPage(AccountSearch search, CurrentCaller currentCaller, Dialogs dialogs, Toasts toasts, NavigationManager navigation, TimeProvider clock)
    : ComponentBase, IDisposable
{
    private const int PageSize = 25;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);

    private ElementReference field;
    private string? typed;
    private CancellationTokenSource? typing;

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [SupplyParameterFromQuery]
    private int? Page { get; set; }

    private int PageNumber => Math.Max(1, Page ?? 1);

    public void Dispose() => StopTyping();

    protected override void OnParametersSet()
    {
        // While a person types, the field is ahead of the address.
        if (typing is null)
        {
            typed = Q;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await field.FocusAsync();
        }
    }

    private async Task<AccountHitPage> ReadAsync(CancellationToken cancellationToken) =>
        await search.SearchAsync(await currentCaller.GetAsync(), Q, ListAddress.Page(null, PageNumber, PageSize), cancellationToken);

    private async Task TypeAsync(ChangeEventArgs change)
    {
        typed = change.Value as string;
        StopTyping();
        var mine = typing = new CancellationTokenSource();
        try
        {
            await Task.Delay(Pause, clock, mine.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        StopTyping();
        var parameters = new Dictionary<string, object?> { ["q"] = string.IsNullOrWhiteSpace(typed) ? null : typed, ["page"] = null };
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(parameters), replace: true);
    }

    private void StopTyping()
    {
        typing?.Cancel();
        typing?.Dispose();
        typing = null;
    }

    private async Task AddAsync()
    {
        if (await dialogs.OpenAsync<AddUserDialog, AccountView>("Add user", []) is { } account)
        {
            toasts.Done($"{account.Name} is added.");
            navigation.NavigateTo($"users/{account.Id}");
        }
    }
}
