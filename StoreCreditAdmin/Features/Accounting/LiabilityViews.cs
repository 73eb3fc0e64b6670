using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>What the shop owes at the end of a day, or now.</summary>
/// <param name="AsOf">Null for now.</param>
/// <param name="Items">By store and currency, never added up across them. What owes nothing is left out.</param>
public sealed record LiabilityView(DateOnly? AsOf, IReadOnlyList<StoreLiability> Items);

/// <summary>What one store owes in one currency.</summary>
public sealed record StoreLiability
{
    /// <summary>The store's code.</summary>
    public required string Store { get; init; }

    public required string TimeZone { get; init; }

    public required string Currency { get; init; }

    /// <summary>Available and authorized together.</summary>
    public required Amount Outstanding { get; init; }

    public required Amount Available { get; init; }

    public required Amount Authorized { get; init; }

    public required Amount PaidFor { get; init; }

    public required Amount Promotional { get; init; }

    public required IReadOnlyList<TypeLiability> Types { get; init; }

    /// <summary>Every band, the youngest first.</summary>
    public required IReadOnlyList<AgeLiability> Ages { get; init; }

    /// <summary>The last thirteen months, the last one as of the day that was asked for.</summary>
    public required IReadOnlyList<MonthEnd> MonthEnds { get; init; }
}

/// <param name="Type">The type's code.</param>
public sealed record TypeLiability(string Type, string Name, bool PaidFor, Amount Outstanding, Amount Available, Amount Authorized);

/// <param name="Age">The band in months: <c>0-2</c>, <c>24-</c> for 24 and more.</param>
/// <param name="IssuedFrom">The first month of issue in it, as its first day; null where there is no end.</param>
/// <param name="IssuedTo">The last month of issue in it; null for the youngest.</param>
public sealed record AgeLiability(string Age, DateOnly? IssuedFrom, DateOnly? IssuedTo, Amount PaidFor, Amount Promotional, Amount Outstanding);

/// <param name="On">The last day of the month, or the day that was asked for.</param>
public sealed record MonthEnd(DateOnly On, Amount Outstanding);

/// <summary>How what was owed before a period became what was owed at its end.</summary>
public sealed record RollForwardView(DateOnly From, DateOnly To, IReadOnlyList<StoreRollForward> Items);

public sealed record StoreRollForward
{
    /// <inheritdoc cref="StoreLiability.Store"/>
    public required string Store { get; init; }

    public required string TimeZone { get; init; }

    public required string Currency { get; init; }

    public required Amount Opening { get; init; }

    /// <summary>Every line in its order; opening and all changes make the closing.</summary>
    public required IReadOnlyList<RollForwardChange> Lines { get; init; }

    public required Amount Closing { get; init; }
}

/// <param name="Line">As <c>issued</c>, <c>adjusted-up</c>.</param>
/// <param name="Change">Below zero where it lowers what is owed.</param>
/// <param name="Entries">How many ledger entries it sums.</param>
public sealed record RollForwardChange(string Line, Amount Change, long Entries);
