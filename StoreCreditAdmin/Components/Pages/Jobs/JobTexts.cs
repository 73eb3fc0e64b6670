using StoreCreditAdmin.Domain.Jobs;

namespace StoreCreditAdmin.Components.Pages.Jobs;

/// <summary>What people read for the runs of jobs.</summary>
internal static class JobTexts
{
    /// <summary>By their names in addresses.</summary>
    public static IReadOnlyDictionary<string, JobOutcome> Outcomes { get; } = new Dictionary<string, JobOutcome>
    {
        ["running"] = JobOutcome.Running,
        ["succeeded"] = JobOutcome.Succeeded,
        ["failed"] = JobOutcome.Failed,
        ["cancelled"] = JobOutcome.Cancelled,
        ["abandoned"] = JobOutcome.Abandoned,
    };

    public static string Of(JobOutcome outcome) => outcome.ToString();

    public static string Tone(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Running => "info",
        JobOutcome.Succeeded => "good",
        JobOutcome.Failed => "bad",
        JobOutcome.Abandoned => "bad",
        _ => "plain",
    };

    public static string Of(JobTrigger trigger, string? askedBy) => trigger switch
    {
        JobTrigger.Manual => $"Asked for by {askedBy}",
        JobTrigger.Start => "Missed, made up at the start",
        JobTrigger.Clock => "The test clock moved",
        _ => "By schedule",
    };

    /// <summary>What a run did, or why not.</summary>
    public static string? Result(JobOutcome outcome, string? did, string? error) => outcome switch
    {
        JobOutcome.Failed => did is null ? error : $"{did} {error}",
        JobOutcome.Cancelled => "Stopped with the program. The next run goes on.",
        JobOutcome.Abandoned => "Its process ended without a word. The next run goes on.",
        _ => did,
    };

    public static string Duration(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) ? "under a second"
        : time < TimeSpan.FromMinutes(1) ? $"{(int)time.TotalSeconds} s"
        : time < TimeSpan.FromHours(1) ? $"{(int)time.TotalMinutes} min {time.Seconds} s"
        : $"{(int)time.TotalHours} h {time.Minutes} min";
}
