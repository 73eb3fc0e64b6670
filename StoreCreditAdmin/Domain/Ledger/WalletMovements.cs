using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>What the commands share: how value moves and an entry comes to be, and the guards.</summary>
public sealed partial class Wallet
{
    private Credit Open(Posting posting, CreditType type, long amountMinor, CreditTerms terms, Authorization? authorization = null)
    {
        var credit = new Credit(posting.NewId(), account, store, currency, type, terms, posting.Actor, posting.Moment);
        credit.Open(amountMinor);
        credits.Add(credit);
        Move(posting, credit, EntryKind.Issue, Bucket.Outside, Bucket.Available, amountMinor, authorization);
        return credit;
    }

    private void Adjust(Posting posting, Credit credit, long deltaMinor)
    {
        if (deltaMinor > 0)
        {
            Move(posting, credit, EntryKind.Adjust, Bucket.Outside, Bucket.Available, deltaMinor);
        }
        else
        {
            Move(posting, credit, EntryKind.Adjust, Bucket.Available, Bucket.Outside, -deltaMinor);
        }
    }

    private void Move(
        Posting posting,
        Credit credit,
        EntryKind kind,
        Bucket from,
        Bucket to,
        long amountMinor,
        Authorization? authorization = null,
        DateOnly? effectiveOn = null)
    {
        if (amountMinor <= 0 || !kind.Allows(from, to))
        {
            throw new InvalidOperationException($"No entry of kind {kind} moves {amountMinor} from {from} to {to}.");
        }

        BelongsTo(account, store, currency, credit).Move(from, to, amountMinor);
        balance.Buckets.Move(from, to, amountMinor);
        var recordedAt = posting.Moment.Instant < account.LastRecordedAt ? account.LastRecordedAt : posting.Moment.Instant;
        var entry = new LedgerEntry(
            posting.NewId(), posting, account, credit, balance, kind, from, to, amountMinor, posting.Moment.OpenDay(effectiveOn ?? posting.Moment.Today), recordedAt, authorization);
        account.Advance(entry);
        balance.Advance(entry);
        entries.Add(entry);
    }

    private static Refusal? NotPositive(long amountMinor) => amountMinor <= 0 ? LedgerRefusals.NotPositive : null;

    private Refusal? TooMuch(long addedMinor) =>
        addedMinor > Money.MaxMinor - Balance.Credited
            ? new Refusal("amount-invalid", "The amount is too large for one account.", "amount")
            : null;

    private Refusal? OverCap(long addedMinor, long? capMinor)
    {
        var outstanding = checked(Balance.Available + Balance.Authorized);
        return capMinor is { } cap && addedMinor > cap - outstanding
            ? new Refusal(
                "cap-exceeded",
                $"The account may have at most {Text(cap)} in this store. It has {Text(outstanding)}, so at most {Text(Math.Max(0, cap - outstanding))} can be added.",
                "amount")
            : null;
    }

    private static Credit BelongsTo(Account account, Store store, Currency currency, Credit credit) =>
        credit.AccountId == account.Id && credit.StoreId == store.Id && credit.CurrencyCode == currency.Code
            ? credit
            : throw new InvalidOperationException($"Credit {credit.PublicId} is not of this account, store and currency.");

    private static Refusal? Gone(Credit credit) =>
        credit.IsDeleted ? new Refusal("credit-deleted", "This credit was deleted.")
        : credit.IsInvalidated ? new Refusal("credit-invalidated", "This credit was invalidated.")
        : null;

    private static Refusal? Unchangeable(Credit credit, DateOnly today) =>
        Gone(credit) ?? (credit.IsExpired(today) ? new Refusal("credit-expired", "This credit has expired. Extend its expiry first.") : null);

    private static Refusal? WithoutReason(Posting posting) =>
        posting.Details.Reason is null ? LedgerRefusals.ReasonRequired : null;

    private static Result<IReadOnlyList<Draw>> Result(IReadOnlyList<Draw> draws) => Result<IReadOnlyList<Draw>>.Of(draws);

    private string Text(long minor) => $"{Amount.Of(minor, currency)} {currency}";
}
