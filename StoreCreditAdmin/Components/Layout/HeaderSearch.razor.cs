using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Components.Layout;

/// <summary>A search that a newer keystroke supersedes: the older one is cancelled and never shown.</summary>
public sealed partial class HeaderSearch(AccountSearch search, CurrentCaller currentCaller, NavigationManager navigation, TimeProvider clock) : ComponentBase, IDisposable
{
    private const int Shown = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);

    private IReadOnlyList<AccountHit> hits = [];
    private bool more;
    private bool open;
    private int marked;
    private string typed = "";
    private string found = "";
    private CancellationTokenSource? searching;

    private int Last => more ? hits.Count : hits.Count - 1;

    public void Dispose() => Stop();

    private static string IdOf(int index) => $"header-result-{index}";

    private static string Detail(AccountHit hit) =>
        hit.MatchedContact is { } contact && contact.Name != hit.Name
            ? string.Join(" · ", new[] { contact.Name, contact.Email }.OfType<string>())
            : string.Join(" · ", new[] { hit.Email, hit.ExternalId }.OfType<string>());

    private async Task FindAsync(TimeSpan pause)
    {
        Stop();
        if (string.IsNullOrWhiteSpace(typed))
        {
            (open, hits, found) = (false, [], "");
            return;
        }

        var text = typed;
        var mine = searching = new CancellationTokenSource();
        try
        {
            await Task.Delay(pause, clock, mine.Token);
            var page = await search.SearchAsync(await currentCaller.GetAsync(), text, new PageRequest(Take: Shown), mine.Token);
            if (searching == mine)
            {
                (hits, more, found, marked, open) = (page.Items, page.TotalCount > page.Items.Count, text, 0, true);
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
        }
        catch (AccessDeniedException)
        {
            (open, hits) = (false, []);
        }
    }

    private async Task PressAsync(KeyboardEventArgs press)
    {
        switch (press.Key)
        {
            case "ArrowDown" when open:
                marked = Math.Min(marked + 1, Math.Max(0, Last));
                break;
            case "ArrowUp" when open:
                marked = Math.Max(marked - 1, 0);
                break;
            case "Escape":
                Close();
                break;
            case "Enter" when !string.IsNullOrWhiteSpace(typed):
                await EnterAsync();
                break;
        }
    }

    /// <summary>Enter may come before the results of the last keystroke: then only a single result is opened, since the person saw none.</summary>
    private async Task EnterAsync()
    {
        var seen = open && found == typed;
        if (!seen)
        {
            await FindAsync(TimeSpan.Zero);
        }

        if (seen ? marked < hits.Count : hits.Count == 1)
        {
            Open(hits[seen ? marked : 0]);
        }
        else
        {
            OpenAll();
        }
    }

    private void Open(AccountHit hit)
    {
        Forget();
        navigation.NavigateTo($"users/{hit.Id}");
    }

    private void OpenAll()
    {
        var text = typed;
        Forget();
        navigation.NavigateTo($"users?q={Uri.EscapeDataString(text)}");
    }

    private void Forget()
    {
        Stop();
        (typed, found, hits, open) = ("", "", [], false);
    }

    private void Close() => open = false;

    private void Reopen() => open = hits.Count > 0 && found == typed;

    private void Stop()
    {
        searching?.Cancel();
        searching?.Dispose();
        searching = null;
    }
}
