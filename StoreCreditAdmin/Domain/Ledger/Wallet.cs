using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>
/// An account's credits in one store and one currency. Takes a command and answers what it did, or a refusal that changed nothing.
/// Pure: no database, no clock, no chance. Whoever loads a wallet holds the account's lock until what it wrote is committed.
/// </summary>
public sealed partial class Wallet(Account account, Store store, Currency currency, AccountBalance balance, IReadOnlyList<Credit> credits)
{
    private readonly List<Credit> credits = [.. credits];
    private readonly List<LedgerEntry> entries = [];

    public Account Account => account;

    public Store Store => store;

    public Currency Currency => currency;

    public Buckets Balance => balance.Buckets;

    public IReadOnlyList<Credit> Credits => credits;

    /// <summary>The entries that the commands made so far, in order.</summary>
    public IReadOnlyList<LedgerEntry> Entries => entries;

    /// <summary>The credits that may be drawn on, in spending order: decisions.md, "Spending order".</summary>
    public IEnumerable<Credit> Spendable(DateOnly today) => credits
        .Where(credit => credit.IsSpendable(today) && credit.Buckets.Available > 0)
        .Order(SpendingOrder.Instance);

    /// <param name="capMinor">The most that the account may have in this store and currency; null for no limit.</param>
    public Result<Credit> Issue(Posting posting, CreditType type, long amountMinor, CreditTerms terms, long? capMinor)
    {
        if (NotPositive(amountMinor) is { } refusal)
        {
            return refusal;
        }

        var effectiveOn = terms.EffectiveOn ?? posting.Moment.Today;
        if (terms.ExpiresOn is { } expiresOn)
        {
            if (!type.MayExpire)
            {
                return new Refusal("expiry-not-allowed", $"Credit of the type {type.Name} never expires. Leave the expiry date empty.", "expiresOn");
            }

            if (expiresOn < posting.Moment.Today || expiresOn < effectiveOn)
            {
                return LedgerRefusals.ExpiryInPast(expiresOn < posting.Moment.Today ? posting.Moment.Today : effectiveOn);
            }
        }

        var outstanding = checked(Balance.Available + Balance.Authorized);
        if (capMinor is { } cap && outstanding + amountMinor > cap)
        {
            return new Refusal(
                "cap-exceeded",
                $"The account may have at most {Text(cap)} in this store. It has {Text(outstanding)}, so at most {Text(Math.Max(0, cap - outstanding))} can be added.",
                "amount");
        }

        return Open(posting, type, amountMinor, terms);
    }

    /// <summary>Adds to a credit, or takes from what it has available. Needs a reason.</summary>
    public Result<Credit> AdjustBy(Posting posting, Credit credit, long deltaMinor)
    {
        if (deltaMinor == 0)
        {
            return new Refusal("amount-invalid", "The amount does not change. Enter another amount.", "amount");
        }

        if ((Unchangeable(credit, posting.Moment.Today) ?? WithoutReason(posting)) is { } refusal)
        {
            return refusal;
        }

        if (deltaMinor < 0 && credit.Buckets.Available < -deltaMinor)
        {
            return new Refusal(
                "below-used-and-authorized",
                $"The amount cannot be less than what is used and held. The least is {Text(credit.Buckets.Credited - credit.Buckets.Available)}.",
                "amount");
        }

        if (TooMuch(deltaMinor) is { } tooMuch)
        {
            return tooMuch;
        }

        Adjust(posting, credit, deltaMinor);
        return credit;
    }

    /// <summary>Sets what a credit was credited with in all; the difference is an adjustment.</summary>
    public Result<Credit> AdjustTo(Posting posting, Credit credit, long newAmountMinor) =>
        newAmountMinor < 0
            ? new Refusal("amount-invalid", "The amount cannot be negative.", "amount")
            : AdjustBy(posting, credit, newAmountMinor - credit.Buckets.Credited);

    /// <summary>A negative entry on the account: taken from its credits in spending order, never below zero.</summary>
    public Result<IReadOnlyList<Draw>> Debit(Posting posting, long amountMinor)
    {
        if ((NotPositive(amountMinor) ?? WithoutReason(posting)) is { } refusal)
        {
            return refusal;
        }

        var draws = DrawsFor(amountMinor, posting.Moment.Today);
        if (draws.Sum(draw => draw.AmountMinor) < amountMinor)
        {
            return LedgerRefusals.Insufficient(Text(draws.Sum(draw => draw.AmountMinor)));
        }

        foreach (var (credit, part) in draws)
        {
            Adjust(posting, credit, -part);
        }

        return Result(draws);
    }

    /// <summary>Takes the rest of a credit away for good. Refused while anything of it is authorized.</summary>
    public Result<Credit> Invalidate(Posting posting, Credit credit)
    {
        if ((Gone(credit) ?? WithoutReason(posting)) is { } refusal)
        {
            return refusal;
        }

        if (credit.Buckets.Authorized > 0)
        {
            return new Refusal("credit-in-use", $"{Text(credit.Buckets.Authorized)} of this credit is held for an order. Void that authorization first.");
        }

        if (credit.Buckets.Available > 0)
        {
            Move(posting, credit, EntryKind.Invalidate, Bucket.Available, Bucket.Invalidated, credit.Buckets.Available);
        }

        credit.MarkInvalidated(posting.Actor, posting.Moment, posting.Details.Reason!.Name);
        return credit;
    }

