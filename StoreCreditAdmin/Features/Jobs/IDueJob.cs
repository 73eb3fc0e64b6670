namespace StoreCreditAdmin.Features.Jobs;

/// <summary>Work that falls due by the clock alone. It may run at any time and any number of times: what is done is not done again.</summary>
public interface IDueJob
{
    /// <summary>By which settings and tables know it: small letters and hyphens.</summary>
    string Name { get; }

    /// <summary>What people call it: a verb and what it is done to.</summary>
    string Title { get; }

    /// <summary>What it does, in a sentence.</summary>
    string Purpose { get; }

    /// <summary>When it runs unless the settings say otherwise; see <see cref="JobSchedule"/>.</summary>
    string Schedule => "00:05:00";

    /// <summary>When the first thing of this job falls due, be it past or to come; null when nothing ever will.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);

    /// <summary>Does all that is due now. What fails is counted, logged and left for the next run.</summary>
    Task<JobReport> RunAsync(CancellationToken cancellationToken);
}

/// <summary>What a run did.</summary>
/// <param name="Count">How many things it did.</param>
/// <param name="Did">The same as a sentence.</param>
/// <param name="Failed">How many things it could not do.</param>
/// <param name="FirstError">Why the first of them failed.</param>
public sealed record JobReport(int Count, string Did, int Failed = 0, string? FirstError = null)
{
    public static JobReport Nothing { get; } = new(0, "Nothing was due.");

    /// <param name="did">The sentence for any other number than 0 and 1, as <c>{0} messages were removed.</c></param>
    /// <param name="didOne">The sentence for 1.</param>
    public static JobReport Of(int count, string didOne, string did, JobFailures? failures = null) => new(
        count,
        count == 0 ? Nothing.Did : count == 1 ? didOne : string.Format(System.Globalization.CultureInfo.InvariantCulture, did, count),
        failures?.Count ?? 0,
        failures?.First);
}

/// <summary>Counts what a run could not do, and keeps why the first failed.</summary>
public sealed class JobFailures
{
    public int Count { get; private set; }

    public string? First { get; private set; }

    public void Add(Exception exception)
    {
        Count++;
        First ??= exception.Message;
    }
}
