using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Domain.Orders;

public enum OrderKind
{
    OneOff,
    Subscription,
    CreditPurchase,
}

public enum OrderStatus
{
    Placed,
    Paid,
    Cancelled,
}

/// <summary>
/// An order as the shop reported it, with what was paid by other means than credit and what was given back. What credit pays stands in the
/// authorizations that name the order, and nowhere else.
/// </summary>
public sealed class Order
{
    public const int MaxNumberLength = 100;

    private readonly List<OrderLine> lines = [];
    private readonly List<OrderPayment> payments = [];
    private readonly List<OrderRefund> refunds = [];

    private Order()
    {
    }

    public Order(Guid publicId, string number, Store store, OrderFacts facts, DateTimeOffset recordedAt)
    {
        PublicId = publicId;
        Number = number;
        Store = store;
        StoreId = store.Id;
        RecordedAt = recordedAt;
        Describe(facts);
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    /// <summary>The shop's own number, unique in the system.</summary>
    public string Number { get; private set; } = "";

    public int StoreId { get; private set; }

    public Store Store { get; private set; } = null!;

    /// <summary>The account that it belongs to; null for a guest whom nobody knows.</summary>
    public long? AccountId { get; private set; }

    public Account? Account { get; private set; }

    public bool Guest { get; private set; }

    public string? CustomerExternalId { get; private set; }

    public string? CustomerEmail { get; private set; }

    public string? CustomerName { get; private set; }

    public OrderKind Kind { get; private set; }

    public string CurrencyCode { get; private set; } = "";

    public Currency Currency => Currency.Of(CurrencyCode);

    public long ItemsMinor { get; private set; }

    public long DiscountMinor { get; private set; }

    public long ShippingMinor { get; private set; }

    public long TaxMinor { get; private set; }

    public long TotalMinor { get; private set; }

    public string? PromoCode { get; private set; }

    public string? ReferralCode { get; private set; }

    public DateTimeOffset PlacedAt { get; private set; }

    public DateTimeOffset? PaidAt { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>When the system first heard of it.</summary>
    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>What of it earns, in minor units, as it was when it was first paid; null while it never was. See <see cref="Earning.EarningBase"/>.</summary>
    public long? BaseMinor { get; private set; }

    public IReadOnlyList<OrderLine> Lines => lines;

    /// <summary>What was paid by other means than store credit.</summary>
    public IReadOnlyList<OrderPayment> Payments => payments;

    public IReadOnlyList<OrderRefund> Refunds => refunds;

    public OrderStatus Status => CancelledAt is not null ? OrderStatus.Cancelled : PaidAt is not null ? OrderStatus.Paid : OrderStatus.Placed;

    /// <summary>What other means paid, less what they were asked to pay back.</summary>
    public long PaidByOthersMinor => payments.Where(payment => payment.Status == PaymentStatus.Completed).Sum(payment => payment.AmountMinor - payment.RefundRequestedMinor);

    /// <summary>All that was given back, in money and in credit.</summary>
    public long RefundedMinor => refunds.Sum(refund => refund.AmountMinor);

    public long RefundedInMoneyMinor => refunds.Sum(refund => refund.MoneyMinor);

    public void BelongsTo(Account account)
    {
        Account = account;
        AccountId = account.Id;
    }

    /// <summary>Takes a later report of the same order: totals, lines and codes as they are now.</summary>
    public void Describe(OrderFacts facts)
    {
        Guest = facts.Guest;
        CustomerExternalId = facts.CustomerExternalId;
        CustomerEmail = facts.CustomerEmail;
        CustomerName = facts.CustomerName;
        Kind = facts.Kind;
        CurrencyCode = facts.Currency.Code;
        ItemsMinor = facts.ItemsMinor;
        DiscountMinor = facts.DiscountMinor;
        ShippingMinor = facts.ShippingMinor;
        TaxMinor = facts.TaxMinor;
        TotalMinor = facts.TotalMinor;
        PromoCode = facts.PromoCode;
        ReferralCode = facts.ReferralCode;
        PlacedAt = facts.PlacedAt;
        if (!lines.OrderBy(line => line.Position).Select(line => line.Facts).SequenceEqual(facts.Lines))
        {
            lines.Clear();
            lines.AddRange(facts.Lines.Select((line, position) => new OrderLine(this, position, line)));
        }
    }

    public void MarkPaid(DateTimeOffset at) => PaidAt ??= at;

    /// <summary>Fixes what of it earns. Once, though it may be paid more than once.</summary>
    public void MarkEarning(long baseMinor) => BaseMinor ??= baseMinor;

    /// <summary>Opens it again, as when the credit that paid it was taken out.</summary>
    public void MarkUnpaid() => PaidAt = null;

    public void MarkCancelled(DateTimeOffset at) => CancelledAt ??= at;

    /// <summary>Records a payment by other means, or its new status and amount where the shop reports it again.</summary>
    public OrderPayment RecordPayment(string externalId, string method, long amountMinor, PaymentStatus status, DateTimeOffset at)
    {
        var payment = payments.Find(one => one.ExternalId == externalId);
        if (payment is null)
        {
            payment = new OrderPayment(this, externalId, method, at);
            payments.Add(payment);
        }

        payment.Report(amountMinor, status);
        return payment;
    }

    public OrderRefund RecordRefund(OrderRefund refund)
    {
        refunds.Add(refund);
        return refund;
    }
}

/// <summary>What the shop says of an order. Amounts in minor units of its currency, none negative.</summary>
public sealed record OrderFacts
{
    public required Currency Currency { get; init; }

    public required bool Guest { get; init; }

    public string? CustomerExternalId { get; init; }

    public string? CustomerEmail { get; init; }

    public string? CustomerName { get; init; }

    public required OrderKind Kind { get; init; }

    public required long ItemsMinor { get; init; }

    public required long DiscountMinor { get; init; }

    public required long ShippingMinor { get; init; }

    public required long TaxMinor { get; init; }

    public required long TotalMinor { get; init; }

    public string? PromoCode { get; init; }

    public string? ReferralCode { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public required IReadOnlyList<OrderLineFacts> Lines { get; init; }
}

public enum OrderLineKind
{
    Goods,
    Credit,
    GiftCard,
}

public sealed record OrderLineFacts(string Sku, string Name, long Quantity, long UnitPriceMinor, OrderLineKind Kind);

public sealed class OrderLine
{
    public const int MaxTextLength = 300;

    private OrderLine()
    {
    }

    internal OrderLine(Order order, int position, OrderLineFacts facts)
    {
        Order = order;
        Position = position;
        Sku = facts.Sku;
        Name = facts.Name;
        Quantity = facts.Quantity;
        UnitPriceMinor = facts.UnitPriceMinor;
        Kind = facts.Kind;
    }

    public long Id { get; private set; }

    public long OrderId { get; private set; }

    public Order Order { get; private set; } = null!;

    public int Position { get; private set; }

    public string Sku { get; private set; } = "";

    public string Name { get; private set; } = "";

    public long Quantity { get; private set; }

    public long UnitPriceMinor { get; private set; }

    public OrderLineKind Kind { get; private set; }

    public long TotalMinor => checked(Quantity * UnitPriceMinor);

    internal OrderLineFacts Facts => new(Sku, Name, Quantity, UnitPriceMinor, Kind);
}
