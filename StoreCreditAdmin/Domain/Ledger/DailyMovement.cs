namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>
/// The sum of all ledger entries of one day that moved value the same way, for credit of one store, currency, type and month of issue. Folded from the entries, so it
/// can be made anew from them at any time.
/// </summary>
public sealed class DailyMovement
{
    private DailyMovement()
    {
    }

    /// <summary>The entries' date of effect, in the store's time zone.</summary>
    public DateOnly EffectiveOn { get; private set; }

    public int StoreId { get; private set; }

    public string CurrencyCode { get; private set; } = "";

    public int TypeId { get; private set; }

    /// <summary>The first day of the month in which the credit was issued.</summary>
    public DateOnly IssueMonth { get; private set; }

    public EntryKind Kind { get; private set; }

    public Bucket From { get; private set; }

    public Bucket To { get; private set; }

    public long AmountMinor { get; private set; }

    /// <summary>How many entries it sums.</summary>
    public long Entries { get; private set; }
}

/// <summary>What was outstanding at the end of a month of the credit of one store, currency, type and month of issue. What came to nothing has no row.</summary>
public sealed class MonthClosing
{
    private MonthClosing()
    {
    }

    /// <summary>The first day of the month that it closes.</summary>
    public DateOnly Month { get; private set; }

    public int StoreId { get; private set; }

    public string CurrencyCode { get; private set; } = "";

    public int TypeId { get; private set; }

    /// <inheritdoc cref="DailyMovement.IssueMonth"/>
    public DateOnly IssueMonth { get; private set; }

    /// <summary>Available and authorized together.</summary>
    public long OutstandingMinor { get; private set; }

    public long AuthorizedMinor { get; private set; }
}

/// <summary>How far the entries are folded into <see cref="DailyMovement"/> and <see cref="MonthClosing"/>. There is one row at most.</summary>
public sealed class MovementFold
{
    public const int OnlyId = 1;

    private MovementFold()
    {
    }

    public int Id { get; private set; }

    /// <summary>The last entry that is folded. Those after it are added when a sum is read.</summary>
    public long LastEntryId { get; private set; }

    /// <summary>The first day of the last month that is closed: the one before that of the latest date of effect.</summary>
    public DateOnly ClosedThrough { get; private set; }
}
