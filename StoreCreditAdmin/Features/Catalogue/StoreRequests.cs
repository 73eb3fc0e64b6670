using System.Text.Json.Serialization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Features.Catalogue;

/// <summary>A store as pages and the HTTP API show it.</summary>
public sealed record StoreView
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string Currency { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>The shop's postal address in lines; null where none is given. Statements print it.</summary>
    public string? Address { get; init; }

    /// <summary>The tag of the language that customers are written in who asked for no other. For pages.</summary>
    [JsonIgnore]
    public string Language { get; init; } = Domain.Language.English;

    public required bool IsDefault { get; init; }

    public required bool Active { get; init; }

    public required bool ApplyAfterCheckout { get; init; }

    public required int AuthorizationMinutes { get; init; }

    /// <summary>How many days value is good that comes back to a credit after its last good day; null where it expires again at once.</summary>
    public required int? ReturnedValueDays { get; init; }

    public required IReadOnlyList<string> AutoInvoiceKinds { get; init; }

    public required string CreditLineType { get; init; }

    /// <summary>In the store's currency; null for no limit.</summary>
    public required Amount? CapPerAccount { get; init; }

    public required int Version { get; init; }

    public static StoreView Of(Store store) => new()
    {
        Code = store.Code,
        Name = store.Name,
        Currency = store.CurrencyCode,
        TimeZone = store.TimeZone,
        Address = store.Address,
        Language = store.Language,
        IsDefault = store.IsDefault,
        Active = store.Active,
        ApplyAfterCheckout = store.ApplyAfterCheckout,
        AuthorizationMinutes = store.AuthorizationMinutes,
        ReturnedValueDays = store.ReturnedValueDays,
        AutoInvoiceKinds = store.AutoInvoiceKinds.Split(',', StringSplitOptions.RemoveEmptyEntries),
        CreditLineType = store.CreditLineType,
        CapPerAccount = store.CapPerAccountMinor is { } cap ? Amount.Of(cap, store.Currency) : null,
        Version = store.Version,
    };
}

public sealed record AddStoreRequest
{
    public string? Code { get; init; }

    public string? Name { get; init; }

    public string? Currency { get; init; }

    public string? TimeZone { get; init; }

    /// <inheritdoc cref="StoreView.Address"/>
    public string? Address { get; init; }

    /// <inheritdoc cref="StoreView.Language"/>
    [JsonIgnore]
    public string? Language { get; init; }

    public bool IsDefault { get; init; }

    public bool Active { get; init; } = true;

    public bool ApplyAfterCheckout { get; init; }

    public int AuthorizationMinutes { get; init; } = Store.DefaultAuthorizationMinutes;

    /// <inheritdoc cref="StoreView.ReturnedValueDays"/>
    public int? ReturnedValueDays { get; init; }

    /// <summary>Null for those that a new store starts with.</summary>
    public IReadOnlyList<string?>? AutoInvoiceKinds { get; init; }

    /// <summary>Null for the one that a new store starts with.</summary>
    public string? CreditLineType { get; init; }

    [JsonConverter(typeof(AmountTextConverter))]
    public string? CapPerAccount { get; init; }
}

/// <summary>What is null stays as it is, except the address, the cap and the days of returned value: absent stays, null clears.</summary>
public sealed record ChangeStoreRequest
{
    /// <inheritdoc cref="ChangeCreditTypeRequest.Code"/>
    public string? Code { get; init; }

    public Optional<string?> Name { get; init; }

    public string? Currency { get; init; }

    public string? TimeZone { get; init; }

    public Optional<string?> Address { get; init; }

    /// <inheritdoc cref="StoreView.Language"/>
    [JsonIgnore]
    public string? Language { get; init; }

    public bool? IsDefault { get; init; }

    public bool? Active { get; init; }

    public bool? ApplyAfterCheckout { get; init; }

    public int? AuthorizationMinutes { get; init; }

    public Optional<int?> ReturnedValueDays { get; init; }

    public IReadOnlyList<string?>? AutoInvoiceKinds { get; init; }

    public string? CreditLineType { get; init; }

    public Optional<string?> CapPerAccount { get; init; }

    /// <inheritdoc cref="ChangeCreditTypeRequest.Version"/>
    public int? Version { get; init; }
}
