namespace StoreCreditAdmin.Features.Jobs;

public sealed class JobOptions
{
    public const string Section = "Jobs";

    /// <summary>By a job's name, when it runs; see <see cref="JobSchedule"/>. A job that is not named keeps its own schedule.</summary>
    public Dictionary<string, string> Schedules { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>For how many days runs are kept.</summary>
    public int KeepDays { get; init; } = 90;
}
