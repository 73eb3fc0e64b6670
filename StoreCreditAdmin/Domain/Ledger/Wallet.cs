using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>
/// An account's credits in one store and one currency. Takes a command and answers what it did, or a refusal that changed nothing.
/// Pure: no database, no clock, no chance. Whoever loads a wallet holds the account's lock until what it wrote is committed.
/// </summary>
public sealed partial class Wallet(Account account, Store store, Currency currency, AccountBalance balance, IReadOnlyList<Credit> credits)
{
    private readonly List<Credit> credits = [.. credits.Select(credit => BelongsTo(account, store, currency, credit))];
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
        if ((NotPositive(amountMinor) ?? TooMuch(amountMinor)) is { } refusal)
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

        return OverCap(amountMinor, capMinor) is { } overCap ? overCap : Open(posting, type, amountMinor, terms);
    }

    /// <summary>Adds to a credit, or takes from what it has available. Needs a reason.</summary>
    /// <param name="capMinor">As for <see cref="Issue"/>: adding to a credit gives as issuing does.</param>
    public Result<Credit> AdjustBy(Posting posting, Credit credit, long deltaMinor, long? capMinor = null)
    {
        if (deltaMinor == 0)
        {
            return new Refusal("amount-invalid", "The amount does not change. Enter another amount.", "amount");
        }

        if ((Unchangeable(credit, posting.Moment.Today) ?? WithoutReason(posting)) is { } refusal)
        {
            return refusal;
        }

        if (deltaMinor < -credit.Buckets.Available)
        {
            return new Refusal(
                "below-used-and-authorized",
                $"The amount cannot be less than what is used and held. The least is {Text(credit.Buckets.Credited - credit.Buckets.Available)}.",
                "amount");
        }

        if (deltaMinor > 0 && (TooMuch(deltaMinor) ?? OverCap(deltaMinor, capMinor)) is { } tooMuch)
        {
            return tooMuch;
        }

        Adjust(posting, credit, deltaMinor);
        return credit;
    }

    /// <summary>Sets what a credit was credited with in all; the difference is an adjustment.</summary>
    public Result<Credit> AdjustTo(Posting posting, Credit credit, long newAmountMinor, long? capMinor = null) =>
        newAmountMinor < 0
            ? new Refusal("amount-invalid", "The amount cannot be negative.", "amount")
            : AdjustBy(posting, credit, newAmountMinor - credit.Buckets.Credited, capMinor);

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
            credit.MarkDrawn();
        }

        return Result(draws);
    }

    /// <summary>
    /// Takes the rest of a credit away for good. Refused while anything of it is authorized. What has expired is booked as expired, not as invalidated.
    /// </summary>
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

        Expire(posting, credit);
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
    /// Sets the last good day, or none. Extending a credit that has expired brings its expired value back; an expiry that no job has booked yet
    /// is booked first, so that the history is the same however late the job is.
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

        Expire(posting, credit);
        if (credit.Buckets.Expired > 0)
        {
            Move(posting, credit, EntryKind.Reinstate, Bucket.Expired, Bucket.Available, credit.Buckets.Expired);
        }

        credit.ChangeExpiry(expiresOn);
        return credit;
    }

    /// <summary>
    /// Books the expiry of the exact rest, dated on the last good day, or on the first open day where the books of that day are locked. Does nothing while the credit is good or empty.
    /// </summary>
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

        Expire(posting, credit);
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
}

/// <summary>A part of an amount, in minor units, that one credit gives.</summary>
public readonly record struct Draw(Credit Credit, long AmountMinor);
