using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Expiry;

/// <param name="Store">A store's code; null, or one that is not there, for the default store.</param>
/// <param name="Days">The window, from today on.</param>
/// <param name="Type">A credit type's code; null for all.</param>
public sealed record ExpiringFilter(string? Store, int Days, string? Type)
{
    public const int ShortWindow = 7;

    public const int LongWindow = 30;
}

/// <param name="Amount">What would expire.</param>
public sealed record ExpiringTotal(string Currency, int Credits, Amount Amount);

public sealed record ExpiringCredit(Guid Id, Guid AccountId, string AccountName, string Type, DateOnly ExpiresOn, Amount Remaining, string Currency);

public sealed record ExpiringList
{
    /// <summary>In the store.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The last day of the window.</summary>
    public required DateOnly Until { get; init; }

    public required int Credits { get; init; }

    public required int Accounts { get; init; }

    public required IReadOnlyList<ExpiringTotal> Totals { get; init; }

    public required IReadOnlyList<ExpiringCredit> Items { get; init; }
}

/// <summary>Either days to add to each last good day, or one day for all.</summary>
public sealed record ExtensionRequest
{
    public int? Days { get; init; }

    public DateOnly? Date { get; init; }

    /// <summary>A reason's code, for changes of expiry.</summary>
    public string? Reason { get; init; }

    /// <summary>The cost that the person saw; refused where it is another by now. Null to extend whatever expires.</summary>
    public IReadOnlyList<ExpiringTotal>? Seen { get; init; }

    internal DateOnly NewLastDay(DateOnly from) => Date ?? from.AddDays(Days!.Value);
}

public sealed record ExtensionProgress(int Total, int Done);

public sealed record SkippedCredit(Guid CreditId, string AccountName, string Why);

/// <param name="Named">The first of those that were skipped.</param>
public sealed record ExtensionReport(int Total, int Extended, int Skipped, IReadOnlyList<SkippedCredit> Named, bool Cancelled);
