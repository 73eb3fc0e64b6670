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

    public PromoCode(string code, PromoCodeKind kind, Money amount, CreditType type)
    {
        Code = code;
        CodeKey = KeyOf(code);
        Kind = kind;
        AmountMinor = amount.Minor;
        CurrencyCode = amount.Currency.Code;
        Type = type;
        TypeId = type.Id;
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
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Inclusive.</summary>
    public DateOnly? ValidTo { get; init; }

    public int PerCustomer { get; init; } = 1;

    /// <summary>How often it can be used in all; null for any number.</summary>
    public int? Total { get; init; }

    public long? ReferrerAccountId { get; private set; }

    /// <summary>Who gets <see cref="ReferrerAmountMinor"/> each time that somebody else uses the code.</summary>
    public Account? ReferrerAccount { get; init; }

    public long? ReferrerAmountMinor { get; init; }

    public static string KeyOf(string code) => code.Trim().ToUpperInvariant();

    public bool IsValidOn(DateOnly day) => !(day < ValidFrom) && !(day > ValidTo);
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
        AccountId = account.Id;
        OrderNumber = orderNumber;
        Credit = credit;
        At = at;
    }

    public long Id { get; private set; }

    public int PromoCodeId { get; private set; }

    public PromoCode PromoCode { get; private set; } = null!;

    public long AccountId { get; private set; }

    public string OrderNumber { get; private set; } = "";

    public long CreditId { get; private set; }

    public Credit Credit { get; private set; } = null!;

    public DateTimeOffset At { get; private set; }
}
