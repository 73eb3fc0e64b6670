using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>What a caller asked for once: a kind, an idempotency key and the hash of the request. Its outcome stands beside it, for ever.</summary>
public sealed class Operation
{
    public const int MaxKeyLength = 300;

    private Operation()
    {
    }

    internal Operation(Guid publicId, string kind, string key, byte[] requestHash, Actor actor, DateTimeOffset recordedAt)
    {
        PublicId = publicId;
        Kind = kind;
        Key = key;
        RequestHash = requestHash;
        ActorName = actor.Name;
        RecordedAt = recordedAt;
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public string Kind { get; private set; } = "";

    public string Key { get; private set; } = "";

    public byte[] RequestHash { get; private set; } = [];

    public string ActorName { get; private set; } = "";

    public DateTimeOffset RecordedAt { get; private set; }
}

/// <summary>The first answer to an <see cref="Operation"/>: the refusal's code, or null, and the answer as JSON.</summary>
public sealed class OperationOutcome
{
    private OperationOutcome()
    {
    }

    internal OperationOutcome(Operation operation, string? refusalCode, string answer)
    {
        Operation = operation;
        RefusalCode = refusalCode;
        Answer = answer;
    }

    public long OperationId { get; private set; }

    public Operation Operation { get; private set; } = null!;

    public string? RefusalCode { get; private set; }

    public string Answer { get; private set; } = "";
}

/// <summary>What entries of an operation say beside the movement.</summary>
public sealed record EntryDetails
{
    public static readonly EntryDetails None = new();

    public Reason? Reason { get; init; }

    public string? Memo { get; init; }

    public string? OrderNumber { get; init; }

    public string? InvoiceNumber { get; init; }
}

/// <summary>The circumstances of a posting: for which operation, by whom, when, why. <see cref="NewId"/> gives ids for what is made.</summary>
public sealed record Posting(Operation Operation, Actor Actor, Moment Moment, EntryDetails Details, Func<Guid> NewId);

/// <summary>An account's value in one store and currency, by bucket: the sums of its credits, kept with every entry.</summary>
public sealed class AccountBalance
{
    private AccountBalance()
    {
    }

    internal AccountBalance(Account account, Store store, Currency currency)
    {
        Account = account;
        AccountId = account.Id;
        Store = store;
        StoreId = store.Id;
        CurrencyCode = currency.Code;
    }

    public long AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    public int StoreId { get; private set; }

    public Store Store { get; private set; } = null!;

    public string CurrencyCode { get; private set; } = "";

    public Buckets Buckets { get; private set; } = new();

    /// <summary>The latest day on which an entry took effect; null before the first.</summary>
    public DateOnly? LastEffectiveOn { get; private set; }

    internal void Advance(LedgerEntry entry)
    {
        if (!entry.IsBackDated)
        {
            LastEffectiveOn = entry.EffectiveOn;
        }
    }
}
