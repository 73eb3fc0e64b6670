using System.Text.Json.Serialization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Features.PromoCodes;

/// <summary>A promo or referral code as the HTTP API shows it.</summary>
public sealed record PromoCodeView
{
    public required string Code { get; init; }

    /// <summary><c>promo</c> or <c>referral</c>.</summary>
    public required string Kind { get; init; }

    public required Amount Amount { get; init; }

    public required string Currency { get; init; }

    public required string Type { get; init; }

    public required DateOnly? ValidFrom { get; init; }

    public required DateOnly? ValidTo { get; init; }

    public required int PerCustomer { get; init; }

    public required int? Total { get; init; }

    public required Guid? ReferrerAccountId { get; init; }

    public required Amount? ReferrerAmount { get; init; }

    public required bool Active { get; init; }

    /// <inheritdoc cref="PromoCode.Version"/>
    public required int Version { get; init; }

    internal static PromoCodeView Of(PromoCode code) => new()
    {
        Code = code.Code,
        Kind = code.Kind == PromoCodeKind.Referral ? "referral" : "promo",
        Amount = Domain.Amount.Of(code.AmountMinor, code.Currency),
        Currency = code.CurrencyCode,
        Type = code.Type.Code,
        ValidFrom = code.ValidFrom,
        ValidTo = code.ValidTo,
        PerCustomer = code.PerCustomer,
        Total = code.Total,
        ReferrerAccountId = code.ReferrerAccount?.PublicId,
        Active = code.Active,
        Version = code.Version,
        ReferrerAmount = code.ReferrerAmountMinor is { } minor ? Domain.Amount.Of(minor, code.Currency) : null,
    };
}

public sealed record AddPromoCodeRequest
{
    public string? Code { get; init; }

    /// <summary><c>promo</c> or <c>referral</c>.</summary>
    public string? Kind { get; init; }

    [JsonConverter(typeof(AmountTextConverter))]
    public string? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>A credit type's code.</summary>
    public string? Type { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    /// <summary>How often one customer can use it; absent for once.</summary>
    public int? PerCustomer { get; init; }

    public int? Total { get; init; }

    public string? ReferrerAccountId { get; init; }

    [JsonConverter(typeof(AmountTextConverter))]
    public string? ReferrerAmount { get; init; }
}

/// <summary>
/// What is absent stays as it is; null clears the days, the limit in all and the referrer. A code's name and kind never change, its currency not once it was used.
/// What it gives counts from then on.
/// </summary>
public sealed record ChangePromoCodeRequest
{
    public string? Code { get; init; }

    public string? Kind { get; init; }

    [JsonConverter(typeof(AmountTextConverter))]
    public string? Amount { get; init; }

    public string? Currency { get; init; }

    public string? Type { get; init; }

    public Optional<DateOnly?> ValidFrom { get; init; }

    public Optional<DateOnly?> ValidTo { get; init; }

    public int? PerCustomer { get; init; }

    public Optional<int?> Total { get; init; }

    public Optional<string?> ReferrerAccountId { get; init; }

    public Optional<string?> ReferrerAmount { get; init; }

    public bool? Active { get; init; }

    /// <summary>The version that the person saw; the change is refused if there is a newer one.</summary>
    public int? Version { get; init; }
}
