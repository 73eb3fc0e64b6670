using System.Globalization;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>
/// Takes every anchor again from the entries that are there, while a verification reads them account by account, and compares. It finds what the chains alone cannot show:
/// a chain that was cut off at its end or written anew, with everything beside it made to fit.
/// </summary>
/// <param name="anchors">Oldest first.</param>
internal sealed class AnchorCheck(IReadOnlyList<LedgerAnchor> anchors) : IDisposable
{
    private readonly long[] lastEntryIds = [.. anchors.Select(anchor => anchor.LastEntryId)];
    private readonly long[] entries = new long[anchors.Count];
    private readonly AnchorHash[] hashes =
        [.. anchors.Select((anchor, position) => new AnchorHash(position == 0 ? null : anchors[position - 1].Hash, anchor.Day, anchor.TakenAt))];

    /// <summary>The position of the anchor that first covers an entry; null where the entry is newer than all of them.</summary>
    public int? PositionOf(long entryId)
    {
        var found = Array.BinarySearch(lastEntryIds, entryId);
        var position = found < 0 ? ~found : found;
        return position == lastEntryIds.Length ? null : position;
    }

    /// <summary>Accounts in the order of their ids.</summary>
    public void Add(AnchoredEntries account)
    {
        foreach (var (position, count, head) in account.Parts)
        {
            entries[position] += count;
            hashes[position].AddHead(account.AccountId, head.Sequence, head.Hash);
        }
    }

    /// <summary>The first anchor that the ledger does not hold any more, as a sentence.</summary>
    public string? FirstWrong()
    {
        long there = 0;
        for (var position = 0; position < anchors.Count; position++)
        {
            var anchor = anchors[position];
            there += entries[position];
            var of = string.Create(CultureInfo.InvariantCulture, $"Anchor of {anchor.Day:yyyy-MM-dd}");
            if (there != anchor.Entries)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{of}: the ledger had {anchor.Entries} entries then, and of these it has {there} now.");
            }

            if (!hashes[position].End(there).AsSpan().SequenceEqual(anchor.Hash))
            {
                return $"{of}: the entries up to then are not the ones that the ledger had then.";
            }
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var hash in hashes)
        {
            hash.Dispose();
        }
    }
}

/// <summary>An account's entries by the anchor that first covers them: how many, and the last of them.</summary>
internal sealed class AnchoredEntries(Guid accountId)
{
    private readonly List<(int Position, long Count, LedgerEntry Head)> parts = [];

    public Guid AccountId => accountId;

    public IReadOnlyList<(int Position, long Count, LedgerEntry Head)> Parts => parts;

    public void Next(int position, LedgerEntry entry)
    {
        if (parts.Count > 0 && parts[^1].Position == position)
        {
            parts[^1] = (position, parts[^1].Count + 1, entry);
        }
        else
        {
            parts.Add((position, 1, entry));
        }
    }
}
