namespace StoreCreditAdmin.Domain.Jobs;

/// <summary>Which process runs a job now. It is renewed while the job runs, and runs out when the process is no more.</summary>
public sealed class JobLease
{
    private JobLease()
    {
    }

    public JobLease(string job) => Job = job;

    public string Job { get; private set; } = "";

    /// <summary>The process that has it; null when nobody does.</summary>
    public Guid? Owner { get; private set; }

    public DateTimeOffset Until { get; private set; }

    public long? RunId { get; private set; }

    public JobRun? Run { get; private set; }

    /// <summary>Counts renewals, so that others see whether its owner is alive whatever the clock says.</summary>
    public int Beat { get; private set; }

    public void Take(Guid owner, JobRun run, DateTimeOffset until) => (Owner, Run, Until, Beat) = (owner, run, until, 0);

    public void Renew(DateTimeOffset until) => (Until, Beat) = (until, Beat + 1);

    public void LetGo() => (Owner, Run, RunId) = (null, null, null);
}
