namespace StoreCreditAdmin.Features.Jobs;

/// <summary>All jobs, one after the other.</summary>
public sealed partial class DueJobs(IEnumerable<IDueJob> jobs, ILogger<DueJobs> logger)
{
    private readonly IReadOnlyList<IDueJob> jobs = [.. jobs];

    /// <param name="after">Leaves out a job whose first thing was due by then: it ran since and could not do it, and the others go on.</param>
    public async Task<DateTimeOffset?> NextDueAsync(DateTimeOffset? after = null, CancellationToken cancellationToken = default)
    {
        DateTimeOffset? first = null;
        foreach (var job in jobs)
        {
            var due = await job.NextDueAsync(cancellationToken);
            if (due is not null && !(due <= after) && !(due >= first))
            {
                first = due;
            }
        }

        return first;
    }

    /// <summary>A job that fails does not keep the others from running.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        foreach (var job in jobs)
        {
            try
            {
                await job.RunAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception, job.Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The job {Job} failed; it runs again in the next round")]
    private partial void LogFailed(Exception exception, string job);
}
