using System.Globalization;
using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Import;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Components.Pages.Import;

/// <summary>One import, followed while it moves, wherever it runs: here, for another person, or from the command line.</summary>
public sealed partial class RunView(ImportRuns runs, CustomerImport import, CurrentCaller currentCaller, Toasts toasts, TimeProvider clock) : ComponentBase, IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource leaving = new();
    private ImportRunView? run;
    private bool missing;
    private bool stopping;

    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    /// <summary>The wrong rows of the check before it, while the page has them.</summary>
    [Parameter]
    public ProblemList? Problems { get; set; }

    /// <summary>It was begun or has ended, so lists that show it are old.</summary>
    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    private double Share => run!.Rows == 0 ? 0 : (double)run.RowsDone / run.Rows;

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            await LookAsync();
            await Changed.InvokeAsync();
            if (run is not { IsMoving: true })
            {
                return;
            }

            using var timer = new PeriodicTimer(BetweenLooks, clock);
            while (run is { IsMoving: true } && await timer.WaitForNextTickAsync(leaving.Token))
            {
                await LookAsync();
            }

            await Changed.InvokeAsync();
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The person left the page.
        }
    }

    private async Task LookAsync()
    {
        run = await runs.FindAsync(await currentCaller.GetAsync(), Id, leaving.Token);
        missing = run is null;
        StateHasChanged();
    }

    private async Task StopAsync()
    {
        if (stopping)
        {
            return;
        }

        stopping = true;
        var caller = await currentCaller.GetAsync();
        var stopped = await import.StopAsync(caller, OperationKey.ForForm(), Id, $"Stopped by {caller.Actor.Name}.");
        if (!stopped.IsOk)
        {
            stopping = false;
            toasts.Refused(stopped.Refusal.Message);
        }
    }

    private static string Outcome(ImportRunView run) => run.State switch
    {
        "finished" => "The whole file is imported.",
        "stopped" => $"{run.StopReason} {Number(run.RowsDone)} of {Number(run.Rows)} rows are done and stay. Choose the same file again to go on.",
        "interrupted" => $"The import was cut short after {Number(run.RowsDone)} of {Number(run.Rows)} rows, which stay. Choose the same file again to go on.",
        "undone" when run.Kept > 0 => $"Undone: {Number(run.Removed)} accounts are removed. {Number(run.Kept)} are kept, because they have credit, orders or changes by now.",
        _ => $"Undone: {Number(run.Removed)} accounts are removed.",
    };

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
