using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;

namespace StoreCreditAdmin.Domain.Earning;

/// <summary>
/// What one rule gave to an account, for an order or for registering, once; or why it gave nothing. Amounts in minor units of <see cref="CurrencyCode"/>.
/// </summary>
public sealed class Award
{
    public const int MaxReasonLength = 50;

    private Award()
    {
    }

    /// <param name="order">In whose currency the award is; null for a registration, whose award is in the rule's.</param>
    public Award(Guid publicId, EarningRule rule, Store store, Account account, Order? order, DateTimeOffset at)
    {
        PublicId = publicId;
        RuleVersion = rule.Current;
        RuleVersionId = rule.Current.Id;
        RuleId = rule.Id;
        Method = rule.Method;
        StoreId = store.Id;
        Account = account;
        AccountId = account.Id;
        Order = order;
        OrderId = order?.Id;
        CurrencyCode = order?.CurrencyCode ?? rule.Current.CurrencyCode;
        At = at;
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public int RuleId { get; private set; }

    public int RuleVersionId { get; private set; }

    /// <summary>The version that gave it.</summary>
    public EarningRuleVersion RuleVersion { get; private set; } = null!;

    public EarningMethod Method { get; private set; }

    public int StoreId { get; private set; }

    public long AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    /// <summary>Null for a registration.</summary>
    public long? OrderId { get; private set; }

    public Order? Order { get; private set; }

    public string CurrencyCode { get; private set; } = "";

    public Currency Currency => Currency.Of(CurrencyCode);

    /// <summary>What the rule measured: the order's base.</summary>
    public long BaseMinor { get; init; }

    /// <summary>What earlier orders left over for this one, and what this one leaves, where the rule carries it.</summary>
    public long CarryBeforeMinor { get; init; }

    public long CarryAfterMinor { get; init; }

    public long AmountMinor { get; init; }

    /// <summary>Why nothing was given; see <see cref="EarningReasons"/>, or a refusal's code. Null where something was.</summary>
    public string? Reason { get; init; }

    public long? CreditId { get; private set; }

    /// <summary>The credit that it gave.</summary>
    public Credit? Credit { get; init; }

    /// <summary>How much of the order was given back since, as far as this award has taken its share back for it.</summary>
    public long GivenBackMinor { get; private set; }

    /// <summary>How much of the award that came to, whether the credit still had it or not.</summary>
    public long DueMinor { get; private set; }

    /// <summary>What was taken back from the credit.</summary>
    public long ReclaimedMinor { get; private set; }

    /// <summary>What should have been taken back and had been spent or held by then, for staff to see.</summary>
    public long ShortfallMinor { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>
    /// Counts what was given back of the order and says how much of the award is to be taken back for it: earned × given back ÷ order total
    /// (decisions.md, "Reclaim"). The sum of all parts is rounded, not each, so that all of the order takes back all of the award; never more, though the
    /// order's total changes between two parts.
    /// </summary>
    /// <returns>Minor units still to take, with what an earlier part could not take left out.</returns>
    public long GiveBack(long amountMinor, long orderTotalMinor)
    {
        GivenBackMinor = Math.Min(orderTotalMinor, checked(GivenBackMinor + amountMinor));
        return Owe(DueOf(GivenBackMinor, orderTotalMinor));
    }

    /// <summary>All that earlier parts left, as when the order is cancelled.</summary>
    /// <inheritdoc cref="GiveBack"/>
    public long GiveBackRest(long orderTotalMinor)
    {
        GivenBackMinor = orderTotalMinor;
        return Owe(AmountMinor);
    }

    /// <param name="dueMinor">What <see cref="GiveBack"/> said.</param>
    /// <param name="takenMinor">What the credit still had of it.</param>
    /// <param name="spentMinor">What of the credit is used or held: only that much can be missing. What expired or was voided unused is nobody's debt.</param>
    public void Take(long dueMinor, long takenMinor, long spentMinor)
    {
        ReclaimedMinor += takenMinor;
        ShortfallMinor = Math.Min(checked(ShortfallMinor + dueMinor - takenMinor), Math.Max(ShortfallMinor, spentMinor));
    }

    private long Owe(long dueMinor)
    {
        var more = Math.Max(0, dueMinor - DueMinor);
        DueMinor += more;
        return more;
    }

    private long DueOf(long givenBackMinor, long orderTotalMinor) =>
        orderTotalMinor == 0 ? 0 : (long)((((Int128)AmountMinor * givenBackMinor * 2) + orderTotalMinor) / ((Int128)orderTotalMinor * 2));
}
