using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;

namespace StoreCreditAdmin.Components.Layout;

/// <summary>Opens the user that is found, or the page that lists all who are.</summary>
public sealed partial class HeaderSearch(AccountSearch search, CurrentCaller currentCaller, NavigationManager navigation, TimeProvider clock) : ComponentBase, IDisposable
{
    private const string ListId = "header-results";

    private readonly AccountLookup lookup = new(search, currentCaller, clock);

    private int Last => lookup.More ? lookup.Hits.Count : lookup.Hits.Count - 1;

    public void Dispose() => lookup.Dispose();

    private async Task PressAsync(KeyboardEventArgs press)
    {
        switch (press.Key)
        {
            case "ArrowDown" when lookup.IsOpen:
                lookup.Mark(1, Last);
                break;
            case "ArrowUp" when lookup.IsOpen:
                lookup.Mark(-1, Last);
                break;
            case "Escape":
                lookup.Close();
                break;
            case "Enter" when !string.IsNullOrWhiteSpace(lookup.Typed):
                await EnterAsync();
                break;
        }
    }

    /// <summary>Enter may come before the results of the last keystroke: then only a single result is opened, since the person saw none.</summary>
    private async Task EnterAsync()
    {
        var seen = lookup.IsSeen;
        if (!seen)
        {
            await lookup.FindNowAsync();
        }

        if (seen ? lookup.Marked < lookup.Hits.Count : lookup.Hits.Count == 1)
        {
            Open(lookup.Hits[seen ? lookup.Marked : 0]);
        }
        else
        {
            OpenAll();
        }
    }

    private void Open(AccountHit hit)
    {
        lookup.Forget();
        navigation.NavigateTo($"users/{hit.Id}");
    }

    private void OpenAll()
    {
        var text = lookup.Typed;
        lookup.Forget();
        navigation.NavigateTo($"users?q={Uri.EscapeDataString(text)}");
    }
}
