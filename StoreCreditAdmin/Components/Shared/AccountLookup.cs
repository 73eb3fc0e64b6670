using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Components.Shared;

/// <summary>Finds accounts while a person types. A search that a newer keystroke supersedes is cancelled and never shown.</summary>
public sealed class AccountLookup(AccountSearch search, CurrentCaller currentCaller, TimeProvider clock) : IDisposable
{
    private const int Shown = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);

    private string found = "";
    private CancellationTokenSource? searching;

    public string Typed { get; set; } = "";

    public IReadOnlyList<AccountHit> Hits { get; private set; } = [];

    /// <summary>True where there are more than are shown.</summary>
    public bool More { get; private set; }

    public bool IsOpen { get; private set; }

    /// <summary>The place of the result that Enter would take; one behind the last stands for all of them.</summary>
    public int Marked { get; private set; }

    /// <summary>True while the results on the screen are those of what stands in the field.</summary>
    public bool IsSeen => IsOpen && found == Typed;

    public void Dispose() => Stop();

    /// <summary>What tells this account from others of the same name.</summary>
    public static string Detail(AccountHit hit) =>
        hit.MatchedContact is { } contact && contact.Name != hit.Name
            ? string.Join(" · ", new[] { contact.Name, contact.Email }.OfType<string>())
            : string.Join(" · ", new[] { hit.Email, hit.ExternalId }.OfType<string>());

    public Task TypeAsync() => FindAsync(Pause);

    public Task FindNowAsync() => FindAsync(TimeSpan.Zero);

    /// <param name="last">The last place that can be marked.</param>
    public void Mark(int by, int last) => Marked = Math.Clamp(Marked + by, 0, Math.Max(0, last));

    public void Close() => IsOpen = false;

    public void Reopen() => IsOpen = Hits.Count > 0 && found == Typed;

    public void Forget(string typed = "")
    {
        Stop();
        (Typed, found, Hits, IsOpen) = (typed, "", [], false);
    }

    private async Task FindAsync(TimeSpan pause)
    {
        Stop();
        if (string.IsNullOrWhiteSpace(Typed))
        {
            (IsOpen, Hits, found) = (false, [], "");
            return;
        }

        var text = Typed;
        var mine = searching = new CancellationTokenSource();
        try
        {
            await Task.Delay(pause, clock, mine.Token);
            var page = await search.SearchAsync(await currentCaller.GetAsync(), text, new PageRequest(Take: Shown), mine.Token);
            if (searching == mine)
            {
                (Hits, More, found, Marked, IsOpen) = (page.Items, page.TotalCount > page.Items.Count, text, 0, true);
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
        }
        catch (AccessDeniedException)
        {
            (IsOpen, Hits) = (false, []);
        }
    }

    private void Stop()
    {
        searching?.Cancel();
        searching?.Dispose();
        searching = null;
    }
}
