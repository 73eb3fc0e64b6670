using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>
/// Replays one account's entries in order and then compares what they give with what is stored beside them. Answers the first thing that is wrong, as a sentence.
/// </summary>
internal sealed class AccountCheck(AccountHead head)
{
    private readonly Dictionary<long, CreditReplay> credits = [];
    private readonly Dictionary<(int StoreId, string Currency), BalanceReplay> balances = [];
    private readonly Dictionary<(long AuthorizationId, long CreditId), LineReplay> lines = [];
    private readonly List<(long AuthorizationId, long CreditId, long AmountMinor)> givenAsNewCredit = [];
    private byte[] hash = EntryHash.Genesis;
    private long sequence;
    private DateTimeOffset recordedAt;

    public string? Next(HashedEntry one)
    {
        var entry = one.Entry;
        sequence++;
        if (entry.Sequence != sequence)
        {
            return Missing(sequence);
        }

        if (!entry.PreviousHash.AsSpan().SequenceEqual(hash))
        {
            return At("does not follow the entry before");
        }

        hash = EntryHash.Of(entry, head.PublicId, one.OperationId, one.CreditId, one.ReasonCode, one.AuthorizationCode);
        if (!entry.Hash.AsSpan().SequenceEqual(hash))
        {
            return At("was changed after it was written");
        }

        if (entry.RecordedAt < recordedAt)
        {
            return At("is dated before the entry before");
        }

        recordedAt = entry.RecordedAt;
        return Replay(entry);
    }

    public string? Finish(IEnumerable<Credit> storedCredits, IEnumerable<AccountBalance> storedBalances, IEnumerable<AuthorizationLine> storedLines)
    {
        if (head.LastSequence > sequence)
        {
            return Missing(sequence + 1);
        }

        if (head.LastSequence != sequence || !head.LastHash.AsSpan().SequenceEqual(hash))
        {
            return $"Account {head.PublicId}: its head says entry {head.LastSequence}, its entries end at {sequence} or with another hash.";
        }

        var byId = storedCredits.ToDictionary(credit => credit.Id);
        return FirstWrong(byId.Values) ?? FirstWrong(storedBalances) ?? FirstWrong([.. storedLines], byId);
    }

    private string? Replay(LedgerEntry entry)
    {
        var credit = credits.GetValueOrDefault(entry.CreditId) ?? new CreditReplay(entry.StoreId, entry.CurrencyCode, entry.AmountMinor);
        credits[entry.CreditId] = credit;
        if ((credit.StoreId, credit.Currency) != (entry.StoreId, entry.CurrencyCode))
        {
            return At("is in another store or currency than its credit");
        }

        if (!entry.Kind.Allows(entry.From, entry.To) || (entry.From != Bucket.Outside && credit.Buckets[entry.From] < entry.AmountMinor))
        {
            return At("moves what was not there");
        }

        var balance = balances.GetValueOrDefault((entry.StoreId, entry.CurrencyCode)) ?? new BalanceReplay();
        balances[(entry.StoreId, entry.CurrencyCode)] = balance;
        credit.Buckets.Move(entry.From, entry.To, entry.AmountMinor);
        balance.Buckets.Move(entry.From, entry.To, entry.AmountMinor);
        credit.Drawn |= entry.To is Bucket.Authorized or Bucket.Used or Bucket.Expired or Bucket.Reclaimed;
        if (entry.AvailableAfter != credit.Buckets.Available
            || entry.AccountAvailableAfter != balance.Buckets.Available
            || entry.AccountAuthorizedAfter != balance.Buckets.Authorized)
        {
            return At("states a balance that its entries do not give");
        }

        if (entry.IsBackDated != entry.EffectiveOn < balance.LastEffectiveOn)
        {
            return At(entry.IsBackDated ? "is marked as back-dated and is not" : "is back-dated and not marked as such");
        }

        balance.LastEffectiveOn = entry.IsBackDated ? balance.LastEffectiveOn : entry.EffectiveOn;

        if (entry.AuthorizationId is { } authorizationId)
        {
            Replay(entry, authorizationId);
        }

        return null;
    }

    private void Replay(LedgerEntry entry, long authorizationId)
    {
        if (entry.Kind == EntryKind.Issue)
        {
            givenAsNewCredit.Add((authorizationId, entry.CreditId, entry.AmountMinor));
            return;
        }

        var line = Line(authorizationId, entry.CreditId);
        switch (entry.Kind)
        {
            case EntryKind.Authorize: line.Authorized += entry.AmountMinor; break;
            case EntryKind.Capture: line.Captured += entry.AmountMinor; break;
            case EntryKind.Release: line.Released += entry.AmountMinor; break;
            case EntryKind.Refund: line.Refunded += entry.AmountMinor; break;
        }
    }

