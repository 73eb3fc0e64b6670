using System.Text.Json.Serialization;
using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Features.Credits;

public sealed record IssueCreditRequest
{
    /// <summary>The store's code; null for the default store.</summary>
    public string? Store { get; init; }

    public MoneyInput? Amount { get; init; }

    /// <summary>The type's code.</summary>
    public string? Type { get; init; }

    public string? Name { get; init; }

    public string? Memo { get; init; }

    public string? CustomerNote { get; init; }

    public DateOnly? EffectiveOn { get; init; }

    /// <summary>Absent for the type's own expiry; null for never.</summary>
    public Optional<DateOnly?> ExpiresOn { get; init; }

    public string? Reason { get; init; }

    /// <summary>Whether the customer gets a mail.</summary>
    public bool Notify { get; init; }
}

public sealed record ChangeCreditRequest
{
    public Optional<string?> Name { get; init; }

    public Optional<string?> Memo { get; init; }

    public Optional<string?> CustomerNote { get; init; }

    public Optional<DateOnly?> ExpiresOn { get; init; }

    /// <summary>Needed when the expiry changes.</summary>
    public string? Reason { get; init; }

    /// <summary>Never accepted: a credit's type is fixed.</summary>
    public Optional<string?> Type { get; init; }

    /// <summary>The version that the person saw; null to change whatever is there.</summary>
    public int? Version { get; init; }
}

public sealed record AdjustCreditRequest
{
    /// <summary>What the credit shall have been credited with in all. Either this or <see cref="Delta"/>.</summary>
    public MoneyInput? NewAmount { get; init; }

    [JsonConverter(typeof(AmountTextConverter))]
    public string? Delta { get; init; }

    public string? Reason { get; init; }

    public string? Memo { get; init; }

    /// <inheritdoc cref="ChangeCreditRequest.Version"/>
    public int? Version { get; init; }
}

public sealed record InvalidateCreditRequest
{
    public string? Reason { get; init; }

    public string? Note { get; init; }
}

public sealed record DebitRequest
{
    public MoneyInput? Amount { get; init; }

    public string? Reason { get; init; }

    public string? Memo { get; init; }

    public string? Store { get; init; }
}

public sealed record DebitView
{
    public required IReadOnlyList<DebitLine> Lines { get; init; }
}

public sealed record DebitLine(Guid CreditId, Domain.Amount Amount);
