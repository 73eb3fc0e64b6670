using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Journal;

namespace StoreCreditAdmin.Components.Pages.Journal;

/// <summary>The journal of a store: its books, a range with its totals, and what was exported. The store, the currency and the range are in the address.</summary>
public sealed partial class JournalPage(JournalService journal, CurrentCaller currentCaller, Dialogs dialogs, Toasts toasts, NavigationManager navigation)
    : AddressedPage(navigation, "/accounting/journal")
{
    private LoadView<Result<JournalDesk>>? desk;
    private LoadView<Result<JournalPreview>?>? preview;
    private JournalExportsTable? exports;
    private string? store;
    private string? currency;
    private DateOnly? from;
    private DateOnly? to;

    [CascadingParameter]
    private StoreBook Stores { get; set; } = StoreBook.Empty;

    private string? StoreCode => store ?? Stores.Default?.Code;

    protected override void ReadAddress(string query) =>
        (store, currency, from, to) = (Address["store"], Address["currency"], DateField.Parse(Address["from"]), DateField.Parse(Address["to"]));

    /// <summary>What the address says, or else the range that comes next.</summary>
    private JournalRequest RequestOf(JournalDesk found) => new()
    {
        Store = found.Books.Store,
        From = from ?? (to is null ? found.NextFrom : null),
        To = to ?? (from is null ? found.NextTo : null),
        Currency = currency,
    };

    private async Task<Result<JournalDesk>> ReadDeskAsync(CancellationToken cancellationToken) => await journal.DeskAsync(await currentCaller.GetAsync(), StoreCode, cancellationToken);

    private async Task<Result<JournalPreview>?> ReadPreviewAsync(JournalRequest request, CancellationToken cancellationToken) =>
        request.From is null && request.To is null ? null : (Result<JournalPreview>?)await journal.PreviewAsync(await currentCaller.GetAsync(), request, cancellationToken);

    private async Task LockAsync(BooksView books)
    {
        var parameters = new Dictionary<string, object?> { [nameof(LockBooksDialog.Books)] = books };
        if (await dialogs.OpenAsync<LockBooksDialog, BooksView>("Lock books", parameters) is { } locked)
        {
            toasts.Done($"The books are locked through {locked.LockedThrough:yyyy-MM-dd}.");
            await ReloadAsync();
        }
    }

    private async Task ExportAsync(JournalPreview shown)
    {
        var parameters = new Dictionary<string, object?> { [nameof(ExportJournalDialog.Preview)] = shown };
        if (await dialogs.OpenAsync<ExportJournalDialog, JournalExportView>("Export and lock", parameters) is { } export)
        {
            toasts.Done($"{export.From:yyyy-MM-dd} to {export.To:yyyy-MM-dd} is exported and locked.");
            await ReloadAsync();
        }
    }

    private async Task ReloadAsync()
    {
        await (desk?.ReloadAsync() ?? Task.CompletedTask);
        await (preview?.ReloadAsync() ?? Task.CompletedTask);
        await (exports?.ReloadAsync() ?? Task.CompletedTask);
    }
}
