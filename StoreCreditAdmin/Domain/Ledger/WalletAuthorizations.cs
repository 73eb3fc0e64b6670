using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>The commands of a checkout: hold, take, free and give back.</summary>
public sealed partial class Wallet
{
    /// <summary>Holds an asked amount whole, or without one as much as there is up to the order's total.</summary>
    /// <param name="replaced">The order's earlier authorization, whose open part this one replaces.</param>
    /// <returns>The authorization, or null when nothing was asked for (zero), which only frees what was held.</returns>
    public Result<Authorization?> Authorize(Posting posting, AuthorizationTerms terms, Authorization? replaced)
    {
        var today = posting.Moment.Today;
        if (account.OnHold)
        {
            return LedgerRefusals.AccountOnHold;
        }

        if (terms.OrderTotalMinor < 0 || terms.AmountMinor < 0)
        {
            return new Refusal("amount-invalid", "The amount must be more than zero.", "amount");
        }

        if (terms.AmountMinor > terms.OrderTotalMinor)
        {
            return new Refusal("exceeds-order", $"The order is {Text(terms.OrderTotalMinor)}; no more than that can be authorized.", "amount");
        }

        var replaceable = replaced?.OpenMinor ?? 0;
        var available = Spendable(today).Sum(credit => credit.Buckets.Available) + ReturningTo(replaced, today);
        var asked = terms.AmountMinor ?? Math.Min(available, terms.OrderTotalMinor);
        if (asked > available || (asked == 0 && terms.AmountMinor is null))
        {
            return WhyNotSpendable(today) is { } why && available == 0 ? why : LedgerRefusals.Insufficient(Text(available));
        }

        if (replaced is not null && replaceable > 0)
        {
            ReleaseLines(posting, replaced, timedOut: false);
        }

        if (asked == 0)
        {
            return Result<Authorization?>.Of(null);
        }

        var authorization = new Authorization(
            posting.NewId(), terms.Code, account, store.Id, currency, terms.ContactId, terms.OrderNumber, posting.Moment.Instant, terms.ExpiresAt);
        foreach (var (credit, part) in DrawsFor(asked, today))
        {
            authorization.Draw(credit, part);
            Move(posting, credit, EntryKind.Authorize, Bucket.Available, Bucket.Authorized, part, authorization);
        }

        return authorization;
    }

    /// <summary>
    /// Takes a held amount for good, credits drawn first first. Succeeds though a credit expired or the account went on hold since: the shop promised it.
    /// </summary>
    public Result<Authorization> Capture(Posting posting, Authorization authorization, long? amountMinor, bool keepRest)
    {
        var open = authorization.OpenMinor;
        if (open == 0)
        {
            return authorization.CapturedMinor > 0 ? LedgerRefusals.AlreadyCaptured
                : authorization.TimedOut ? LedgerRefusals.AuthorizationExpired
                : LedgerRefusals.AlreadyVoided;
        }

        if (amountMinor is <= 0)
        {
            return new Refusal("amount-invalid", "The amount must be more than zero.", "amount");
        }

        var asked = amountMinor ?? open;
        if (asked > open)
        {
            return new Refusal("exceeds-authorized", $"Only {Text(open)} is held.", "amount");
        }

        var rest = asked;
        foreach (var line in authorization.Lines.OrderBy(line => line.Position))
        {
            var part = Math.Min(rest, line.OpenMinor);
            if (part > 0)
            {
                line.Capture(part);
                Move(posting, line.Credit, EntryKind.Capture, Bucket.Authorized, Bucket.Used, part, authorization);
                rest -= part;
            }
        }

        if (!keepRest)
        {
            ReleaseLines(posting, authorization, timedOut: false);
        }

        authorization.Settle();
        return authorization;
    }

    /// <summary>Frees what is held. A second call changes nothing; refused once anything was captured.</summary>
    public Result<Authorization> Void(Posting posting, Authorization authorization)
    {
        if (authorization.CapturedMinor > 0)
        {
            return LedgerRefusals.AlreadyCaptured;
        }

        ReleaseLines(posting, authorization, timedOut: false);
        return authorization;
    }

