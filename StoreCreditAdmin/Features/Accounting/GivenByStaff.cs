using System.Linq.Expressions;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>What counts as given by hand: credit that a member of staff issued in person, or added to a credit. Refunds, imports and rules are no gifts of theirs.</summary>
internal static class GivenByStaff
{
    private const string StaffSource = "staff";

    /// <summary>The first two conditions are those of the index that finds them: <c>IX_LedgerEntries_GivenByHand</c>.</summary>
    public static readonly Expression<Func<LedgerEntry, bool>> IsGiven = entry =>
        entry.ActorKind == ActorKind.Staff && entry.From == Bucket.Outside && (entry.Kind == EntryKind.Adjust || entry.Credit.Source == StaffSource);
}
