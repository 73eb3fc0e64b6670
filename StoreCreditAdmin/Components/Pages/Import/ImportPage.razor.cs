using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Import;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Components.Pages.Import;

/// <summary>
/// Customers from a file: choose it, say which column is what, check it, import it. A check belongs to the open page and ends with it; an import goes on in
/// the server, and the address of its progress can be opened again.
/// </summary>
public sealed partial class ImportPage(CustomerCheck check, CustomerImport import, ImportJobs jobs, ProblemLists lists, CurrentCaller currentCaller, NavigationManager navigation)
    : ComponentBase, IAsyncDisposable
{
    private PastImports? past;
    private ImportUpload? upload;
    private ImportFile.Inspection? inspection;
    private ColumnMapping mapping = ColumnMapping.Empty;
    private ProblemList? problems;
    private ImportCounts? counts;
    private ImportProgress progress;
    private CancellationTokenSource? checkingUntil;
    private bool checking;
    private bool importing;
    private OperationKey key = OperationKey.ForForm();
    private Refusal? fileRefusal;
    private Refusal? mappingRefusal;
    private Refusal? checkRefusal;

    [SupplyParameterFromQuery(Name = "run")]
    private string? RunInAddress { get; set; }

    /// <summary>The import that is shown, where one is.</summary>
    private Guid? Run => Guid.TryParse(RunInAddress, out var run) ? run : null;

    [SupplyParameterFromQuery]
    private string? Page { get; set; }

    [SupplyParameterFromQuery]
    private string? Problems { get; set; }

    private int PageNumber => ListAddress.NumberOf(Page);

    private int ProblemPage => ListAddress.NumberOf(Problems);

    private CustomerSource Source => new(upload!.File, inspection!.Header, inspection.Format, mapping);

    public async ValueTask DisposeAsync()
    {
        StopChecking();
        await ForgetAsync();
    }

    private async Task TakeAsync(ImportUpload received)
    {
        upload = received;
        var found = await received.File.InspectAsync();
        if (!found.IsOk)
        {
            fileRefusal = found.Refusal;
            return;
        }

        inspection = found.Value;
        mapping = inspection.Format.MappingFor(inspection.Header);
    }

    private async Task ForgetAsync()
    {
        StopChecking();
        await ForgetCheckAsync();
        inspection = null;
        fileRefusal = null;
        if (Interlocked.Exchange(ref upload, null) is { } before)
        {
            await before.DisposeAsync();
        }
    }

    private async Task MapAsync(ColumnMapping changed)
    {
        mapping = changed;
        await ForgetCheckAsync();
    }

    private async Task ForgetCheckAsync()
    {
        (counts, mappingRefusal, checkRefusal, key) = (null, null, null, OperationKey.ForForm());
        if (Interlocked.Exchange(ref problems, null) is { } before)
        {
            await lists.CloseAsync(before);
        }
    }

    private async Task CheckAsync()
    {
        if (checking)
        {
            return;
        }

        await ForgetCheckAsync();
        mappingRefusal = mapping.Refusal();
        if (mappingRefusal is not null)
        {
            return;
        }

        var caller = await currentCaller.GetAsync();
        var (source, list, cancel) = (Source, lists.Open(caller), new CancellationTokenSource());
        (problems, checking, progress, checkingUntil) = (list, true, default, cancel);
        try
        {
            var shown = new Progress<ImportProgress>(Show);
            var result = await Task.Run(() => check.RunAsync(caller, source, list.AddAsync, shown, cancel.Token), cancel.Token);
            await list.CompleteAsync();
            counts = result.IsOk ? result.Value : null;
            fileRefusal = result.Refusal;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await ForgetCheckAsync();
        }
        catch (AccessDeniedException denied)
        {
            checkRefusal = denied.Refusal;
        }
        finally
        {
            checking = false;
            cancel.Dispose();
        }
    }

    private void Show(ImportProgress reached)
    {
        if (checking)
        {
            progress = reached;
            StateHasChanged();
        }
    }

    private void StopChecking()
    {
        if (checking)
        {
            checkingUntil?.Cancel();
        }
    }

    private async Task ImportAsync()
    {
        if (importing || counts is not { } checkedCounts)
        {
            return;
        }

        importing = true;
        try
        {
            var (caller, source) = (await currentCaller.GetAsync(), Source);
            var begun = await import.BeginAsync(caller, key, source, checkedCounts.Rows);
            if (!begun.IsOk)
            {
                (checkRefusal, key) = (begun.Refusal, OperationKey.ForForm());
                return;
            }

            if (jobs.Start(caller, begun.Value, source, upload!))
            {
                upload = null;
            }

            (inspection, counts) = (null, null);
            navigation.NavigateTo($"import?run={begun.Value.Id}");
        }
        finally
        {
            importing = false;
        }
    }

    private Task ReloadPastAsync() => past?.ReloadAsync() ?? Task.CompletedTask;
}