    private string? FirstWrong(IEnumerable<Credit> stored)
    {
        var left = new HashSet<long>(credits.Keys);
        foreach (var credit in stored)
        {
            string Says(string what) => $"Credit {credit.PublicId} of account {head.PublicId}: {what}.";
            left.Remove(credit.Id);
            if (!credits.TryGetValue(credit.Id, out var replay))
            {
                return Says("it has no entries");
            }

            if (!Same(credit.Buckets, replay.Buckets) || credit.OpeningMinor != replay.Opening)
            {
                return Says("its amounts are not what its entries give");
            }

            if ((credit.StoreId, credit.CurrencyCode) != (replay.StoreId, replay.Currency))
            {
                return Says("it is in another store or currency than its entries");
            }

            if (replay.Drawn && !credit.WasEverDrawn)
            {
                return Says("it says that it was never drawn on, its entries say that it was");
            }

            if ((credit.Buckets.Invalidated > 0 && !credit.IsInvalidated) || (credit.IsInvalidated && credit.Buckets.Available > 0))
            {
                return Says("its entries and its state disagree on whether it was invalidated");
            }

            if (credit.IsDeleted && credit.Buckets.Credited != 0)
            {
                return Says("it was deleted while it still had value");
            }
        }

        return left.Count == 0 ? null : $"Account {head.PublicId}: entries name a credit that the account does not have.";
    }

    private string? FirstWrong(IEnumerable<AccountBalance> stored)
    {
        var left = new Dictionary<(int, string Currency), BalanceReplay>(balances);
        foreach (var balance in stored)
        {
            left.Remove((balance.StoreId, balance.CurrencyCode), out var replayed);
            if (!Same(balance.Buckets, replayed?.Buckets ?? new Buckets()))
            {
                return $"Balance of account {head.PublicId} in {balance.CurrencyCode}: it is not what its entries give.";
            }

            if (balance.LastEffectiveOn != replayed?.LastEffectiveOn)
            {
                return $"Balance of account {head.PublicId} in {balance.CurrencyCode}: its latest day is not the one of its entries.";
            }
        }

        return left.Count == 0 ? null : $"Balance of account {head.PublicId} in {left.Keys.First().Currency}: missing.";
    }

    private string? FirstWrong(IReadOnlyList<AuthorizationLine> stored, Dictionary<long, Credit> storedCredits)
    {
        foreach (var (authorizationId, creditId, amountMinor) in givenAsNewCredit)
        {
            if (storedCredits[creditId].OriginCreditId is not { } originId)
            {
                return $"Credit {storedCredits[creditId].PublicId} of account {head.PublicId}: a refund made it, but it names no credit that it came from.";
            }

            Line(authorizationId, originId).Refunded += amountMinor;
        }

        foreach (var line in stored)
        {
            var replayed = Line(line.AuthorizationId, line.CreditId);
            lines.Remove((line.AuthorizationId, line.CreditId));
            if ((line.AuthorizedMinor, line.CapturedMinor, line.ReleasedMinor, line.RefundedMinor) != (replayed.Authorized, replayed.Captured, replayed.Released, replayed.Refunded))
            {
                return $"Authorization {line.Authorization.PublicId} of account {head.PublicId}: its amounts are not what its entries give.";
            }
        }

        if (stored.GroupBy(line => line.Authorization).FirstOrDefault(one => one.Key.IsOpen != one.Any(line => line.OpenMinor > 0)) is { } wrong)
        {
            return $"Authorization {wrong.Key.PublicId} of account {head.PublicId}: it says that it is {(wrong.Key.IsOpen ? "open" : "closed")}, its entries say that it is not.";
        }

        return lines.Count == 0 ? null : $"Account {head.PublicId}: entries name an authorization that has no such line.";
    }

    private LineReplay Line(long authorizationId, long creditId)
    {
        if (!lines.TryGetValue((authorizationId, creditId), out var line))
        {
            line = new LineReplay();
            lines.Add((authorizationId, creditId), line);
        }

        return line;
    }

    private string At(string what) => $"Account {head.PublicId}, entry {sequence}: {what}.";

    private string Missing(long missing) => $"Account {head.PublicId}, entry {missing}: missing.";

    private static bool Same(Buckets one, Buckets other) =>
        (one.Available, one.Authorized, one.Used, one.Expired, one.Reclaimed, one.Invalidated)
        == (other.Available, other.Authorized, other.Used, other.Expired, other.Reclaimed, other.Invalidated);

    private sealed class CreditReplay(int storeId, string currency, long opening)
    {
        public int StoreId => storeId;

        public string Currency => currency;

        public long Opening => opening;

        public Buckets Buckets { get; } = new();

        public bool Drawn { get; set; }
    }

    private sealed class BalanceReplay
    {
        public Buckets Buckets { get; } = new();

        public DateOnly? LastEffectiveOn { get; set; }
    }

    private sealed class LineReplay
    {
        public long Authorized { get; set; }

        public long Captured { get; set; }

        public long Released { get; set; }

        public long Refunded { get; set; }
    }
}

internal sealed record AccountHead(long Id, Guid PublicId, long LastSequence, byte[] LastHash);

/// <summary>An entry with what its hash covers beyond its own columns.</summary>
internal sealed record HashedEntry(LedgerEntry Entry, Guid OperationId, Guid CreditId, string? ReasonCode, string? AuthorizationCode);
