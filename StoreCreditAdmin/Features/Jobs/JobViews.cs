using StoreCreditAdmin.Domain.Jobs;

namespace StoreCreditAdmin.Features.Jobs;

/// <summary>A job, when it runs and what its last run did.</summary>
public sealed record JobView
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Purpose { get; init; }

    public required string Schedule { get; init; }

    public required DateTimeOffset? NextAt { get; init; }

    /// <summary>The run that goes on now.</summary>
    public required JobRunView? Running { get; init; }

    /// <summary>The last one that ended.</summary>
    public required JobRunView? Last { get; init; }
}

public sealed record JobRunView
{
    public required long Id { get; init; }

    public required string Job { get; init; }

    public required string Title { get; init; }

    public required JobTrigger Trigger { get; init; }

    public required string? AskedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required JobOutcome Outcome { get; init; }

    public required int Count { get; init; }

    public required string? Did { get; init; }

    public required string? Error { get; init; }
}

/// <summary>Which runs a list shows.</summary>
public sealed record JobRunFilter(string? Job = null, JobOutcome? Outcome = null);
