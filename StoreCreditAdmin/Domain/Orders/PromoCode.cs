using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Domain.Orders;

public enum PromoCodeKind
{
    Promo,

    /// <summary>One that a customer passes on, who may get credit too.</summary>
    Referral,
}

/// <summary>A code that gives a fixed credit to whoever pays an order with it.</summary>
public sealed class PromoCode
{
    public const int MaxCodeLength = 50;

    private PromoCode()
    {
    }

    public PromoCode(string code, PromoCodeKind kind, PromoCodeTerms terms)
    {
        Code = code;
        CodeKey = KeyOf(code);
        Kind = kind;
        Set(terms);
    }

    public int Id { get; private set; }

    public string Code { get; private set; } = "";

    /// <summary>The code as it is compared: without regard to case.</summary>
    public string CodeKey { get; private set; } = "";

    public PromoCodeKind Kind { get; private set; }

    public long AmountMinor { get; private set; }

    public string CurrencyCode { get; private set; } = "";

    public Currency Currency => Currency.Of(CurrencyCode);

    public int TypeId { get; private set; }

    public CreditType Type { get; private set; } = null!;

    /// <summary>By the store's date on which an order was placed.</summary>
    public DateOnly? ValidFrom { get; private set; }

    /// <summary>Inclusive.</summary>
    public DateOnly? ValidTo { get; private set; }

    public int PerCustomer { get; private set; } = 1;

    /// <summary>How often it can be used in all; null for any number.</summary>
    public int? Total { get; private set; }

    public long? ReferrerAccountId { get; private set; }

    /// <summary>Who gets <see cref="ReferrerAmountMinor"/> each time that somebody else uses the code.</summary>
    public Account? ReferrerAccount { get; private set; }

    public long? ReferrerAmountMinor { get; private set; }

    /// <summary>One that is not gives nothing, whatever its days and limits.</summary>
    public bool Active { get; private set; } = true;

    /// <summary>Counts changes, so that two people who edit it at once do not overwrite each other.</summary>
    public int Version { get; private set; }

    /// <summary>Counts from now on; what it gave before stays.</summary>
    public void Change(PromoCodeTerms terms)
    {
        Set(terms);
        Version++;
    }

    public static string KeyOf(string code) => code.Trim().ToUpperInvariant();

    public bool IsValidOn(DateOnly day) => !(day < ValidFrom) && !(day > ValidTo);

    private void Set(PromoCodeTerms terms)
    {
        (AmountMinor, CurrencyCode) = (terms.Amount.Minor, terms.Amount.Currency.Code);
        (Type, TypeId) = (terms.Type, terms.Type.Id);
        (ValidFrom, ValidTo) = (terms.ValidFrom, terms.ValidTo);
        (PerCustomer, Total) = (terms.PerCustomer, terms.Total);
        (ReferrerAccount, ReferrerAccountId, ReferrerAmountMinor) = (terms.ReferrerAccount, terms.ReferrerAccount?.Id, terms.ReferrerAmountMinor);
        Active = terms.Active;
    }
}

/// <summary>What a code gives, to whom, when and how often: all that may change.</summary>
public sealed record PromoCodeTerms
{
    public required Money Amount { get; init; }

    public required CreditType Type { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    public int PerCustomer { get; init; } = 1;

    public int? Total { get; init; }

    public Account? ReferrerAccount { get; init; }

    public long? ReferrerAmountMinor { get; init; }

    public bool Active { get; init; } = true;
}

/// <summary>One use of a code, by one order.</summary>
public sealed class PromoCodeUse
{
    private PromoCodeUse()
    {
    }

    public PromoCodeUse(PromoCode code, Account account, string orderNumber, Credit credit, DateTimeOffset at)
    {
        PromoCode = code;
        PromoCodeId = code.Id;
        (Account, AccountId) = (account, account.Id);
        OrderNumber = orderNumber;
        Credit = credit;
        At = at;
    }

    public long Id { get; private set; }

    public int PromoCodeId { get; private set; }

    public PromoCode PromoCode { get; private set; } = null!;

    public long AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    public string OrderNumber { get; private set; } = "";

    public long CreditId { get; private set; }

    public Credit Credit { get; private set; } = null!;

    public long? ReferrerCreditId { get; private set; }

    /// <summary>What the referrer got for it.</summary>
    public Credit? ReferrerCredit { get; private set; }

    public DateTimeOffset At { get; private set; }

    public void GaveReferrer(Credit credit) => ReferrerCredit = credit;
}
