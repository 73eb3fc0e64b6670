namespace StoreCreditAdmin.Features.Jobs;

/// <summary>Work that falls due by the clock alone. It may run at any time and any number of times: what is done is not done again.</summary>
public interface IDueJob
{
    string Name { get; }

    /// <summary>When the first thing of this job falls due, be it past or to come; null when nothing ever will.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);

    /// <summary>Does all that is due now. What fails is logged and left for the next run.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
