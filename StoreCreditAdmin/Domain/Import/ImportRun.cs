namespace StoreCreditAdmin.Domain.Import;

public enum ImportState
{
    /// <summary>Under way, or ended without a word by a power cut.</summary>
    Running,

    /// <summary>A person stopped it, or the program ended. The same file goes on where it stopped.</summary>
    Stopped,
    Finished,

    /// <summary>Its accounts are being removed, or the removal was cut short.</summary>
    Undoing,
    Undone,
}

/// <summary>One import of one file: who, when, what, and how far it came. Its counts move in the transactions that add the accounts.</summary>
public sealed class ImportRun
{
    public const int MaxFileNameLength = 260;

    private ImportRun()
    {
    }

    public ImportRun(Guid publicId, ImportSource source, Actor actor, DateTimeOffset startedAt)
    {
        PublicId = publicId;
        FileName = source.FileName.Length > MaxFileNameLength ? source.FileName[^MaxFileNameLength..] : source.FileName;
        FileBytes = source.FileBytes;
        FileHash = source.FileHash;
        Format = source.Format;
        Mapping = source.Mapping;
        Rows = source.Rows;
        ActorKind = actor.Kind;
        ActorId = actor.Id;
        ActorName = actor.Name;
        StartedAt = startedAt;
        LastProgressAt = startedAt;
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public string FileName { get; private set; } = "";

    public long FileBytes { get; private set; }

    /// <summary>SHA-256 of the file, in hexadecimal digits.</summary>
    public string FileHash { get; private set; } = "";

    public string Format { get; private set; } = "";

    /// <summary>Which column each field was taken from, in words.</summary>
    public string Mapping { get; private set; } = "";

    public ImportState State { get; private set; }

    public ActorKind ActorKind { get; private set; }

    public string ActorId { get; private set; } = "";

    public string ActorName { get; private set; } = "";

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset LastProgressAt { get; private set; }

    /// <summary>The rows of the file, as its check counted them.</summary>
    public int Rows { get; private set; }

    /// <summary>The rows that are dealt with; an import that was cut short goes on after them.</summary>
    public int RowsDone { get; private set; }

    public int Added { get; private set; }

    public int AlreadyThere { get; private set; }

    public int Wrong { get; private set; }

    /// <summary>How many of its accounts an undo has removed.</summary>
    public int Removed { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public string? UndoneBy { get; private set; }

    /// <summary>Why it stopped before its end, in a sentence.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Counts the times that it was begun or gone on with. Only the latest may add to it.</summary>
    public int Attempt { get; private set; } = 1;

    public bool IsUnfinished => State is ImportState.Running or ImportState.Stopped;

    public void Resume(DateTimeOffset at)
    {
        State = ImportState.Running;
        StopReason = null;
        Attempt++;
        LastProgressAt = at;
    }

    public void Advance(int rows, int added, int alreadyThere, int wrong, DateTimeOffset at)
    {
        RowsDone += rows;
        Added += added;
        AlreadyThere += alreadyThere;
        Wrong += wrong;
        LastProgressAt = at;
    }

    public void Finish(DateTimeOffset at)
    {
        State = ImportState.Finished;
        LastProgressAt = at;
    }

    public void Stop(string reason)
    {
        State = ImportState.Stopped;
        StopReason = reason;
    }

    public void BeginUndo(Actor actor, DateTimeOffset at)
    {
        State = ImportState.Undoing;
        UndoneAt = at;
        UndoneBy = actor.Name;
    }

    public void Remove(int accounts) => Removed += accounts;

    public void EndUndo() => State = ImportState.Undone;
}

/// <summary>What an import is made from.</summary>
public sealed record ImportSource(string FileName, long FileBytes, string FileHash, string Format, string Mapping, int Rows);

/// <summary>An account that an import made, as long as the account is there.</summary>
public sealed class ImportedAccount(long runId, long accountId)
{
    public long RunId { get; private set; } = runId;

    public long AccountId { get; private set; } = accountId;
}
