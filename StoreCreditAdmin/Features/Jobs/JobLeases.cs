using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Jobs;

namespace StoreCreditAdmin.Features.Jobs;

/// <summary>A lease that this process has, for one run.</summary>
public sealed record HeldLease(string Job, long RunId);

/// <summary>
/// Sees to it that one process at a time runs a job, and notes the runs. A process that was killed leaves a lease that runs out; its run is then abandoned. Only
/// these two tables are written here; what a job does to the ledger goes through the gate like every write.
/// </summary>
public sealed class JobLeases(IDbContextFactory<StoreCreditDbContext> contexts, WriterLock writerLock, TimeProvider clock, IOptions<JobOptions> options)
{
    /// <summary>How long a lease is good without being renewed.</summary>
    internal static readonly TimeSpan Time = TimeSpan.FromMinutes(1);

    private readonly Guid me = Guid.NewGuid();
    private readonly ConcurrentDictionary<string, long> running = new();
    private readonly ConcurrentDictionary<string, Sighting> sightings = new();

    /// <returns>Null when the job is running already, here or elsewhere.</returns>
    public async Task<HeldLease?> TryTakeAsync(string job, JobTrigger trigger)
    {
        using var held = await writerLock.EnterAsync();
        await using var db = await contexts.CreateDbContextAsync();
        db.HoldsWriterLock = true;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var lease = await TakeAsync(db, job, trigger, null);
        await transaction.CommitAsync();
        return lease is null ? null : Taken(lease);
    }

    /// <summary>Takes it as a part of another write. Once that is committed, <see cref="Taken"/> is to be called.</summary>
    /// <inheritdoc cref="TryTakeAsync"/>
    public async Task<HeldLease?> TakeAsync(StoreCreditDbContext db, string job, JobTrigger trigger, string? askedBy)
    {
        var now = clock.GetUtcNow();
        var lease = await db.JobLeases.Include(one => one.Run).SingleOrDefaultAsync(one => one.Job == job);
        if (running.ContainsKey(job) || (lease is not null && !IsOver(lease, now)))
        {
            return null;
        }

        if (lease is null)
        {
            lease = new JobLease(job);
            db.JobLeases.Add(lease);
        }

        lease.Run?.Abandon(now);
        var run = new JobRun(job, trigger, askedBy, now);
        db.JobRuns.Add(run);
        lease.Take(me, run, now + Time);
        await db.SaveChangesAsync();
        return new HeldLease(job, run.Id);
    }

    public HeldLease Taken(HeldLease lease)
    {
        running[lease.Job] = lease.RunId;
        return lease;
    }

    /// <returns>False when another process has taken it, since this one did not renew it in time.</returns>
    public async Task<bool> RenewAsync(HeldLease lease)
    {
        using var held = await writerLock.EnterAsync();
        await using var db = await contexts.CreateDbContextAsync();
        db.HoldsWriterLock = true;
        var mine = await MineAsync(db, lease);
        mine?.Renew(clock.GetUtcNow() + Time);
        await db.SaveChangesAsync();
        return mine is not null;
    }

    /// <summary>
    /// Notes what came of the run and lets the lease go. Of the runs that found nothing to do only the last is kept, so that the list tells what happened.
    /// </summary>
    public async Task EndAsync(HeldLease lease, Action<JobRun, DateTimeOffset> note)
    {
        try
        {
            using var held = await writerLock.EnterAsync();
            await using var db = await contexts.CreateDbContextAsync();
            db.HoldsWriterLock = true;
            await using var transaction = await db.Database.BeginTransactionAsync();
            if (await MineAsync(db, lease) is { Run: { } run } mine)
            {
                var now = clock.GetUtcNow();
                note(run, now);
                mine.LetGo();
                await db.SaveChangesAsync();
                await RemoveOldAsync(db, run, now);
            }

            await transaction.CommitAsync();
        }
        finally
        {
            running.TryRemove(lease.Job, out _);
        }
    }

    private async Task RemoveOldAsync(StoreCreditDbContext db, JobRun run, DateTimeOffset now)
    {
        var before = await db.JobRuns.Where(one => one.Job == run.Job && one.Id < run.Id).OrderByDescending(one => one.Id).FirstOrDefaultAsync();
        if (before is { Outcome: JobOutcome.Succeeded, Count: 0 } and not { Trigger: JobTrigger.Manual })
        {
            db.JobRuns.Remove(before);
            await db.SaveChangesAsync();
        }

        var oldest = now.AddDays(-options.Value.KeepDays);
        await db.JobRuns.Where(one => one.Job == run.Job && one.StartedAt < oldest && one.Id < run.Id).ExecuteDeleteAsync();
    }

    private Task<JobLease?> MineAsync(StoreCreditDbContext db, HeldLease lease) =>
        db.JobLeases.Include(one => one.Run).SingleOrDefaultAsync(one => one.Job == lease.Job && one.Owner == me && one.RunId == lease.RunId);

    /// <summary>
    /// Nobody has it, its time is over, or it stands still: not renewed for as long as a lease is good by a watch that no clock sets. So a clock that jumps back
    /// does not keep a dead process's lease alive.
    /// </summary>
    private bool IsOver(JobLease lease, DateTimeOffset now)
    {
        if (lease.Owner is null || lease.Owner == me || lease.Until <= now)
        {
            return true;
        }

        var seen = new Sighting(lease.RunId, lease.Beat, clock.GetTimestamp());
        var first = sightings.AddOrUpdate(lease.Job, seen, (_, before) => before.RunId == seen.RunId && before.Beat == seen.Beat ? before : seen);
        return clock.GetElapsedTime(first.At) >= Time;
    }

    private sealed record Sighting(long? RunId, int Beat, long At);
}
