using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Jobs;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Jobs;

/// <summary>Reads what the jobs do and did.</summary>
public sealed class JobQueries(IDbContextFactory<StoreCreditDbContext> contexts, JobRunner runner, JobTimetable timetable, TimeProvider clock)
{
    public async Task<IReadOnlyList<JobView>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.RunJobs, cancellationToken);
        var alive = await AliveAsync(db, cancellationToken);
        var names = runner.Jobs.Select(job => job.Name).ToList();
        var lastIds = await db.JobRuns.Where(run => names.Contains(run.Job) && run.Outcome != JobOutcome.Running)
            .GroupBy(run => run.Job).Select(runs => runs.Max(run => run.Id)).ToListAsync(cancellationToken);
        var runs = await db.JobRuns.AsNoTracking().Where(run => run.Outcome == JobOutcome.Running || lastIds.Contains(run.Id)).OrderBy(run => run.Id).ToListAsync(cancellationToken);
        var ofJob = runs.Select(run => ViewOf(run, alive)).ToLookup(run => run.Job);
        var views = new List<JobView>();
        foreach (var job in runner.Jobs)
        {
            views.Add(new JobView
            {
                Name = job.Name,
                Title = job.Title,
                Purpose = job.Purpose,
                Schedule = timetable.ScheduleOf(job.Name).ToString(),
                NextAt = await timetable.NextAsync(job.Name, cancellationToken),
                Running = ofJob[job.Name].LastOrDefault(run => run.Outcome == JobOutcome.Running),
                Last = ofJob[job.Name].LastOrDefault(run => run.Outcome != JobOutcome.Running),
            });
        }

        return views;
    }

    /// <summary>Newest first.</summary>
    public async Task<Page<JobRunView>> RunsAsync(Caller caller, JobRunFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.RunJobs, cancellationToken);
        var alive = await AliveAsync(db, cancellationToken);
        var matching = Matching(db, filter, alive);
        var total = await matching.CountAsync(cancellationToken);
        var rows = await matching.OrderByDescending(run => run.Id).Skip(page.Skip).Take(page.Rows).ToListAsync(cancellationToken);
        return new Page<JobRunView>([.. rows.Select(run => ViewOf(run, alive))], total);
    }

    /// <summary>All runs of a filter, one after the other, for files.</summary>
    public async IAsyncEnumerable<JobRunView> ReadAllRunsAsync(Caller caller, JobRunFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.RunJobs, cancellationToken);
        var alive = await AliveAsync(db, cancellationToken);
        await foreach (var run in Matching(db, filter, alive).OrderByDescending(run => run.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return ViewOf(run, alive);
        }
    }

    private static IQueryable<JobRun> Matching(StoreCreditDbContext db, JobRunFilter filter, List<long> alive)
    {
        var matching = db.JobRuns.AsNoTracking();
        matching = filter.Job is { } job ? matching.Where(run => run.Job == job) : matching;
        return filter.Outcome switch
        {
            null => matching,
            JobOutcome.Running => matching.Where(run => run.Outcome == JobOutcome.Running && alive.Contains(run.Id)),
            JobOutcome.Abandoned => matching.Where(run => run.Outcome == JobOutcome.Abandoned || (run.Outcome == JobOutcome.Running && !alive.Contains(run.Id))),
            { } outcome => matching.Where(run => run.Outcome == outcome),
        };
    }

    /// <summary>The runs whose process has renewed its lease in time.</summary>
    private async Task<List<long>> AliveAsync(StoreCreditDbContext db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await db.JobLeases.Where(lease => lease.RunId != null && lease.Until > now).Select(lease => lease.RunId!.Value).ToListAsync(cancellationToken);
    }

    /// <summary>A run whose process is gone is shown as abandoned, though nobody has noted it yet.</summary>
    private JobRunView ViewOf(JobRun run, List<long> alive) =>
        ViewOf(run, runner) is { Outcome: JobOutcome.Running } view && !alive.Contains(run.Id) ? view with { Outcome = JobOutcome.Abandoned } : ViewOf(run, runner);

    internal static JobRunView ViewOf(JobRun run, JobRunner runner) => new()
    {
        Id = run.Id,
        Job = run.Job,
        Title = runner.Find(run.Job)?.Title ?? run.Job,
        Trigger = run.Trigger,
        AskedBy = run.AskedBy,
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        Outcome = run.Outcome,
        Count = run.Count,
        Did = run.Did,
        Error = run.Error,
    };
}
