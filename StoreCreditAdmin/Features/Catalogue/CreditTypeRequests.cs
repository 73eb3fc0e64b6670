using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Features.Catalogue;

/// <summary>A credit type as pages and the HTTP API show it.</summary>
public sealed record CreditTypeView
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>0 is spent first.</summary>
    public required int Priority { get; init; }

    public required bool PaidFor { get; init; }

    public required bool MayExpire { get; init; }

    public required ExpiryPolicyInput DefaultExpiry { get; init; }

    public required bool RequiresReason { get; init; }

    public required bool Active { get; init; }

    public required int Version { get; init; }

    public static CreditTypeView Of(CreditType type) => new()
    {
        Code = type.Code,
        Name = type.Name,
        Priority = type.Priority,
        PaidFor = type.PaidFor,
        MayExpire = type.MayExpire,
        DefaultExpiry = ExpiryPolicyInput.Of(type.DefaultExpiry),
        RequiresReason = type.RequiresReason,
        Active = type.Active,
        Version = type.Version,
    };
}

public sealed record AddCreditTypeRequest
{
    public string? Code { get; init; }

    public string? Name { get; init; }

    public int Priority { get; init; }

    public bool PaidFor { get; init; }

    public bool MayExpire { get; init; } = true;

    /// <summary>Null for never.</summary>
    public ExpiryPolicyInput? DefaultExpiry { get; init; }

    public bool RequiresReason { get; init; }

    public bool Active { get; init; } = true;
}

/// <summary>What is null stays as it is.</summary>
public sealed record ChangeCreditTypeRequest
{
    /// <summary>Never accepted where it differs: a code is fixed.</summary>
    public string? Code { get; init; }

    public Optional<string?> Name { get; init; }

    public int? Priority { get; init; }

    /// <summary>Fixed once credit of the type exists.</summary>
    public bool? PaidFor { get; init; }

    public bool? MayExpire { get; init; }

    public ExpiryPolicyInput? DefaultExpiry { get; init; }

    public bool? RequiresReason { get; init; }

    public bool? Active { get; init; }

    /// <summary>The version that the person saw; null to change whatever is there.</summary>
    public int? Version { get; init; }
}
