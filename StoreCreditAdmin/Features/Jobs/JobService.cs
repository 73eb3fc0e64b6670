using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Jobs;

/// <summary>Which run a person asked for.</summary>
public sealed record AskedRun(string Job, long RunId);

/// <summary>Runs jobs when people ask for it.</summary>
public sealed class JobService(CommitGate gate, JobLeases leases, JobRunner runner)
{
    /// <summary>Begins a run and answers; the run goes on in the server. Refused while the job is running.</summary>
    public async Task<Result<AskedRun>> RunNowAsync(Caller caller, OperationKey key, string name)
    {
        var job = runner.Find(name);
        HeldLease? lease = null;
        var asked = await gate.ExecuteAsync<AskedRun>(new OperationRequest("job.run", key, caller, Permission.RunJobs), async write =>
        {
            write.About(job?.Title ?? name, job?.Name);
            if (job is null)
            {
                return new Refusal("not-found", "There is no such job.");
            }

            lease = await leases.TakeAsync(write.Db, job.Name, JobTrigger.Manual, write.Actor.Name);
            if (lease is null)
            {
                var since = await write.Db.JobLeases.Where(one => one.Job == job.Name).Select(one => (DateTimeOffset?)one.Run!.StartedAt).SingleOrDefaultAsync();
                return new Refusal("job-running", string.Create(
                    CultureInfo.InvariantCulture, $"{job.Title} has been running since {since?.UtcDateTime:HH:mm:ss} UTC. Wait until it ends."));
            }

            write.Audit(job.Title, job.Name, newValues: new { run = lease.RunId });
            return new AskedRun(job.Name, lease.RunId);
        });
        if (asked is { IsOk: true, Replayed: false })
        {
            runner.Start(job!, leases.Taken(lease!));
        }

        return asked;
    }
}
