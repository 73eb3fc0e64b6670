using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Invoices;

public enum InvoiceStatus
{
    Open,
    Paid,
    Voided,
}

/// <summary>An invoice that a billing system reported. What credit pays of it stands in the authorizations that name it.</summary>
public sealed class Invoice
{
    public const int MaxNumberLength = 100;
    public const int MaxKindLength = 50;

    private Invoice()
    {
    }

    public Invoice(Guid publicId, string number, Account account, Store store, string kind, Money total, DateOnly issuedOn, DateOnly dueOn, DateTimeOffset recordedAt)
    {
        PublicId = publicId;
        Number = number;
        Account = account;
        AccountId = account.Id;
        Store = store;
        StoreId = store.Id;
        Kind = kind;
        CurrencyCode = total.Currency.Code;
        TotalMinor = total.Minor;
        IssuedOn = issuedOn;
        DueOn = dueOn;
        RecordedAt = recordedAt;
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public string Number { get; private set; } = "";

    public long AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    public int StoreId { get; private set; }

    public Store Store { get; private set; } = null!;

    /// <summary><c>user</c>, <c>valet</c>, <c>self-storage</c> or another word of the billing system.</summary>
    public string Kind { get; private set; } = "";

    public string CurrencyCode { get; private set; } = "";

    public Currency Currency => Currency.Of(CurrencyCode);

    public long TotalMinor { get; private set; }

    public DateOnly IssuedOn { get; private set; }

    public DateOnly DueOn { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>What credit paid of it, in minor units: captured less given back. Kept so that open invoices are found by an index.</summary>
    public long CreditMinor { get; private set; }

    public DateTimeOffset? PaidAt { get; private set; }

    public DateTimeOffset? VoidedAt { get; private set; }

    /// <summary>True once credit was taken out of it: from then on it takes credit by hand only, else what was taken out would come back at once.</summary>
    public bool ByHandOnly { get; private set; }

    /// <summary>What is left to pay; nothing once it is voided.</summary>
    public long BalanceMinor => VoidedAt is null ? TotalMinor - CreditMinor : 0;

    /// <summary>True where it takes credit by itself, as its store's settings say for invoices of its kind.</summary>
    public bool IsAutomatic => !ByHandOnly && Store.IsAutoInvoiceKind(Kind);

    public InvoiceStatus Status => VoidedAt is not null ? InvoiceStatus.Voided : PaidAt is not null ? InvoiceStatus.Paid : InvoiceStatus.Open;

    /// <summary>Whether it is the invoice that is reported again: an invoice never changes.</summary>
    public bool SaysTheSameAs(Invoice other) =>
        (Number, AccountId, StoreId, Kind, CurrencyCode, TotalMinor, IssuedOn, DueOn)
        == (other.Number, other.AccountId, other.StoreId, other.Kind, other.CurrencyCode, other.TotalMinor, other.IssuedOn, other.DueOn);

    public void RecordCredit(long amountMinor)
    {
        if (amountMinor <= 0 || amountMinor > BalanceMinor)
        {
            throw new InvalidOperationException("Credit pays no more than the balance of an invoice.");
        }

        CreditMinor += amountMinor;
    }

    /// <summary>Credit that paid it went back to where it came from. What was paid is open again.</summary>
    public void ReturnCredit(long amountMinor)
    {
        if (amountMinor <= 0 || amountMinor > CreditMinor)
        {
            throw new InvalidOperationException("No more credit goes back than paid the invoice.");
        }

        CreditMinor -= amountMinor;
        ByHandOnly = true;
        PaidAt = null;
    }

    /// <exception cref="InvalidOperationException">Something is left to pay, or it is voided.</exception>
    public void MarkPaid(DateTimeOffset at)
    {
        if (BalanceMinor > 0 || VoidedAt is not null)
        {
            throw new InvalidOperationException("Only an invoice with nothing left to pay is paid.");
        }

        PaidAt ??= at;
    }

    /// <summary>It is owed no more. What credit paid of it is for the ledger to give back.</summary>
    public void Void(DateTimeOffset at) => VoidedAt ??= at;
}
