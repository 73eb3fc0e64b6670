using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>The commands of a checkout: hold, take, free and give back.</summary>
public sealed partial class Wallet
{
    /// <summary>
    /// Holds an asked amount whole, or without one as much as there is up to what the order still owes. Zero frees what is held, account on hold or not;
    /// it is refused where nothing is.
    /// </summary>
    /// <param name="replaced">The order's earlier authorization, whose open part this one replaces.</param>
    /// <returns>The authorization, or null when nothing was asked for (zero), which only frees what was held.</returns>
    public Result<Authorization?> Authorize(Posting posting, AuthorizationTerms terms, Authorization? replaced)
    {
        if (terms.OrderTotalMinor < 0)
        {
            return new Refusal("amount-invalid", "An order's total cannot be less than zero.", "orderTotal");
        }

        if (terms.AmountMinor < 0)
        {
            return LedgerRefusals.NotPositive;
        }

        var held = replaced?.OpenMinor ?? 0;
        var payable = Math.Max(0, terms.OrderTotalMinor - terms.TakenMinor);
        if (terms.AmountMinor > payable || (payable == 0 && terms.TakenMinor > 0 && held == 0))
        {
            return new Refusal("exceeds-order", $"Only {Text(payable)} of the order is left to pay; no more than that can be authorized.", "amount");
        }

        if ((terms.AmountMinor ?? payable) == 0)
        {
            return held == 0 ? LedgerRefusals.NotPositive : Free(posting, replaced!);
        }

        if (account.OnHold)
        {
            return LedgerRefusals.AccountOnHold;
        }

        var today = posting.Moment.Today;
        var available = Spendable(today).Sum(credit => credit.Buckets.Available) + ReturningTo(replaced, today);
        var asked = terms.AmountMinor ?? Math.Min(available, payable);
        if (asked > available || available == 0)
        {
            return WhyNotSpendable(today) is { } why && available == 0 ? why : LedgerRefusals.Insufficient(Text(available));
        }

        if (held > 0)
        {
            ReleaseLines(posting, replaced!, timedOut: false);
        }

        var authorization = new Authorization(posting.NewId(), terms, account, store, currency, posting.Moment.Instant);
        foreach (var (credit, part) in DrawsFor(asked, today))
        {
            authorization.Draw(credit, part);
            Move(posting, credit, EntryKind.Authorize, Bucket.Available, Bucket.Authorized, part, authorization);
        }

        return authorization;
    }

    /// <summary>
    /// Takes a held amount for good, from the credits drawn first. Refused once the authorization's time has passed, whether or not what it held is freed yet. Succeeds though a credit expired or the account went on hold since: the shop promised it.
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

        if (posting.Moment.Instant >= authorization.ExpiresAt)
        {
            return LedgerRefusals.AuthorizationExpired;
        }

