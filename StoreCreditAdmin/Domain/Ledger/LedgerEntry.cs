using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>
/// One movement of an amount above zero from one bucket of one credit to another, or from or to outside. Never changed, never deleted.
/// </summary>
public sealed class LedgerEntry
{
    private LedgerEntry()
    {
    }

    internal LedgerEntry(
        Guid publicId,
        Posting posting,
        Account account,
        Credit credit,
        AccountBalance balance,
        EntryKind kind,
        Bucket from,
        Bucket to,
        long amountMinor,
        DateOnly effectiveOn,
        DateTimeOffset recordedAt,
        Authorization? authorization)
    {
        PublicId = publicId;
        Operation = posting.Operation;
        Account = account;
        AccountId = account.Id;
        Credit = credit;
        StoreId = credit.StoreId;
        CurrencyCode = credit.CurrencyCode;
        Sequence = account.LastSequence + 1;
        Kind = kind;
        From = from;
        To = to;
        AmountMinor = amountMinor;
        RecordedAt = recordedAt;
        EffectiveOn = effectiveOn;
        IsBackDated = effectiveOn < balance.LastEffectiveOn;
        ActorKind = posting.Actor.Kind;
        ActorId = posting.Actor.Id;
        ActorName = posting.Actor.Name;
        Reason = posting.Details.Reason;
        ReasonId = posting.Details.Reason?.Id;
        Memo = posting.Details.Memo;
        OrderNumber = posting.Details.OrderNumber ?? authorization?.OrderNumber;
        InvoiceNumber = posting.Details.InvoiceNumber ?? authorization?.InvoiceNumber;
        Authorization = authorization;
        AvailableAfter = credit.Buckets.Available;
        AccountAvailableAfter = balance.Buckets.Available;
        AccountAuthorizedAfter = balance.Buckets.Authorized;
        PreviousHash = account.LastHash;
        Hash = EntryHash.Of(this, account.PublicId, posting.Operation.PublicId, credit.PublicId, posting.Details.Reason?.Code, authorization?.Code);
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public long OperationId { get; private set; }

    public Operation Operation { get; private set; } = null!;

    public long AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    /// <summary>1, 2, 3 … within the account, without gaps.</summary>
    public long Sequence { get; private set; }

    public long CreditId { get; private set; }

    public Credit Credit { get; private set; } = null!;

    public int StoreId { get; private set; }

    public string CurrencyCode { get; private set; } = "";

    public EntryKind Kind { get; private set; }

    public Bucket From { get; private set; }

    public Bucket To { get; private set; }

    public long AmountMinor { get; private set; }

    /// <summary>Never earlier than the account's entry before.</summary>
    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>The date, in the store's time zone, by which statements and reports go.</summary>
    public DateOnly EffectiveOn { get; private set; }

    /// <summary>
    /// Whether an entry before it, of the same account, store and currency, took effect on a later day. Follows from the entries, so the hash leaves it out;
    /// it is kept so that the balance of any day is found without adding up the history.
    /// </summary>
    public bool IsBackDated { get; private set; }

    public ActorKind ActorKind { get; private set; }

    public string ActorId { get; private set; } = "";

    public string ActorName { get; private set; } = "";

    public int? ReasonId { get; private set; }

    public Reason? Reason { get; private set; }

    public string? Memo { get; private set; }

    public string? OrderNumber { get; private set; }

    public string? InvoiceNumber { get; private set; }

    public long? AuthorizationId { get; private set; }

    public Authorization? Authorization { get; private set; }

    /// <summary>The credit's available value after this entry.</summary>
    public long AvailableAfter { get; private set; }

    /// <summary>The available value of the account's store and currency after this entry.</summary>
    public long AccountAvailableAfter { get; private set; }

    public long AccountAuthorizedAfter { get; private set; }

    public byte[] PreviousHash { get; private set; } = [];

    public byte[] Hash { get; private set; } = [];
}
