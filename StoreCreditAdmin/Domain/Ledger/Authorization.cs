using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Ledger;

public enum AuthorizationStatus
{
    Open,
    Captured,
    PartlyCaptured,
    Voided,
    Expired,
    Refunded,
}

/// <summary>An amount held for an order, with one line for each credit that it draws on, in the order drawn.</summary>
public sealed class Authorization
{
    public const int MaxOrderNumberLength = 100;

    private readonly List<AuthorizationLine> lines = [];

    private Authorization()
    {
    }

    internal Authorization(Guid publicId, AuthorizationTerms terms, Account account, Store store, Currency currency, DateTimeOffset createdAt)
    {
        PublicId = publicId;
        Code = terms.Code;
        Account = account;
        AccountId = account.Id;
        Store = store;
        StoreId = store.Id;
        CurrencyCode = currency.Code;
        Contact = terms.Contact;
        ContactId = terms.Contact?.Id;
        OrderNumber = terms.OrderNumber;
        InvoiceNumber = terms.InvoiceNumber;
        CreatedAt = createdAt;
        ExpiresAt = terms.ExpiresAt;
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public string Code { get; private set; } = "";

    public long AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    public int StoreId { get; private set; }

    public Store Store { get; private set; } = null!;

    public string CurrencyCode { get; private set; } = "";

    public Currency Currency => Currency.Of(CurrencyCode);

    public long? ContactId { get; private set; }

    /// <summary>The contact who acted for the account, where the shop named one.</summary>
    public Contact? Contact { get; private set; }

    /// <summary>The order that it pays; null where it pays an invoice.</summary>
    public string? OrderNumber { get; private set; }

    public string? InvoiceNumber { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When an open rest is released by itself.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? VoidedAt { get; private set; }

    /// <summary>True when the rest was released because <see cref="ExpiresAt"/> passed.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>True while anything is held; kept as a column so that open ones are found by an index.</summary>
    public bool IsOpen { get; private set; }

    public IReadOnlyList<AuthorizationLine> Lines => lines;

    public long AuthorizedMinor => lines.Sum(line => line.AuthorizedMinor);

    public long CapturedMinor => lines.Sum(line => line.CapturedMinor);

    public long ReleasedMinor => lines.Sum(line => line.ReleasedMinor);

    public long RefundedMinor => lines.Sum(line => line.RefundedMinor);

    public long OpenMinor => lines.Sum(line => line.OpenMinor);

    public AuthorizationStatus Status =>
        CapturedMinor > 0 && RefundedMinor == CapturedMinor && !IsOpen ? AuthorizationStatus.Refunded
        : CapturedMinor > 0 ? CapturedMinor == AuthorizedMinor ? AuthorizationStatus.Captured : AuthorizationStatus.PartlyCaptured
        : IsOpen ? AuthorizationStatus.Open
        : TimedOut ? AuthorizationStatus.Expired
        : AuthorizationStatus.Voided;

    internal AuthorizationLine Draw(Credit credit, long amountMinor)
    {
        var line = new AuthorizationLine(this, credit, lines.Count, amountMinor);
        lines.Add(line);
        IsOpen = true;
        return line;
    }

    internal void MarkVoided(Moment moment, bool timedOut)
    {
        VoidedAt = moment.Instant;
        TimedOut = timedOut;
    }

    internal void Settle() => IsOpen = OpenMinor > 0;
}

/// <summary>The part of an authorization that one credit gives. Captured and released never pass authorized; refunded never passes captured.</summary>
public sealed class AuthorizationLine
{
    private AuthorizationLine()
    {
    }

    internal AuthorizationLine(Authorization authorization, Credit credit, int position, long authorizedMinor)
    {
        Authorization = authorization;
        Credit = credit;
        CreditId = credit.Id;
        Position = position;
        AuthorizedMinor = authorizedMinor;
    }

    public long Id { get; private set; }

    public long AuthorizationId { get; private set; }

    public Authorization Authorization { get; private set; } = null!;

    public long CreditId { get; private set; }

    public Credit Credit { get; private set; } = null!;

    /// <summary>0 for the credit drawn first.</summary>
    public int Position { get; private set; }

    public long AuthorizedMinor { get; private set; }

    public long CapturedMinor { get; private set; }

    public long ReleasedMinor { get; private set; }

    public long RefundedMinor { get; private set; }

    public long OpenMinor => AuthorizedMinor - CapturedMinor - ReleasedMinor;

    public long RefundableMinor => CapturedMinor - RefundedMinor;

    internal void Capture(long amountMinor)
    {
        Require(amountMinor > 0 && amountMinor <= OpenMinor);
        CapturedMinor += amountMinor;
    }

    internal void Release(long amountMinor)
    {
        Require(amountMinor > 0 && amountMinor <= OpenMinor);
        ReleasedMinor += amountMinor;
    }

    internal void Refund(long amountMinor)
    {
        Require(amountMinor > 0 && amountMinor <= RefundableMinor);
        RefundedMinor += amountMinor;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("An authorization line gives an amount above zero and no more than it has.");
        }
    }
}
