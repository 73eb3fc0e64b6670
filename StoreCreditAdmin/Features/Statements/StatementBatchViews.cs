using StoreCreditAdmin.Domain.Statements;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>What is asked for: as <see cref="StatementRequest"/>, for many accounts.</summary>
public sealed record StatementBatchRequest
{
    public StatementRequest Statement { get; init; } = new();

    public StatementBatchAccounts Accounts { get; init; } = StatementBatchAccounts.WithMovement;

    public string? Query { get; init; }

    public StatementBatchForm Form { get; init; }

    public StatementPaper Paper { get; init; }

    /// <summary>The name of the culture by which amounts are written.</summary>
    public string Culture { get; init; } = "en-US";
}

/// <summary>Statements of many accounts, as the page shows them.</summary>
public sealed record StatementBatchView
{
    /// <summary>Without a sign of life for so long, it was cut short by the program's end.</summary>
    internal static readonly TimeSpan SignOfLife = TimeSpan.FromMinutes(1);

    public required Guid Id { get; init; }

    public required string Store { get; init; }

    public required string Currency { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required string? Query { get; init; }

    public required StatementBatchAccounts Accounts { get; init; }

    public required bool ForCustomer { get; init; }

    public required StatementBatchForm Form { get; init; }

    /// <summary><c>running, interrupted, waiting, cancelled, failed</c> or <c>finished</c>.</summary>
    public required string State { get; init; }

    public required string? FailReason { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required int? Total { get; init; }

    public required int Done { get; init; }

    public required int Made { get; init; }

    public required long? FileBytes { get; init; }

    /// <summary>Until when the file can be fetched; null where there is none, or no longer.</summary>
    public required DateTimeOffset? FileUntil { get; init; }

    public required int Attempt { get; init; }

    public bool IsMoving => State is "running" or "waiting";

    public bool MayGoOn => State is "interrupted" or "cancelled" or "failed";

    internal static StatementBatchView Of(StatementBatch batch, string store, DateTimeOffset now) => new()
    {
        Id = batch.PublicId,
        Store = store,
        Currency = batch.Terms.CurrencyCode,
        From = batch.Terms.From,
        To = batch.Terms.To,
        Query = batch.Terms.Query,
        Accounts = batch.Terms.Accounts,
        ForCustomer = batch.Terms.ForCustomer,
        Form = batch.Terms.Form,
        State = batch.State switch
        {
            StatementBatchState.Running => now - batch.LastProgressAt > SignOfLife ? "interrupted" : "running",
            StatementBatchState.Waiting => "waiting",
            StatementBatchState.Cancelled => "cancelled",
            StatementBatchState.Failed => "failed",
            _ => "finished",
        },
        FailReason = batch.FailReason,
        By = batch.ActorName,
        StartedAt = batch.StartedAt,
        Total = batch.Total,
        Done = batch.Done,
        Made = batch.Made,
        FileBytes = batch.FileBytes,
        FileUntil = batch.FileRemoved || batch.KeptUntil <= now ? null : batch.KeptUntil,
        Attempt = batch.Attempt,
    };
}
