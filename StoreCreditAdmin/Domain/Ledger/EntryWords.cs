namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>The names of kinds and buckets in the HTTP contract, and the words that customers read.</summary>
public static class EntryWords
{
    /// <summary>The kinds that customers see: those that change what they have. A hold and its release do not.</summary>
    public static IReadOnlyList<EntryKind> CustomerKinds { get; } = [.. Enum.GetValues<EntryKind>().Where(kind => kind is not (EntryKind.Authorize or EntryKind.Release))];

    public static string NameOf(EntryKind kind) => Enum.IsDefined(kind) ? kind.ToString().ToLowerInvariant() : throw new ArgumentOutOfRangeException(nameof(kind));

    public static string NameOf(Bucket bucket) => Enum.IsDefined(bucket) ? bucket.ToString().ToLowerInvariant() : throw new ArgumentOutOfRangeException(nameof(bucket));

    public static EntryKind? KindOf(string name)
    {
        foreach (var kind in Enum.GetValues<EntryKind>())
        {
            if (NameOf(kind) == name)
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>A reinstated credit reads as value that came back, like a refund.</summary>
    public static string LabelOf(EntryKind kind) => kind switch
    {
        EntryKind.Issue => "Added",
        EntryKind.Adjust => "Adjustment",
        EntryKind.Authorize => "Authorized",
        EntryKind.Capture => "Used",
        EntryKind.Release => "Released",
        EntryKind.Refund or EntryKind.Reinstate => "Credit",
        EntryKind.Expire => "Expired",
        EntryKind.Invalidate => "Cancelled",
        EntryKind.Reclaim => "Reclaimed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>1 where a movement adds to the customer's balance (available and authorized), -1 where it takes from it, 0 where it stays within.</summary>
    public static int BalanceSign(Bucket from, Bucket to) => (IsBalance(to) ? 1 : 0) - (IsBalance(from) ? 1 : 0);

    private static bool IsBalance(Bucket bucket) => bucket is Bucket.Available or Bucket.Authorized;
}