    /// <summary>Frees what is still held once its time has passed. Does nothing before, and nothing a second time.</summary>
    public bool ReleaseStale(Posting posting, Authorization authorization)
    {
        if (!authorization.IsOpen || posting.Moment.Instant < authorization.ExpiresAt)
        {
            return false;
        }

        ReleaseLines(posting, authorization, timedOut: true);
        return true;
    }

    /// <summary>
    /// Gives captured value back: to the credits it came from, last drawn first, or to a new credit where asked or where the source was invalidated.
    /// </summary>
    /// <param name="refundType">The type of a new credit.</param>
    public Result<IReadOnlyList<Draw>> Refund(Posting posting, Authorization authorization, long? amountMinor, bool toNewCredit, CreditType refundType)
    {
        var refundable = authorization.CapturedMinor - authorization.RefundedMinor;
        if (amountMinor is <= 0)
        {
            return new Refusal("amount-invalid", "The amount must be more than zero.", "amount");
        }

        var asked = amountMinor ?? refundable;
        if (asked > refundable || asked == 0)
        {
            return new Refusal("exceeds-captured", $"Only {Text(refundable)} can still be given back.", "amount");
        }

        var returned = new List<Draw>();
        var rest = asked;
        foreach (var line in authorization.Lines.OrderByDescending(line => line.Position))
        {
            var part = Math.Min(rest, line.RefundableMinor);
            if (part == 0)
            {
                continue;
            }

            rest -= part;
            line.Refund(part);
            if (toNewCredit || line.Credit.IsInvalidated || line.Credit.IsDeleted)
            {
                var terms = new CreditTerms { Source = "refund", Origin = line.Credit, Memo = posting.Details.Memo };
                returned.Add(new Draw(Open(posting, refundType, part, terms), part));
            }
            else
            {
                Move(posting, line.Credit, EntryKind.Refund, Bucket.Used, Bucket.Available, part, authorization);
                ExpireReturned(posting, line.Credit, part);
                returned.Add(new Draw(line.Credit, part));
            }
        }

        return Result(returned);
    }

    private void ReleaseLines(Posting posting, Authorization authorization, bool timedOut)
    {
        var wasOpen = authorization.IsOpen;
        foreach (var line in authorization.Lines.OrderBy(line => line.Position))
        {
            var part = line.OpenMinor;
            if (part > 0)
            {
                line.Release(part);
                Move(posting, line.Credit, EntryKind.Release, Bucket.Authorized, Bucket.Available, part, authorization);
                ExpireReturned(posting, line.Credit, part);
            }
        }

        authorization.Settle();
        if (wasOpen && authorization.CapturedMinor == 0)
        {
            authorization.MarkVoided(posting.Moment, timedOut);
        }
    }

    /// <summary>
    /// Value that comes back to a credit after its last good day expires again at once, on the day it came back: until then it was outstanding.
    /// </summary>
    private void ExpireReturned(Posting posting, Credit credit, long amountMinor)
    {
        if (credit.IsExpired(posting.Moment.Today))
        {
            Move(posting, credit, EntryKind.Expire, Bucket.Available, Bucket.Expired, amountMinor);
        }
    }

    private static long ReturningTo(Authorization? replaced, DateOnly today) =>
        replaced?.Lines.Where(line => line.Credit.IsSpendable(today)).Sum(line => line.OpenMinor) ?? 0;

    private Refusal? WhyNotSpendable(DateOnly today)
    {
        var withValue = credits.Where(credit => credit.Buckets.Available > 0 || credit.Buckets.Expired > 0 || credit.IsInvalidated).ToList();
        return withValue.Count == 0 ? null
            : withValue.Any(credit => !credit.IsInvalidated && credit.IsExpired(today)) ? new Refusal("credit-expired", "The credit has expired.")
            : withValue.Any(credit => !credit.IsInvalidated && credit.EffectiveOn > today) ? new Refusal("credit-not-effective", "The credit cannot be spent yet.")
            : withValue.All(credit => credit.IsInvalidated) ? new Refusal("credit-invalidated", "The credit was invalidated.")
            : null;
    }
}

/// <summary>What an authorization is for. Amounts in minor units; without <see cref="AmountMinor"/>, as much as possible; zero frees what is held.</summary>
public sealed record AuthorizationTerms
{
    public required string Code { get; init; }

    public required string OrderNumber { get; init; }

    public required long OrderTotalMinor { get; init; }

    public long? AmountMinor { get; init; }

    public long? ContactId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
