using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Components.Pages.Jobs;

/// <summary>Looks every second while a job runs, and now and then otherwise, since the clock starts jobs too.</summary>
public sealed partial class JobsTable(JobQueries queries, JobService service, CurrentCaller currentCaller, Toasts toasts, TimeProvider clock, ILogger<JobsTable> logger) : ComponentBase, IDisposable
{
    private const int SecondsBetweenLooks = 10;

    private readonly CancellationTokenSource leaving = new();
    private CancellationToken left;
    private IReadOnlyList<JobView> jobs = [];
    private bool busy;
    private string? announced;

    [Parameter, EditorRequired]
    public IReadOnlyList<JobView> Jobs { get; set; } = [];

    /// <summary>Told when a run began or ended.</summary>
    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override void OnInitialized()
    {
        jobs = Jobs;
        left = leaving.Token;
        _ = LookOnAsync();
    }

    private TimeSpan ElapsedOf(JobRunView run) => clock.GetUtcNow() - run.StartedAt is { Ticks: > 0 } elapsed ? elapsed : TimeSpan.Zero;

    private async Task RunAsync(JobView job)
    {
        if (busy)
        {
            return;
        }

        busy = true;
        try
        {
            var asked = await service.RunNowAsync(await currentCaller.GetAsync(), OperationKey.ForForm(), job.Name);
            if (asked.IsOk)
            {
                toasts.Done($"{job.Title}: started.");
            }
            else
            {
                toasts.Refused(asked.Refusal.Message);
            }

            await LookAsync();
        }
        finally
        {
            busy = false;
        }
    }

    private async Task LookOnAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            for (var seconds = 1; await timer.WaitForNextTickAsync(left); seconds++)
            {
                if (jobs.Any(job => job.Running is not null) || seconds % SecondsBetweenLooks == 0)
                {
                    await InvokeAsync(LookAsync);
                }
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // The person has left the page.
        }
        catch (AccessDeniedException)
        {
            // What they click next tells them.
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Looking at the jobs failed.");
        }
    }

    private async Task LookAsync()
    {
        var now = await queries.ListAsync(await currentCaller.GetAsync(), left);
        var ended = now.FirstOrDefault(job => job.Running is null && jobs.Any(before => before.Name == job.Name && before.Running is not null));
        var changed = !now.Select(Runs).SequenceEqual(jobs.Select(Runs));
        jobs = now;
        announced = ended is null ? announced : $"{ended.Title}: {JobTexts.Of(ended.Last!.Outcome)}. {JobTexts.Result(ended.Last.Outcome, ended.Last.Did, ended.Last.Error)}";
        StateHasChanged();
        if (changed)
        {
            await Changed.InvokeAsync();
        }
    }

    private static (long?, long?) Runs(JobView job) => (job.Running?.Id, job.Last?.Id);
}
