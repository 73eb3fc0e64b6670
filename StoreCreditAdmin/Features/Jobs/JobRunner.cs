using System.Collections.Concurrent;
using StoreCreditAdmin.Domain.Jobs;

namespace StoreCreditAdmin.Features.Jobs;

/// <summary>Runs jobs under their leases and notes what came of it. When the program ends, a job stops after what it is at.</summary>
public sealed partial class JobRunner(JobLeases leases, IEnumerable<IDueJob> jobs, TimeProvider clock, ILogger<JobRunner> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<long, Task> started = [];

    /// <summary>In the order in which they run where several are due.</summary>
    public IReadOnlyList<IDueJob> Jobs { get; } = [.. jobs];

    public IDueJob? Find(string name) => Jobs.FirstOrDefault(job => job.Name == name);

    /// <summary>Runs it to its end. A job that fails is noted and logged, and thrown to nobody.</summary>
    /// <returns>False when it is running already, here or elsewhere.</returns>
    public async Task<bool> TryRunAsync(IDueJob job, JobTrigger trigger, CancellationToken cancellationToken)
    {
        if (await leases.TryTakeAsync(job.Name, trigger) is not { } lease)
        {
            return false;
        }

        await RunAsync(job, lease, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return true;
    }

    /// <summary>Runs it beside everything else, whoever looks on.</summary>
    public void Start(IDueJob job, HeldLease lease) => started[lease.RunId] = Task.Run(async () =>
    {
        await RunAsync(job, lease, CancellationToken.None);
        started.TryRemove(lease.RunId, out _);
    });

    public async Task StopAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(started.Values);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        ending.Dispose();
    }

    private async Task RunAsync(IDueJob job, HeldLease lease, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, cancellationToken);
        using var ended = new CancellationTokenSource();
        var renewing = RenewAsync(lease, stopping, ended.Token);
        Action<JobRun, DateTimeOffset> note;
        try
        {
            var report = await job.RunAsync(stopping.Token);
            note = report.Failed == 0
                ? (run, at) => run.Succeed(at, report.Count, report.Did)
                : (run, at) => run.Fail(at, $"{report.Failed} could not be done. The first: {report.FirstError}", report.Count, report.Did);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            note = (run, at) => run.Cancel(at);
        }
        catch (Exception exception)
        {
            LogFailed(exception, job.Name);
            note = (run, at) => run.Fail(at, exception.Message);
        }

        await ended.CancelAsync();
        await renewing;
        try
        {
            await leases.EndAsync(lease, note);
        }
        catch (Exception exception)
        {
            LogNotNoted(exception, job.Name);
        }
    }

    private async Task RenewAsync(HeldLease lease, CancellationTokenSource run, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(JobLeases.Time / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                if (!await TryRenewAsync(lease))
                {
                    LogLost(lease.Job);
                    await run.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The run has ended.
        }
        catch (Exception exception)
        {
            LogNotNoted(exception, lease.Job);
        }
    }

    /// <summary>One failure, as while the file is busy, leaves time for the next try before the lease runs out.</summary>
    private async Task<bool> TryRenewAsync(HeldLease lease)
    {
        try
        {
            return await leases.RenewAsync(lease);
        }
        catch (Exception exception)
        {
            LogNotRenewed(exception, lease.Job);
            return true;
        }
    }

    [LoggerMessage(LogLevel.Error, "The job {Job} failed; it runs again at its next time")]
    private partial void LogFailed(Exception exception, string job);

    [LoggerMessage(LogLevel.Error, "What the job {Job} did could not be noted; its lease runs out by itself")]
    private partial void LogNotNoted(Exception exception, string job);

    [LoggerMessage(LogLevel.Warning, "The lease of the job {Job} could not be renewed; it is tried again")]
    private partial void LogNotRenewed(Exception exception, string job);

    [LoggerMessage(LogLevel.Warning, "Another process took the job {Job} over; this one stops it")]
    private partial void LogLost(string job);
}
