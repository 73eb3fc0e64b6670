using StoreCreditAdmin.Domain.Earning;

namespace StoreCreditAdmin.Features.Earning;

/// <summary>A rule as pages and the HTTP API show it, as its newest version is.</summary>
public sealed record RuleView
{
    public required Guid Id { get; init; }

    /// <summary>The store's code.</summary>
    public required string Store { get; init; }

    public required int Version { get; init; }

    public required string Method { get; init; }

    public required bool Enabled { get; init; }

    public required string Currency { get; init; }

    /// <summary>The code of the type of credit that it gives.</summary>
    public required string Type { get; init; }

    public required RuleConfig Config { get; init; }

    internal static RuleView Of(EarningRule rule)
    {
        var current = rule.Current;
        return new()
        {
            Id = rule.PublicId,
            Store = rule.Store.Code,
            Version = rule.Version,
            Method = EarningNames.Of(rule.Method),
            Enabled = rule.Enabled,
            Currency = current.CurrencyCode,
            Type = current.Type.Code,
            Config = RuleConfig.Of(rule.Method, current.Terms, current.Currency),
        };
    }
}

/// <summary>One version of a rule, and what it gave.</summary>
public sealed record RuleVersionView(int Version, string Currency, string Type, RuleConfig Config, string By, DateTimeOffset At, int Awards);

/// <summary>A rule to add, or what one is to become.</summary>
public record SaveRuleRequest
{
    /// <summary>Never changes.</summary>
    public string? Method { get; init; }

    /// <summary>The default store when left out; never changes.</summary>
    public string? Store { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>The store's own currency when left out.</summary>
    public string? Currency { get; init; }

    /// <summary>A credit type's code; <c>promotion</c> when left out.</summary>
    public string? Type { get; init; }

    public RuleConfig? Config { get; init; }

    /// <summary>For changes: the version that the person saw; null to change whatever is there.</summary>
    public int? Version { get; init; }
}
