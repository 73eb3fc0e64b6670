using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounts;

namespace StoreCreditAdmin.Components.Shared;

/// <summary>What staff read for the kinds and buckets of a history.</summary>
public static class EntryTexts
{
    /// <summary>By name, in the order of a credit's life.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["issue"] = "Issued",
        ["adjust"] = "Adjusted",
        ["authorize"] = "Authorized",
        ["capture"] = "Used",
        ["release"] = "Released",
        ["refund"] = "Refunded",
        ["expire"] = "Expired",
        ["reinstate"] = "Reinstated",
        ["invalidate"] = "Invalidated",
        ["reclaim"] = "Reclaimed",
    };

    private static readonly string Available = EntryWords.NameOf(Bucket.Available);

    public static string KindOf(string kind) => Kinds.GetValueOrDefault(kind, kind);

    public static string BucketOf(string bucket) => char.ToUpperInvariant(bucket[0]) + bucket[1..];

    public static bool MovesAvailable(EntryView entry) => entry.From == Available || entry.To == Available;

    /// <summary>Below zero where the entry takes from what is available; the plain amount where it does not touch it.</summary>
    public static Amount ChangeOfAvailable(EntryView entry) => entry.From == Available ? entry.Amount with { Minor = -entry.Amount.Minor } : entry.Amount;
}
