using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Features.Catalogue;

/// <summary>A reason as pages and the HTTP API show it.</summary>
public sealed record ReasonView
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>Names of <see cref="ReasonPurposeNames"/>.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    public required bool Active { get; init; }

    public required int Version { get; init; }

    public static ReasonView Of(Reason reason) => new()
    {
        Code = reason.Code,
        Name = reason.Name,
        Purposes = ReasonPurposeNames.Of(reason.Purposes),
        Active = reason.Active,
        Version = reason.Version,
    };
}

public sealed record AddReasonRequest
{
    public string? Code { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string?>? Purposes { get; init; }

    public bool Active { get; init; } = true;
}

/// <summary>What is null stays as it is.</summary>
public sealed record ChangeReasonRequest
{
    /// <inheritdoc cref="ChangeCreditTypeRequest.Code"/>
    public string? Code { get; init; }

    public Optional<string?> Name { get; init; }

    public IReadOnlyList<string?>? Purposes { get; init; }

    public bool? Active { get; init; }

    /// <inheritdoc cref="ChangeCreditTypeRequest.Version"/>
    public int? Version { get; init; }
}

/// <summary>The purposes as requests and answers write them.</summary>
public static class ReasonPurposeNames
{
    private static readonly (ReasonPurposes Purpose, string Name)[] Table =
    [
        (ReasonPurposes.Issue, "issue"),
        (ReasonPurposes.Adjust, "adjust"),
        (ReasonPurposes.Invalidate, "invalidate"),
        (ReasonPurposes.ExpiryChange, "expiry-change"),
        (ReasonPurposes.Hold, "hold"),
        (ReasonPurposes.Refund, "refund"),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Name)];

    public static IReadOnlyList<string> Of(ReasonPurposes purposes) => [.. Table.Where(row => purposes.HasFlag(row.Purpose)).Select(row => row.Name)];

    public static Result<ReasonPurposes> Parse(IReadOnlyList<string?>? names)
    {
        var purposes = ReasonPurposes.None;
        foreach (var name in names ?? [])
        {
            var (purpose, known) = Array.Find(Table, row => row.Name == name);
            if (known is null)
            {
                return new Refusal(CatalogueRules.Invalid, $"'{name}' is not a purpose. Choose from {string.Join(", ", All)}.", "purposes");
            }

            purposes |= purpose;
        }

        return purposes == ReasonPurposes.None ? new Refusal(CatalogueRules.Invalid, "Choose at least one purpose.", "purposes") : purposes;
    }
}
