using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Ledger;

public enum CreditStatus
{
    Active,
    Scheduled,
    UsedUp,
    Expired,
    Invalidated,
    Deleted,
}

/// <summary>
/// One grant to an account: in one store and one currency, of one type, with its own expiry. Its money moves only through a <see cref="Wallet"/>.
/// </summary>
public sealed class Credit
{
    public const int MaxNameLength = 100;
    public const int MaxTextLength = 2000;

    private Credit()
    {
    }

    internal Credit(Guid publicId, Account account, Store store, Currency currency, CreditType type, CreditTerms terms, Actor actor, Moment moment)
    {
        PublicId = publicId;
        AccountId = account.Id;
        Account = account;
        StoreId = store.Id;
        Store = store;
        CurrencyCode = currency.Code;
        TypeId = type.Id;
        Type = type;
        Name = terms.Name;
        Memo = terms.Memo;
        CustomerNote = terms.CustomerNote;
        Source = terms.Source;
        OriginCredit = terms.Origin;
        EffectiveOn = terms.EffectiveOn ?? moment.Today;
        ExpiresOn = terms.ExpiresOn;
        IssuedAt = moment.Instant;
        IssuedOn = moment.Today;
        CreatedBy = actor.Name;
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public long AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    public int StoreId { get; private set; }

    public Store Store { get; private set; } = null!;

    public string CurrencyCode { get; private set; } = "";

    public Currency Currency => Currency.Of(CurrencyCode);

    public int TypeId { get; private set; }

    public CreditType Type { get; private set; } = null!;

    public string? Name { get; private set; }

    /// <summary>For staff only; customers never see it.</summary>
    public string? Memo { get; private set; }

    public string? CustomerNote { get; private set; }

    /// <summary>How the credit came to be: <c>staff</c>, <c>api</c>, <c>import</c>, <c>refund</c>, <c>returned</c>, <c>sample</c>, or a rule's method.</summary>
    public string Source { get; private set; } = "";

    /// <summary>The credit whose value came back as this one, where there is one.</summary>
    public Credit? OriginCredit { get; private set; }

    public long? OriginCreditId { get; private set; }

    public long OpeningMinor { get; private set; }

    public Buckets Buckets { get; private set; } = new();

    public DateTimeOffset IssuedAt { get; private set; }

    /// <summary>The store's date on which the credit was issued.</summary>
    public DateOnly IssuedOn { get; private set; }

    /// <summary>The first day, in the store's time zone, on which the credit can be spent.</summary>
    public DateOnly EffectiveOn { get; private set; }

    /// <summary>The last good day, in the store's time zone; null when the credit never expires.</summary>
    public DateOnly? ExpiresOn { get; private set; }

    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset? InvalidatedAt { get; private set; }

    public string? InvalidatedBy { get; private set; }

    public string? InvalidationReason { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Counts changes, so that two people who edit one credit at once do not overwrite each other.</summary>
    public int Version { get; private set; }

    /// <summary>True once any of it was authorized, used, debited, expired or reclaimed, though it may have come back since.</summary>
    public bool WasEverDrawn { get; private set; }

    public bool IsInvalidated => InvalidatedAt is not null;

    public bool IsDeleted => DeletedAt is not null;

    public bool IsExpired(DateOnly today) => ExpiresOn < today;

    /// <summary>True when new authorizations may draw on it: valid, effective, unexpired. Says nothing of its amount.</summary>
    public bool IsSpendable(DateOnly today) => !IsInvalidated && !IsDeleted && EffectiveOn <= today && !IsExpired(today);

    public CreditStatus StatusOn(DateOnly today) =>
        IsDeleted ? CreditStatus.Deleted
        : IsInvalidated ? CreditStatus.Invalidated
        : IsExpired(today) && Buckets.Available + Buckets.Authorized + Buckets.Expired > 0 ? CreditStatus.Expired
        : Buckets.Available == 0 && Buckets.Authorized == 0 ? CreditStatus.UsedUp
        : EffectiveOn > today ? CreditStatus.Scheduled
        : CreditStatus.Active;

    public void Describe(string? name, string? memo, string? customerNote)
    {
        Name = name;
        Memo = memo;
        CustomerNote = customerNote;
        Version++;
    }

    internal void Move(Bucket from, Bucket to, long amountMinor)
    {
        Buckets.Move(from, to, amountMinor);
        WasEverDrawn |= to is Bucket.Authorized or Bucket.Used or Bucket.Expired or Bucket.Reclaimed;
        Version++;
    }

    internal void Open(long amountMinor) => OpeningMinor = amountMinor;

    internal void MarkDrawn() => WasEverDrawn = true;

    internal void ChangeExpiry(DateOnly? expiresOn)
    {
        ExpiresOn = expiresOn;
        Version++;
    }

    internal void MarkInvalidated(Actor actor, Moment moment, string reason)
    {
        InvalidatedAt = moment.Instant;
        InvalidatedBy = actor.Name;
        InvalidationReason = reason;
        Version++;
    }

    internal void MarkDeleted(Moment moment)
    {
        DeletedAt = moment.Instant;
        Version++;
    }
}

/// <summary>What a new credit says of itself beside its amount.</summary>
public sealed record CreditTerms
{
    public required string Source { get; init; }

    public string? Name { get; init; }

    public string? Memo { get; init; }

    public string? CustomerNote { get; init; }

    public DateOnly? EffectiveOn { get; init; }

    public DateOnly? ExpiresOn { get; init; }

    public Credit? Origin { get; init; }
}

/// <summary>An instant and the store's date at that instant. The ledger never asks a clock.</summary>
/// <param name="FirstOpenDay">The first day that the store's books are open for. Nothing is dated before it.</param>
public readonly record struct Moment(DateTimeOffset Instant, DateOnly Today, DateOnly FirstOpenDay = default)
{
    /// <summary>The day that an entry takes effect on: its true one, or the first open day where the books of that day are locked.</summary>
    public DateOnly OpenDay(DateOnly trueDay) => trueDay < FirstOpenDay ? FirstOpenDay : trueDay;
}
