using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Components.Pages.Statements;

/// <summary>Statements of many accounts, followed while they are made, wherever that is.</summary>
public sealed partial class BatchRun(StatementBatchService batches, CurrentCaller currentCaller, Toasts toasts, TimeProvider clock) : ComponentBase, IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource leaving = new();
    private StatementBatchView? batch;
    private bool missing;
    private bool asking;

    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    /// <summary>It was begun or has ended, so lists that show it are old.</summary>
    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    [CascadingParameter]
    private StoreBook Stores { get; set; } = StoreBook.Empty;

    private double Share => batch is { Total: > 0 } ? (double)batch.Done / batch.Total.Value : 0;

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => FollowAsync();

    private async Task FollowAsync()
    {
        try
        {
            await LookAsync();
            await Changed.InvokeAsync();
            if (batch is not { IsMoving: true })
            {
                return;
            }

            using var timer = new PeriodicTimer(BetweenLooks, clock);
            while (batch is { IsMoving: true } && await timer.WaitForNextTickAsync(leaving.Token))
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
        batch = await batches.FindAsync(await currentCaller.GetAsync(), Id, leaving.Token);
        missing = batch is null;
        StateHasChanged();
    }

    private Task CancelAsync() => AskAsync(caller => batches.CancelAsync(caller, OperationKey.ForForm(), Id));

    private async Task GoOnAsync()
    {
        if (await AskAsync(caller => batches.GoOnAsync(caller, OperationKey.ForForm(), Id)))
        {
            await FollowAsync();
        }
    }

    private async Task<bool> AskAsync(Func<Caller, Task<Result<StatementBatchView>>> ask)
    {
        if (asking)
        {
            return false;
        }

        asking = true;
        try
        {
            var answer = await ask(await currentCaller.GetAsync());
            if (answer.IsOk)
            {
                batch = answer.Value;
            }
            else
            {
                toasts.Refused(answer.Refusal.Message);
            }

            return answer.IsOk;
        }
        finally
        {
            asking = false;
        }
    }
}
