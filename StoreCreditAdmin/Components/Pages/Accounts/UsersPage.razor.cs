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
    private readonly Queue<string?> sent = new();
    private string? typed;
    private CancellationTokenSource? typing;

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    private int PageNumber => ListAddress.Of(navigation).PageNumber;

    public void Dispose() => StopTyping();

    protected override void OnParametersSet()
    {
        // What the person types is ahead of the address; only an address from elsewhere changes the field.
        if (!sent.Contains(Q))
        {
            sent.Clear();
            typed = Q;
            return;
        }

        while (sent.Peek() != Q)
        {
            _ = sent.Dequeue();
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

    private async Task SearchSoonAsync()
    {
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
        var text = string.IsNullOrWhiteSpace(typed) ? null : typed;
        sent.Enqueue(text);
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["q"] = text, ["page"] = null }), replace: true);
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
