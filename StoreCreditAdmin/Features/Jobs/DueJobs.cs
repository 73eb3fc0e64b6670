using StoreCreditAdmin.Domain.Jobs;

namespace StoreCreditAdmin.Features.Jobs;

/// <summary>All jobs, one after the other.</summary>
public sealed partial class DueJobs(JobRunner runner, TimeProvider clock, ILogger<DueJobs> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Longer than a lease that a killed process left.</summary>
    private static readonly TimeSpan Patience = JobLeases.Time * 2;

    /// <param name="after">Leaves out a job whose first thing was due by then: it ran since and could not do it, and the others go on.</param>
    public async Task<DateTimeOffset?> NextDueAsync(DateTimeOffset? after = null, CancellationToken cancellationToken = default)
    {
        DateTimeOffset? first = null;
        foreach (var job in runner.Jobs)
        {
            var due = await job.NextDueAsync(cancellationToken);
            if (due is not null && !(due <= after) && !(due >= first))
            {
                first = due;
            }
        }

        return first;
    }

    /// <summary>Runs each job that has something due, and waits for one that is running meanwhile. A job that fails does not keep the others from running.</summary>
    public async Task RunAsync(JobTrigger trigger = JobTrigger.Schedule, CancellationToken cancellationToken = default)
    {
        foreach (var job in runner.Jobs)
        {
            try
            {
                if (await job.NextDueAsync(cancellationToken) <= clock.GetUtcNow())
                {
                    await RunWhenFreeAsync(job, trigger, cancellationToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception, job.Name);
            }
        }
    }

    private async Task RunWhenFreeAsync(IDueJob job, JobTrigger trigger, CancellationToken cancellationToken)
    {
        var since = clock.GetTimestamp();
        while (!await runner.TryRunAsync(job, trigger, cancellationToken))
        {
            if (clock.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"The job {job.Name} has been running elsewhere for too long.");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "The job {Job} could not be run")]
    private partial void LogFailed(Exception exception, string job);
}
