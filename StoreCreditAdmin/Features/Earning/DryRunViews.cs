using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>A rule that is to be, and the days whose orders it is tried on, both inclusive, in the store's time zone.</summary>
public sealed record DryRunRequest : SaveRuleRequest
{
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public static DryRunRequest Of(SaveRuleRequest rule, DateOnly? from, DateOnly? to) => new()
    {
        Method = rule.Method,
        Store = rule.Store,
        Currency = rule.Currency,
        Type = rule.Type,
        Config = rule.Config,
        From = from,
        To = to,
    };
}

/// <summary>How many of the orders, or of the customers who registered, have been read.</summary>
public readonly record struct DryRunProgress(long Read, long Total);

/// <summary>What a rule would have given. Amounts stand in <see cref="Currency"/>.</summary>
public sealed record DryRunView
{
    public required string Store { get; init; }

    public required string Method { get; init; }

    public required string Currency { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>How many customers would have got something.</summary>
    public required int Customers { get; init; }

    /// <summary>How many orders, or registrations, would have earned.</summary>
    public required long Orders { get; init; }

    /// <summary>All that would have been given, before refunds took any of it back.</summary>
    public required Amount Cost { get; init; }

    /// <summary>How many orders, or registrations, of the store were looked at.</summary>
    public required long Read { get; init; }

    /// <summary>How many of them were in another currency, so that the rule gives nothing for them.</summary>
    public required long InOtherCurrencies { get; init; }

    /// <summary>Every month of the period, also where nothing would have been given.</summary>
    public required IReadOnlyList<DryRunMonth> ByMonth { get; init; }

    /// <summary>The ten customers who would have got most, the first one most.</summary>
    public required IReadOnlyList<DryRunCustomer> Biggest { get; init; }

    /// <summary>The sizes of what would have been given, rising, in at most ten classes.</summary>
    public required IReadOnlyList<DryRunSize> Histogram { get; init; }
}

/// <param name="Month">Such as <c>2026-11</c>.</param>
public sealed record DryRunMonth(string Month, Amount Amount, long Orders);

public sealed record DryRunCustomer(Guid AccountId, string Name, Amount Amount);

/// <summary>How many awards were of a size. Both ends belong to it.</summary>
public sealed record DryRunSize(Amount From, Amount To, long Awards);
