using StoreCreditAdmin.Domain.Import;

namespace StoreCreditAdmin.Features.Import;

/// <summary>An import as the page shows it.</summary>
public sealed record ImportRunView
{
    /// <summary>Without a sign of life for so long, it was cut short by the program's end.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromMinutes(1);

    public required Guid Id { get; init; }

    public required string FileName { get; init; }

    public required long FileBytes { get; init; }

    public required string FileHash { get; init; }

    /// <summary>The format's name.</summary>
    public required string Format { get; init; }

    public required string Mapping { get; init; }

    /// <summary><c>running, interrupted, stopped, finished, undoing</c> or <c>undone</c>.</summary>
    public required string State { get; init; }

    public required string? StopReason { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required int Rows { get; init; }

    public required int RowsDone { get; init; }

    public required int Added { get; init; }

    public required int AlreadyThere { get; init; }

    public required int Wrong { get; init; }

    public required int Removed { get; init; }

    public required DateTimeOffset? UndoneAt { get; init; }

    public required string? UndoneBy { get; init; }

    public required int Attempt { get; init; }

    /// <summary>Accounts that an undo left, because they have something by now.</summary>
    public int Kept => State == "undone" ? Added - Removed : 0;

    public bool IsMoving => State is "running" or "undoing";

    public bool MayUndo => Added > 0 && State is "finished" or "stopped" or "interrupted" or "undoing";

    internal static ImportRunView Of(ImportRun run, DateTimeOffset now) => new()
    {
        Id = run.PublicId,
        FileName = run.FileName,
        FileBytes = run.FileBytes,
        FileHash = run.FileHash,
        Format = ImportFormat.TryFind(run.Format, out var format) ? format.Name : run.Format,
        Mapping = run.Mapping,
        State = run.State switch
        {
            ImportState.Running => now - run.LastProgressAt > SignOfLife ? "interrupted" : "running",
            ImportState.Stopped => "stopped",
            ImportState.Finished => "finished",
            ImportState.Undoing => "undoing",
            _ => "undone",
        },
        StopReason = run.StopReason,
        By = run.ActorName,
        StartedAt = run.StartedAt,
        Rows = run.Rows,
        RowsDone = run.RowsDone,
        Added = run.Added,
        AlreadyThere = run.AlreadyThere,
        Wrong = run.Wrong,
        Removed = run.Removed,
        UndoneAt = run.UndoneAt,
        UndoneBy = run.UndoneBy,
        Attempt = run.Attempt,
    };
}
