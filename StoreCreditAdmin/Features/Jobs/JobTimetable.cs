using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Quartz;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Jobs;

namespace StoreCreditAdmin.Features.Jobs;

/// <summary>
/// Starts jobs when their time comes, by Quartz, which keeps nothing: what ran and what was missed stands in our own tables. Where the application starts, a job
/// whose time came meanwhile runs at once.
/// </summary>
public sealed partial class JobTimetable : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    private readonly JobRunner runner;
    private readonly IDbContextFactory<StoreCreditDbContext> contexts;
    private readonly TimeProvider clock;
    private readonly ILoggerFactory loggers;
    private readonly ILogger logger;
    private readonly Dictionary<string, JobSchedule> schedules;
    private IScheduler? scheduler;

    /// <exception cref="FormatException">The settings hold what is no schedule, or name no job.</exception>
    public JobTimetable(JobRunner runner, IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock, IOptions<JobOptions> options, ILoggerFactory loggers)
    {
        (this.runner, this.contexts, this.clock, this.loggers) = (runner, contexts, clock, loggers);
        logger = loggers.CreateLogger<JobTimetable>();
        if (options.Value.Schedules.Keys.FirstOrDefault(name => runner.Find(name.ToLowerInvariant()) is null) is { } unknown)
        {
            throw new FormatException($"The setting Jobs:Schedules:{unknown} names no job. Jobs: {string.Join(", ", runner.Jobs.Select(job => job.Name))}.");
        }

        schedules = runner.Jobs.ToDictionary(job => job.Name, job => JobSchedule.Parse(options.Value.Schedules.GetValueOrDefault(job.Name) ?? job.Schedule));
    }

    public JobSchedule ScheduleOf(string job) => schedules[job];

    /// <summary>When it runs next; null while the timetable is not followed.</summary>
    public async Task<DateTimeOffset?> NextAsync(string job, CancellationToken cancellationToken = default) =>
        scheduler is null ? null : (await scheduler.GetTrigger(new TriggerKey(job), cancellationToken))?.NextFireTimeUtc;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var stopped = runner.StopAsync();
        if (scheduler is not null)
        {
            await scheduler.Shutdown(true, cancellationToken);
        }

        await stopped.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            scheduler = await FollowAsync(stoppingToken);
            await RunMissedAsync(stoppingToken);
            using var timer = new PeriodicTimer(Look, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FollowClockBackAsync(scheduler, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private async Task<IScheduler> FollowAsync(CancellationToken cancellationToken)
    {
        var following = await QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.UseInMemoryStore();
            quartz.UseTimeProvider(clock);
            quartz.UseDefaultThreadPool(runner.Jobs.Count);
            quartz.Services.AddSingleton(runner).AddSingleton(loggers);
        }).BuildScheduler(cancellationToken);
        foreach (var job in runner.Jobs)
        {
            var detail = JobBuilder.Create<ScheduledJob>().WithIdentity(job.Name).DisallowConcurrentExecution().Build();
            await following.ScheduleJob(detail, TriggerOf(job.Name), cancellationToken: cancellationToken);
        }

        await following.Start(cancellationToken);
        return following;
    }

    private ITrigger TriggerOf(string job)
    {
        var trigger = TriggerBuilder.Create(clock).WithIdentity(job).ForJob(job).WithSchedule(schedules[job].ToQuartz());
        return (schedules[job].NextAfter(clock.GetUtcNow()) is { } next ? trigger.StartAt(next) : trigger).Build();
    }

    /// <summary>A lease that a killed process left may keep a job waiting for a while.</summary>
    private async Task RunMissedAsync(CancellationToken cancellationToken)
    {
        var waiting = new List<IDueJob>();
        foreach (var job in runner.Jobs)
        {
            if (!await TryMissedAsync(job, cancellationToken))
            {
                waiting.Add(job);
            }
        }

        var since = clock.GetTimestamp();
        while (waiting.Count > 0 && clock.GetElapsedTime(since) < JobLeases.Time * 2)
        {
            await Task.Delay(BetweenTries, clock, cancellationToken);
            foreach (var job in waiting.ToList())
            {
                if (await TryMissedAsync(job, cancellationToken))
                {
                    waiting.Remove(job);
                }
            }
        }
    }

    /// <returns>False where it has to wait: it is running elsewhere, or could not be begun, as while the file is busy.</returns>
    private async Task<bool> TryMissedAsync(IDueJob job, CancellationToken cancellationToken)
    {
        try
        {
            return !await IsMissedAsync(job, cancellationToken) || await runner.TryRunAsync(job, JobTrigger.Start, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, job.Name);
            return false;
        }
    }

    private async Task<bool> IsMissedAsync(IDueJob job, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.JobRuns.Where(run => run.Job == job.Name).OrderByDescending(run => run.Id).FirstOrDefaultAsync(cancellationToken);
        return last is null || last.Outcome == JobOutcome.Running || last.StartedAt > now
            || schedules[job.Name].NextAfter(last.StartedAt) <= now
            || await job.NextDueAsync(cancellationToken) <= now;
    }

    /// <summary>Where the clock was set back, the next time of a job lies further ahead than its schedule ever puts it.</summary>
    private async Task FollowClockBackAsync(IScheduler following, CancellationToken cancellationToken)
    {
        foreach (var job in runner.Jobs)
        {
            if (await NextAsync(job.Name, cancellationToken) is { } next && schedules[job.Name].NextAfter(clock.GetUtcNow()) < next)
            {
                await following.RescheduleJob(new TriggerKey(job.Name), TriggerOf(job.Name), cancellationToken: cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The job {Job} could not be started; it is tried again for a while, and runs at its next time")]
    private partial void LogFailed(Exception exception, string job);

    /// <summary>The one job that Quartz knows: it runs ours of the same name.</summary>
    private sealed class ScheduledJob(JobRunner runner) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
            await runner.TryRunAsync(runner.Find(context.JobDetail.Key.Name)!, JobTrigger.Schedule, cancellationToken);
    }
}
