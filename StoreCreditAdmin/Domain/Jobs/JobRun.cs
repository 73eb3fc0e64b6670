namespace StoreCreditAdmin.Domain.Jobs;

public enum JobOutcome
{
    Running,
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>The process that ran it ended without saying how far it came.</summary>
    Abandoned,
}

/// <summary>Why a job ran.</summary>
public enum JobTrigger
{
    Schedule,

    /// <summary>The application started, and a run was missed meanwhile.</summary>
    Start,

    /// <summary>A person asked for it.</summary>
    Manual,

    /// <summary>The test clock was moved.</summary>
    Clock,
}

/// <summary>One run of a job, from its start to what came of it.</summary>
public sealed class JobRun
{
    public const int MaxJobLength = 50;
    public const int MaxTextLength = 500;

    private JobRun()
    {
    }

    public JobRun(string job, JobTrigger trigger, string? askedBy, DateTimeOffset startedAt)
    {
        Job = job;
        Trigger = trigger;
        AskedBy = askedBy;
        StartedAt = startedAt;
    }

    public long Id { get; private set; }

    public string Job { get; private set; } = "";

    public JobTrigger Trigger { get; private set; }

    /// <summary>Who asked for it, where a person did.</summary>
    public string? AskedBy { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public JobOutcome Outcome { get; private set; }

    /// <summary>How many things it did.</summary>
    public int Count { get; private set; }

    /// <summary>What it did, as a sentence.</summary>
    public string? Did { get; private set; }

    public string? Error { get; private set; }

    public void Succeed(DateTimeOffset at, int count, string did)
    {
        End(at, JobOutcome.Succeeded);
        (Count, Did) = (count, Cut(did));
    }

    /// <param name="did">What it did all the same; null where nothing is known.</param>
    public void Fail(DateTimeOffset at, string error, int count = 0, string? did = null)
    {
        End(at, JobOutcome.Failed);
        (Error, Count, Did) = (Cut(FirstLine(error)), count, Cut(did));
    }

    public void Cancel(DateTimeOffset at) => End(at, JobOutcome.Cancelled);

    public void Abandon(DateTimeOffset at) => End(at, JobOutcome.Abandoned);

    /// <summary>A clock that jumped back meanwhile does not make a run end before it began.</summary>
    private void End(DateTimeOffset at, JobOutcome outcome) => (EndedAt, Outcome) = (at < StartedAt ? StartedAt : at, outcome);

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r');

    private static string? Cut(string? text) => text?.Length > MaxTextLength ? text[..(MaxTextLength - 1)] + "…" : text;
}