        if (amountMinor is <= 0)
        {
            return LedgerRefusals.NotPositive;
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

    /// <summary>Frees a part of what is held, from the credits drawn last, as when an order's total drops.</summary>
    public void ReleasePart(Posting posting, Authorization authorization, long amountMinor)
    {
        if (amountMinor <= 0 || amountMinor > authorization.OpenMinor)
        {
            throw new InvalidOperationException("No more is freed than is held.");
        }

        if (amountMinor == authorization.OpenMinor)
        {
            ReleaseLines(posting, authorization, timedOut: false);
            return;
        }

        foreach (var line in authorization.Lines.OrderByDescending(line => line.Position))
        {
            var part = Math.Min(amountMinor, line.OpenMinor);
            if (part > 0)
            {
                line.Release(part);
                Move(posting, line.Credit, EntryKind.Release, Bucket.Authorized, Bucket.Available, part, authorization);
                SettleReturned(posting, line.Credit, part);
                amountMinor -= part;
            }
        }
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
    /// Gives captured value back: to the credits it came from, last drawn first, or to a new credit where asked or where the source was invalidated,
    /// and where it has expired in a store that gives returned value days of its own.
    /// </summary>
    /// <param name="refundType">The type of a new credit.</param>
    public Result<IReadOnlyList<Draw>> Refund(Posting posting, Authorization authorization, long? amountMinor, bool toNewCredit, CreditType refundType)
    {
        if (amountMinor is <= 0)
        {
            return LedgerRefusals.NotPositive;
        }

        var refundable = authorization.CapturedMinor - authorization.RefundedMinor;
        var asked = amountMinor ?? refundable;
        if (asked > refundable || asked == 0)
        {
            return new Refusal("exceeds-captured", $"Only {Text(refundable)} can still be given back.", "amount");
        }

        var parts = RefundParts(authorization, asked);
        if (TooMuch(parts.Where(part => NeedsNewCredit(part.Line) || ReturnsAsNew(part.Line.Credit, posting.Moment.Today)).Sum(part => part.AmountMinor)) is { } tooMuch)
        {
            return tooMuch;
        }

        var returned = new List<Draw>();
        foreach (var (line, part) in parts)
        {
            line.Refund(part);
            if (NeedsNewCredit(line))
            {
                returned.Add(new Draw(OpenRefunded(posting, authorization, line.Credit, refundType, part), part));
            }
            else if (ReturnsAsNew(line.Credit, posting.Moment.Today))
            {
                returned.Add(new Draw(OpenReturned(posting, line.Credit, part, authorization), part));
            }
            else
            {
                Move(posting, line.Credit, EntryKind.Refund, Bucket.Used, Bucket.Available, part, authorization);
                SettleReturned(posting, line.Credit, part);
                returned.Add(new Draw(line.Credit, part));
            }
        }

        return Result(returned);

        bool NeedsNewCredit(AuthorizationLine line) => toNewCredit || line.Credit.IsInvalidated || line.Credit.IsDeleted;
    }

    private static List<(AuthorizationLine Line, long AmountMinor)> RefundParts(Authorization authorization, long amountMinor)
    {
        var parts = new List<(AuthorizationLine, long)>();
        foreach (var line in authorization.Lines.OrderByDescending(line => line.Position))
        {
            var part = Math.Min(amountMinor, line.RefundableMinor);
            if (part > 0)
            {
                parts.Add((line, part));
                amountMinor -= part;
            }
        }

        return parts;
    }

    private Credit OpenRefunded(Posting posting, Authorization authorization, Credit origin, CreditType type, long amountMinor)
    {
        var terms = new CreditTerms
        {
            Source = "refund",
            Origin = origin,
            Memo = posting.Details.Memo,
            ExpiresOn = type.DefaultExpiry.LastGoodDayStillToCome(posting.Moment.Today),
        };
        return Open(posting, type, amountMinor, terms, authorization);
    }

    private Result<Authorization?> Free(Posting posting, Authorization replaced)
    {
        ReleaseLines(posting, replaced, timedOut: false);
        return Result<Authorization?>.Of(null);
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
                SettleReturned(posting, line.Credit, part);
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
    /// Where the store gives returned value days of its own, it goes over to a new credit instead.
    /// </summary>
    private void SettleReturned(Posting posting, Credit credit, long amountMinor)
    {
        if (ReturnsAsNew(credit, posting.Moment.Today))
        {
            Adjust(posting, credit, -amountMinor);
            OpenReturned(posting, credit, amountMinor);
        }
        else if (credit.IsExpired(posting.Moment.Today))
        {
            Move(posting, credit, EntryKind.Expire, Bucket.Available, Bucket.Expired, amountMinor);
        }
    }

    private bool ReturnsAsNew(Credit credit, DateOnly today) => store.ReturnedValueDays is not null && credit.IsExpired(today);

    /// <summary>A credit of the expired one's own type, linked to it, good for the store's days for returned value.</summary>
    /// <param name="refunded">The authorization whose captured value it is; none where held value came back, which left the old credit.</param>
    private Credit OpenReturned(Posting posting, Credit origin, long amountMinor, Authorization? refunded = null)
    {
        var terms = new CreditTerms
        {
            Source = "returned",
            Origin = origin,
            Name = origin.Name,
            Memo = posting.Details.Memo,
            ExpiresOn = ExpiryPolicy.AfterDays(store.ReturnedValueDays!.Value).LastGoodDay(posting.Moment.Today),
        };
        return Open(posting, origin.Type, amountMinor, terms, refunded);
    }

    private long ReturningTo(Authorization? replaced, DateOnly today) =>
        replaced?.Lines.Where(line => line.Credit.IsSpendable(today) || ReturnsAsNew(line.Credit, today)).Sum(line => line.OpenMinor) ?? 0;

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

    /// <summary>The order that it pays; null where it pays an invoice.</summary>
    public string? OrderNumber { get; init; }

    public string? InvoiceNumber { get; init; }

    public required long OrderTotalMinor { get; init; }

    /// <summary>What the order has from other authorizations already: captured and not given back.</summary>
    public long TakenMinor { get; init; }

    public long? AmountMinor { get; init; }

    public Contact? Contact { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
