using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Domain.Journal;

/// <summary>What an entry of the ledger is to those who keep the general ledger. Holding and releasing are none: they leave what the shop owes as it is.</summary>
public enum JournalMovement
{
    Issued = 1,
    Used = 2,
    Refunded = 3,
    Expired = 4,
    Reinstated = 5,
    Invalidated = 6,
    Reclaimed = 7,
    AdjustedUp = 8,
    AdjustedDown = 9,
}

public static class JournalMovements
{
    /// <summary>The movement of an entry; null where it leaves what is owed as it is.</summary>
    /// <param name="paidAnOrder">Whether the entry belongs to an authorization: a credit that is opened for one gives captured value back.</param>
    /// <param name="carriedOver">Whether the credit took over the value of an older one, from which it was adjusted away.</param>
    public static JournalMovement? Of(EntryKind kind, Bucket to, bool paidAnOrder, bool carriedOver) => kind switch
    {
        EntryKind.Issue => paidAnOrder ? JournalMovement.Refunded : carriedOver ? JournalMovement.AdjustedUp : JournalMovement.Issued,
        EntryKind.Adjust => to == Bucket.Available ? JournalMovement.AdjustedUp : JournalMovement.AdjustedDown,
        EntryKind.Capture => JournalMovement.Used,
        EntryKind.Refund => JournalMovement.Refunded,
        EntryKind.Expire => JournalMovement.Expired,
        EntryKind.Reinstate => JournalMovement.Reinstated,
        EntryKind.Invalidate => JournalMovement.Invalidated,
        EntryKind.Reclaim => JournalMovement.Reclaimed,
        _ => null,
    };

    /// <summary>Whether the shop owes more after it, so that the account of what it owes stands on the credit side.</summary>
    public static bool Adds(this JournalMovement movement) =>
        movement is JournalMovement.Issued or JournalMovement.Refunded or JournalMovement.Reinstated or JournalMovement.AdjustedUp;

    /// <summary>As files and people name it.</summary>
    public static string NameOf(JournalMovement movement) => movement switch
    {
        JournalMovement.Issued => "issued",
        JournalMovement.Used => "used",
        JournalMovement.Refunded => "refunded",
        JournalMovement.Expired => "expired",
        JournalMovement.Reinstated => "reinstated",
        JournalMovement.Invalidated => "invalidated",
        JournalMovement.Reclaimed => "reclaimed",
        JournalMovement.AdjustedUp => "adjusted up",
        JournalMovement.AdjustedDown => "adjusted down",
        _ => throw new ArgumentOutOfRangeException(nameof(movement)),
    };
}
