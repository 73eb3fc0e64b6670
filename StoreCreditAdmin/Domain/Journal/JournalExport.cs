using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Journal;

/// <summary>
/// A range of days of a store that was exported for good. Its books are locked, so its files can be made again byte for byte from what is kept here and from the ledger. Never
/// changed, never deleted.
/// </summary>
public sealed class JournalExport
{
    private JournalExport()
    {
    }

    internal JournalExport(Guid publicId, Store store, DateOnly from, DateOnly to, JournalContent content, int mappingNumber, Actor actor, DateTimeOffset at)
    {
        PublicId = publicId;
        Store = store;
        StoreId = store.Id;
        From = from;
        To = to;
        Entries = content.Entries;
        LastEntryId = content.LastEntryId;
        HeadHash = content.HeadHash;
        Totals = content.Totals;
        Files = content.Files;
        AnchorHash = content.AnchorHash;
        MappingNumber = mappingNumber;
        ActorId = actor.Id;
        ActorName = actor.Name;
        At = at;
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public int StoreId { get; private set; }

    public Store Store { get; private set; } = null!;

    public DateOnly From { get; private set; }

    /// <summary>Inclusive.</summary>
    public DateOnly To { get; private set; }

    /// <summary>How many entries it is made of.</summary>
    public long Entries { get; private set; }

    /// <summary>The newest entry of the range; null where there is none.</summary>
    public long? LastEntryId { get; private set; }

    /// <summary>The hash of that entry: the head of its account's chain at that time.</summary>
    public byte[]? HeadHash { get; private set; }

    /// <summary>The hash of the ledger's newest anchor at that time; null where there was none yet.</summary>
    public byte[]? AnchorHash { get; private set; }

    public IReadOnlyList<JournalAccountTotal> Totals { get; private set; } = [];

    public IReadOnlyList<JournalFile> Files { get; private set; } = [];

    public int MappingNumber { get; private set; }

    public string ActorId { get; private set; } = "";

    public string ActorName { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}

/// <summary>What a range holds.</summary>
public sealed record JournalContent(
    long Entries, long? LastEntryId, byte[]? HeadHash, byte[]? AnchorHash, IReadOnlyList<JournalAccountTotal> Totals, IReadOnlyList<JournalFile> Files);

/// <summary>A file of an export, by its form, with the hash by which it is known again.</summary>
public sealed record JournalFile(JournalLayout Layout, JournalFormat Format, long Bytes, string Sha256);

public enum JournalLayout
{
    /// <summary>One transaction a day for each currency, movement and type.</summary>
    Day = 1,

    /// <summary>One transaction for each entry of the ledger.</summary>
    Entry = 2,
}

public enum JournalFormat
{
    Csv = 1,

    /// <summary>Plain-text accounting as hledger reads it.</summary>
    Hledger = 2,
}
