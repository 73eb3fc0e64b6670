namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>Where a credit's value can lie. <see cref="Outside"/> is everything that is not in the credit.</summary>
public enum Bucket
{
    Outside = 0,
    Available = 1,
    Authorized = 2,
    Used = 3,
    Expired = 4,
    Reclaimed = 5,
    Invalidated = 6,
}

public enum EntryKind
{
    Issue = 1,
    Adjust = 2,
    Authorize = 3,
    Capture = 4,
    Release = 5,
    Refund = 6,
    Expire = 7,
    Reinstate = 8,
    Invalidate = 9,
    Reclaim = 10,
}

/// <summary>
/// The value of a credit, or of an account's credits in one store and currency, by bucket. Minor units, each at least 0.
/// </summary>
public sealed class Buckets
{
    public long Available { get; private set; }

    public long Authorized { get; private set; }

    public long Used { get; private set; }

    public long Expired { get; private set; }

    public long Reclaimed { get; private set; }

    public long Invalidated { get; private set; }

    /// <summary>All that came in from outside less all that was adjusted away: the sum of the buckets.</summary>
    public long Credited => checked(Available + Authorized + Used + Expired + Reclaimed + Invalidated);

    public long this[Bucket bucket] => bucket switch
    {
        Bucket.Available => Available,
        Bucket.Authorized => Authorized,
        Bucket.Used => Used,
        Bucket.Expired => Expired,
        Bucket.Reclaimed => Reclaimed,
        Bucket.Invalidated => Invalidated,
        _ => throw new ArgumentOutOfRangeException(nameof(bucket)),
    };

    /// <exception cref="InvalidOperationException">The bucket that gives does not hold the amount.</exception>
    internal void Move(Bucket from, Bucket to, long amountMinor)
    {
        Add(from, -amountMinor);
        Add(to, amountMinor);
    }

    private void Add(Bucket bucket, long delta)
    {
        if (bucket == Bucket.Outside)
        {
            return;
        }

        var after = checked(this[bucket] + delta);
        if (after < 0)
        {
            throw new InvalidOperationException($"Bucket {bucket} holds {this[bucket]} and cannot give {-delta}.");
        }

        switch (bucket)
        {
            case Bucket.Available: Available = after; break;
            case Bucket.Authorized: Authorized = after; break;
            case Bucket.Used: Used = after; break;
            case Bucket.Expired: Expired = after; break;
            case Bucket.Reclaimed: Reclaimed = after; break;
            case Bucket.Invalidated: Invalidated = after; break;
        }
    }
}

/// <summary>The movements that each kind of entry may make. Anything else is a bug.</summary>
public static class EntryKinds
{
    public static bool Allows(this EntryKind kind, Bucket from, Bucket to) => (kind, from, to) switch
    {
        (EntryKind.Issue, Bucket.Outside, Bucket.Available) => true,
        (EntryKind.Adjust, Bucket.Outside, Bucket.Available) => true,
        (EntryKind.Adjust, Bucket.Available, Bucket.Outside) => true,
        (EntryKind.Authorize, Bucket.Available, Bucket.Authorized) => true,
        (EntryKind.Capture, Bucket.Authorized, Bucket.Used) => true,
        (EntryKind.Release, Bucket.Authorized, Bucket.Available) => true,
        (EntryKind.Refund, Bucket.Used, Bucket.Available) => true,
        (EntryKind.Expire, Bucket.Available, Bucket.Expired) => true,
        (EntryKind.Reinstate, Bucket.Expired, Bucket.Available) => true,
        (EntryKind.Invalidate, Bucket.Available, Bucket.Invalidated) => true,
        (EntryKind.Reclaim, Bucket.Available, Bucket.Reclaimed) => true,
        _ => false,
    };
}
