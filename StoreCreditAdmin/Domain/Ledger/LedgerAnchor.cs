namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>
/// What the whole ledger was on a day, in one hash that can be kept elsewhere: whoever has it can show later whether anything before was changed, left out or put in.
/// Never changed, never deleted.
/// </summary>
public sealed class LedgerAnchor
{
    private LedgerAnchor()
    {
    }

    internal LedgerAnchor(DateOnly day, DateTimeOffset takenAt, long lastEntryId, long entries, byte[] hash)
    {
        Day = day;
        TakenAt = takenAt;
        LastEntryId = lastEntryId;
        Entries = entries;
        Hash = hash;
    }

    public long Id { get; private set; }

    /// <summary>In UTC. One anchor a day at most, and none on a day on which nothing was new.</summary>
    public DateOnly Day { get; private set; }

    public DateTimeOffset TakenAt { get; private set; }

    /// <summary>It is about the entries up to this one.</summary>
    public long LastEntryId { get; private set; }

    /// <summary>How many entries the ledger had.</summary>
    public long Entries { get; private set; }

    /// <summary>See <see cref="AnchorHash"/>.</summary>
    public byte[] Hash { get; private set; } = [];
}
