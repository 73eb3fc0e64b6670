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

    public long BalanceMinor => TotalMinor - CreditMinor;

    public InvoiceStatus Status => VoidedAt is not null ? InvoiceStatus.Voided : PaidAt is not null ? InvoiceStatus.Paid : InvoiceStatus.Open;

    public void RecordCredit(long amountMinor)
    {
        if (amountMinor <= 0 || amountMinor > BalanceMinor)
        {
            throw new InvalidOperationException("Credit pays no more than the balance of an invoice.");
        }

        CreditMinor += amountMinor;
    }

    public void MarkPaid(DateTimeOffset at) => PaidAt ??= at;

    public void Void(DateTimeOffset at)
    {
        VoidedAt ??= at;
        CreditMinor = 0;
    }
}