    /// <summary>Takes back a credit that was never used, held or expired. Its entries net to zero.</summary>
    public Result<Credit> Delete(Posting posting, Credit credit)
    {
        if ((Gone(credit) ?? WithoutReason(posting)) is { } refusal)
        {
            return refusal;
        }

        if (credit.WasEverDrawn || credit.IsExpired(posting.Moment.Today))
        {
            return new Refusal("credit-in-use", "Only credit that was never used, held or expired can be deleted. Invalidate it instead.");
        }

        if (credit.Buckets.Available > 0)
        {
            Adjust(posting, credit, -credit.Buckets.Available);
        }

        credit.MarkDeleted(posting.Moment);
        return credit;
    }

    /// <summary>
    /// Sets the last good day, or none. Extending a credit that has expired brings its expired value back.
    /// </summary>
    public Result<Credit> ChangeExpiry(Posting posting, Credit credit, DateOnly? expiresOn)
    {
        if ((Gone(credit) ?? WithoutReason(posting)) is { } refusal)
        {
            return refusal;
        }

        if (expiresOn is { } on)
        {
            if (!credit.Type.MayExpire)
            {
                return new Refusal("expiry-not-allowed", $"Credit of the type {credit.Type.Name} never expires.", "expiresOn");
            }

            if (on < posting.Moment.Today || on < credit.EffectiveOn)
            {
                return LedgerRefusals.ExpiryInPast(on < posting.Moment.Today ? posting.Moment.Today : credit.EffectiveOn);
            }
        }

        if (credit.Buckets.Expired > 0)
        {
            Move(posting, credit, EntryKind.Reinstate, Bucket.Expired, Bucket.Available, credit.Buckets.Expired);
        }

        credit.ChangeExpiry(expiresOn);
        return credit;
    }

    /// <summary>Books the expiry of the exact rest, dated on the last good day. Does nothing while the credit is good or empty.</summary>
    /// <returns>The amount that expired, in minor units.</returns>
    public long Expire(Posting posting, Credit credit)
    {
        var rest = credit.Buckets.Available;
        if (rest == 0 || !credit.IsExpired(posting.Moment.Today) || Gone(credit) is not null)
        {
            return 0;
        }

        Move(posting, credit, EntryKind.Expire, Bucket.Available, Bucket.Expired, rest, effectiveOn: credit.ExpiresOn);
        return rest;
    }

    /// <summary>Takes back what an order earned, as far as the credit still has it.</summary>
    /// <returns>The amount taken, in minor units; less than asked where the credit has less.</returns>
    public Result<long> Reclaim(Posting posting, Credit credit, long amountMinor)
    {
        if (NotPositive(amountMinor) is { } refusal)
        {
            return refusal;
        }

        var taken = Gone(credit) is null ? Math.Min(amountMinor, credit.Buckets.Available) : 0;
        if (taken > 0)
        {
            Move(posting, credit, EntryKind.Reclaim, Bucket.Available, Bucket.Reclaimed, taken);
        }

        return taken;
    }

    /// <summary>What each credit would give to an amount, in spending order; less than the amount when there is not enough.</summary>
    public IReadOnlyList<Draw> DrawsFor(long amountMinor, DateOnly today)
    {
        var draws = new List<Draw>();
        var rest = amountMinor;
        foreach (var credit in Spendable(today))
        {
            if (rest == 0)
            {
                break;
            }

            var part = Math.Min(rest, credit.Buckets.Available);
            draws.Add(new Draw(credit, part));
            rest -= part;
        }

        return draws;
    }

    private Credit Open(Posting posting, CreditType type, long amountMinor, CreditTerms terms)
    {
        var credit = new Credit(posting.NewId(), account, store, currency, type, terms, posting.Actor, posting.Moment);
        credit.Open(amountMinor);
        credits.Add(credit);
        Move(posting, credit, EntryKind.Issue, Bucket.Outside, Bucket.Available, amountMinor);
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

        credit.Move(from, to, amountMinor);
        balance.Buckets.Move(from, to, amountMinor);
        var recordedAt = posting.Moment.Instant < account.LastRecordedAt ? account.LastRecordedAt : posting.Moment.Instant;
        var entry = new LedgerEntry(
            posting.NewId(), posting, account, credit, balance, kind, from, to, amountMinor, effectiveOn ?? posting.Moment.Today, recordedAt, authorization);
        account.Advance(entry);
        entries.Add(entry);
    }

    private Refusal? NotPositive(long amountMinor) =>
        amountMinor <= 0 ? new Refusal("amount-invalid", "The amount must be more than zero.", "amount") : TooMuch(amountMinor);

    private Refusal? TooMuch(long addedMinor) =>
        addedMinor > Money.MaxMinor - Balance.Credited
            ? new Refusal("amount-invalid", "The amount is too large for one account.", "amount")
            : null;

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

/// <summary>A part of an amount, in minor units, that one credit gives.</summary>
public readonly record struct Draw(Credit Credit, long AmountMinor);
