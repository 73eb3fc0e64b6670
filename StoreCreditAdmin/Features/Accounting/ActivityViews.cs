using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>Credit that expired unused, less what was brought back, by month and type.</summary>
public sealed record BreakageView(DateOnly From, DateOnly To, IReadOnlyList<StoreBreakage> Items);

/// <summary>Of one store in one currency, the latest month first.</summary>
/// <param name="Store">The store's code.</param>
/// <param name="Total">Of the whole period; its month and type are empty.</param>
public sealed record StoreBreakage(string Store, string TimeZone, string Currency, IReadOnlyList<BreakageRow> Rows, BreakageRow Total);

/// <param name="From">The first day of the month that lies in the period.</param>
/// <param name="To">The last day of the month that lies in the period.</param>
/// <param name="Type">The type's code.</param>
/// <param name="Net">Expired less reinstated.</param>
public sealed record BreakageRow(DateOnly From, DateOnly To, string Type, string TypeName, bool PaidFor, Amount Expired, Amount Reinstated, Amount Net);

/// <summary>What credit paid of the orders that were placed, by month.</summary>
public sealed record UsageView(DateOnly From, DateOnly To, IReadOnlyList<StoreUsage> Items);

/// <inheritdoc cref="StoreBreakage"/>
public sealed record StoreUsage(string Store, string TimeZone, string Currency, IReadOnlyList<UsageRow> Rows, UsageRow Total);

/// <summary>The orders of a month that are paid and not cancelled, without those that only bought credit.</summary>
public sealed record UsageRow
{
    /// <inheritdoc cref="BreakageRow.From"/>
    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required long Orders { get; init; }

    public required Amount OrderValue { get; init; }

    /// <summary>How many of them credit paid a part of.</summary>
    public required long OrdersWithCredit { get; init; }

    /// <summary>What credit paid. A refund that gives it back does not change what was paid.</summary>
    public required Amount PaidWithCredit { get; init; }

    /// <summary>What was given back for them as store credit, to the credits that paid or as new credit.</summary>
    public required Amount RefundedAsCredit { get; init; }

    /// <summary>What they earned by rules.</summary>
    public required Amount Earned { get; init; }

    /// <summary>What of it was taken back.</summary>
    public required Amount Reclaimed { get; init; }

    /// <summary>Credit that the orders gave the customer: refunded as credit and earned, less reclaimed.</summary>
    public Amount OtherCredits => RefundedAsCredit with { Minor = checked(RefundedAsCredit.Minor + Earned.Minor - Reclaimed.Minor) };

    /// <summary>What credit paid of a thousand of order value, rounded; null where the orders are worth nothing.</summary>
    public long? ShareInThousand => OrderValue.Minor == 0 ? null : (long)((((Int128)PaidWithCredit.Minor * 2000) + OrderValue.Minor) / ((Int128)OrderValue.Minor * 2));
}

/// <summary>What staff gave by hand, by whom and why.</summary>
public sealed record GivenView(DateOnly From, DateOnly To, IReadOnlyList<StoreGiven> Items);

/// <summary>Of one store in one currency, the largest first.</summary>
/// <param name="Store">The store's code.</param>
public sealed record StoreGiven(string Store, string TimeZone, string Currency, IReadOnlyList<GivenRow> Rows, long Entries, Amount Amount);

/// <param name="StaffId">The member of staff.</param>
/// <param name="Type">The type's code.</param>
/// <param name="Reason">The reason's code; null where none was asked for.</param>
/// <param name="Entries">How often.</param>
public sealed record GivenRow(string StaffId, string Staff, string Type, string TypeName, string? Reason, string? ReasonName, long Entries, Amount Amount);
