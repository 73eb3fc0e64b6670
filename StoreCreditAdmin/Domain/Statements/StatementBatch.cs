namespace StoreCreditAdmin.Domain.Statements;

public enum StatementBatchState
{
    /// <summary>Under way, or ended without a word by a power cut.</summary>
    Running,

    /// <summary>The program ended meanwhile; it goes on by itself.</summary>
    Waiting,

    /// <summary>A person stopped it. It can go on.</summary>
    Cancelled,

    /// <summary>It could not go on, as for want of room on the disk. It can be tried again.</summary>
    Failed,
    Finished,
}

/// <summary>What many statements become.</summary>
public enum StatementBatchForm
{
    /// <summary>A ZIP file with a PDF file for each.</summary>
    Zip,

    /// <summary>One PDF file.</summary>
    Pdf,
}

/// <summary>Which of the accounts that ever had credit in the store and currency get a statement.</summary>
public enum StatementBatchAccounts
{
    All,

    /// <summary>Those whose balance changed in the period.</summary>
    WithMovement,

    /// <summary>Those that had something at the period's end.</summary>
    WithBalance,
}

/// <summary>What a batch is to make.</summary>
public sealed record StatementBatchTerms
{
    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required string CurrencyCode { get; init; }

    public required StatementBatchAccounts Accounts { get; init; }

    /// <summary>Narrows the accounts as the search for users does; null for all.</summary>
    public required string? Query { get; init; }

    public required bool ForCustomer { get; init; }

    public required StatementBatchForm Form { get; init; }

    /// <summary>A name that the drawing knows, as <c>A4</c>.</summary>
    public required string Paper { get; init; }

    /// <summary>The culture by which amounts are written.</summary>
    public required string Culture { get; init; }
}

/// <summary>Statements of many accounts, made into one file: who asked, for what, and how far it came.</summary>
public sealed class StatementBatch
{
    public const int MaxQueryLength = 200;

    /// <summary>How long a finished file stays.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private StatementBatch()
    {
    }

    public StatementBatch(Guid publicId, int storeId, StatementBatchTerms terms, Actor actor, DateTimeOffset at)
    {
        PublicId = publicId;
        StoreId = storeId;
        Terms = terms;
        ActorKind = actor.Kind;
        ActorId = actor.Id;
        ActorName = actor.Name;
        StartedAt = at;
        LastProgressAt = at;
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public int StoreId { get; private set; }

    public StatementBatchTerms Terms { get; private set; } = null!;

    public StatementBatchState State { get; private set; }

    public ActorKind ActorKind { get; private set; }

    public string ActorId { get; private set; } = "";

    public string ActorName { get; private set; } = "";

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset LastProgressAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>How many accounts there are to look at; null until they are counted.</summary>
    public int? Total { get; private set; }

    /// <summary>The accounts that are dealt with.</summary>
    public int Done { get; private set; }

    /// <summary>The statements that were made of them.</summary>
    public int Made { get; private set; }

    /// <summary>The accounts go by their ids: those up to this one are dealt with.</summary>
    public long LastAccountId { get; private set; }

    public string? FailReason { get; private set; }

    /// <summary>The size of the finished file.</summary>
    public long? FileBytes { get; private set; }

    /// <summary>The file, or what there was of it, has had its time; or there was nothing to put into one.</summary>
    public bool FileRemoved { get; private set; }

    /// <summary>Counts the times that it was begun or gone on with. Only the latest may add to it.</summary>
    public int Attempt { get; private set; } = 1;

    public DateTimeOffset? KeptUntil => FinishedAt + Kept;

    public bool CanGoOn => State is not StatementBatchState.Finished;

    /// <param name="fromStart">Where what was made before cannot be gone on with.</param>
    public void GoOn(bool fromStart, DateTimeOffset at)
    {
        State = StatementBatchState.Running;
        FailReason = null;
        FileRemoved = false;
        Attempt++;
        LastProgressAt = at;
        if (fromStart)
        {
            StartOver();
        }
    }

    /// <summary>What was made before is no longer there.</summary>
    public void StartOver() => (Done, Made, LastAccountId) = (0, 0, 0);

    public void Count(int total, DateTimeOffset at) => (Total, LastProgressAt) = (total, at);

    public void Advance(int accounts, int made, long lastAccountId, DateTimeOffset at)
    {
        Done += accounts;
        Made += made;
        LastAccountId = lastAccountId;
        LastProgressAt = at;
    }

    public void Finish(long? fileBytes, DateTimeOffset at)
    {
        State = StatementBatchState.Finished;
        FileBytes = fileBytes;
        FileRemoved = fileBytes is null;
        FinishedAt = at;
        LastProgressAt = at;
    }

    public void Fail(string reason, DateTimeOffset at)
    {
        State = StatementBatchState.Failed;
        FailReason = reason;
        LastProgressAt = at;
    }

    public void Cancel(DateTimeOffset at) => (State, LastProgressAt) = (StatementBatchState.Cancelled, at);

    public void Wait(DateTimeOffset at) => (State, LastProgressAt) = (StatementBatchState.Waiting, at);

    public void RemoveFile() => FileRemoved = true;
}
