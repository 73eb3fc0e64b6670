using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Domain.Accounting;

/// <summary>A line of the roll-forward, in its order: what changes what the shop owes. Holding and releasing change nothing.</summary>
public enum LiabilityLine
{
    Issued,
    AdjustedUp,
    Refunded,
    Reinstated,
    Used,
    Expired,
    Invalidated,
    Reclaimed,
    AdjustedDown,
}

public static class LiabilityLines
{
    public static IReadOnlyList<LiabilityLine> All { get; } = Enum.GetValues<LiabilityLine>();

    /// <summary>Null for a movement that changes nothing of what is owed.</summary>
    public static LiabilityLine? Of(EntryKind kind, Bucket to) => kind switch
    {
        EntryKind.Issue => LiabilityLine.Issued,
        EntryKind.Adjust => to == Bucket.Available ? LiabilityLine.AdjustedUp : LiabilityLine.AdjustedDown,
        EntryKind.Refund => LiabilityLine.Refunded,
        EntryKind.Reinstate => LiabilityLine.Reinstated,
        EntryKind.Capture => LiabilityLine.Used,
        EntryKind.Expire => LiabilityLine.Expired,
        EntryKind.Invalidate => LiabilityLine.Invalidated,
        EntryKind.Reclaim => LiabilityLine.Reclaimed,
        _ => null,
    };

    public static EntryKind KindOf(LiabilityLine line) => line switch
    {
        LiabilityLine.Issued => EntryKind.Issue,
        LiabilityLine.AdjustedUp or LiabilityLine.AdjustedDown => EntryKind.Adjust,
        LiabilityLine.Refunded => EntryKind.Refund,
        LiabilityLine.Reinstated => EntryKind.Reinstate,
        LiabilityLine.Used => EntryKind.Capture,
        LiabilityLine.Expired => EntryKind.Expire,
        LiabilityLine.Invalidated => EntryKind.Invalidate,
        LiabilityLine.Reclaimed => EntryKind.Reclaim,
        _ => throw new ArgumentOutOfRangeException(nameof(line)),
    };

    /// <summary>The name in addresses and in the HTTP API: <c>adjusted-up</c>.</summary>
    public static string NameOf(LiabilityLine line) => line switch
    {
        LiabilityLine.AdjustedUp => "adjusted-up",
        LiabilityLine.AdjustedDown => "adjusted-down",
        _ => line.ToString().ToLowerInvariant(),
    };
}
