using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>An order that a shop reported, checked.</summary>
internal sealed record ReportedOrder
{
    public required string Number { get; init; }

    public required string? StoreCode { get; init; }

    public required OrderFacts Facts { get; init; }

    public required DateTimeOffset? PaidAt { get; init; }

    /// <summary>Payments by other means than store credit; null where the shop does not say.</summary>
    public required IReadOnlyList<ReportedPayment>? Payments { get; init; }

    public required CustomerInput Customer { get; init; }
}

internal sealed record ReportedPayment(string Id, string Method, long AmountMinor, PaymentStatus Status);

/// <summary>Checks what a shop says of an order. Names the first thing that is wrong, at its field.</summary>
internal sealed class OrderReader(OrderInput input, ShopEvent shopEvent, DateTimeOffset now)
{
    private const int MaxLines = 1000;
    private const int MaxCodeLength = 100;

    private Refusal? refusal;

    public Result<ReportedOrder> Read()
    {
        var number = Texts.Clean(input.Number);
        if ((NumberRefusal(number, "order.number") ?? TooMany() ?? WrongTexts() ?? WrongTimes()) is { } wrong)
        {
            return wrong;
        }

        var found = CatalogueLookups.FindCurrency(input.Currency, "order.currency");
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var facts = Facts(found.Value);
        var payments = input.Payments?.Select((payment, index) => Payment(payment, index, found.Value)).OfType<ReportedPayment>().ToList();
        if (payments is not null && payments.DistinctBy(payment => payment.Id).Count() < payments.Count)
        {
            Wrong("invalid-request", "Two payments have the same id.", "order.payments");
        }

        if (refusal is not null || Contradiction(facts) is { } contradiction && (refusal = contradiction) is not null)
        {
            return refusal!;
        }

        return new ReportedOrder
        {
            Number = number!,
            StoreCode = Texts.Clean(input.Store),
            Facts = facts,
            PaidAt = input.PaidAt,
            Payments = payments,
            Customer = input.Customer ?? new(),
        };
    }

    public static Refusal? NumberRefusal(string? number, string field) =>
        number is null
            ? new Refusal("invalid-request", "Give the order's number.", field)
            : Texts.TooLong((number, field, Order.MaxNumberLength)) ?? Texts.NotOneLine(number, field);

    private OrderFacts Facts(Currency currency)
    {
        var customer = input.Customer;
        var total = Amount(input.Total, currency, "order.total", required: true);
        var discount = Amount(input.DiscountTotal, currency, "order.discountTotal");
        var shipping = Amount(input.ShippingTotal, currency, "order.shippingTotal");
        var tax = Amount(input.TaxTotal, currency, "order.taxTotal");
        return new OrderFacts
        {
            Currency = currency,
            Guest = input.Guest,
            CustomerExternalId = Texts.Clean(customer?.ExternalId),
            CustomerEmail = Texts.Clean(customer?.Email),
            CustomerName = Texts.Clean(customer?.Name),
            Kind = OneOf(input.Kind, "order.kind", OrderKind.OneOff, OrderNames.Of),
            ItemsMinor = input.ItemsTotal is null ? total + discount - shipping - tax : Amount(input.ItemsTotal, currency, "order.itemsTotal"),
            DiscountMinor = discount,
            ShippingMinor = shipping,
            TaxMinor = tax,
            TotalMinor = total,
            PromoCode = Texts.Clean(input.PromoCode),
            ReferralCode = Texts.Clean(input.ReferralCode),
            PlacedAt = input.PlacedAt ?? shopEvent.OccurredAt,
            Lines = [.. (input.Lines ?? []).Select((line, index) => Line(line ?? new(), $"order.lines[{index}]", currency))],
        };
    }

    private OrderLineFacts Line(OrderLineInput line, string field, Currency currency)
    {
        if (line.Quantity <= 0)
        {
            Wrong("amount-invalid", "A quantity is a whole number above zero.", field + ".quantity");
        }

        return new OrderLineFacts(
            Texts.Clean(line.Sku) ?? "",
            Texts.Clean(line.Name) ?? "",
            line.Quantity,
            Amount(line.UnitPrice, currency, field + ".unitPrice", required: true),
            OneOf(line.Kind, field + ".kind", OrderLineKind.Goods, OrderNames.Of));
    }

    /// <summary>What credit pays stands in the ledger; what the shop says of it is left out.</summary>
    private ReportedPayment? Payment(OrderPaymentInput? payment, int index, Currency currency)
    {
        var field = $"order.payments[{index}]";
        var (id, method) = (Texts.Clean(payment?.Id), Texts.Clean(payment?.Method));
        if (id is null || method is null)
        {
            Wrong("invalid-request", "Give the payment's id and method.", field);
            return null;
        }

        if (method == OrderNames.StoreCredit)
        {
            return null;
        }

        refusal ??= Texts.TooLong((id, field + ".id", OrderPayment.MaxExternalIdLength), (method, field + ".method", OrderPayment.MaxMethodLength))
            ?? Texts.NotOneLine(id, field + ".id") ?? Texts.NotOneLine(method, field + ".method");
        var status = payment!.Status switch
        {
            "completed" => PaymentStatus.Completed,
            "pending" => PaymentStatus.Pending,
            "failed" => PaymentStatus.Invalid,
            _ => (PaymentStatus?)null,
        };
        if (status is null)
        {
            Wrong("invalid-request", "Write completed, pending or failed.", field + ".status");
        }

        return new ReportedPayment(id, method, Amount(payment.Amount, currency, field + ".amount", required: true), status ?? PaymentStatus.Invalid);
    }

    private static Refusal? Contradiction(OrderFacts facts)
    {
        var sum = (Int128)facts.ItemsMinor - facts.DiscountMinor + facts.ShippingMinor + facts.TaxMinor;
        var lines = facts.Lines.Aggregate((Int128)0, (total, line) => total + ((Int128)line.Quantity * line.UnitPriceMinor));
        return facts.ItemsMinor < 0 || sum != facts.TotalMinor
                ? new Refusal("order-totals-mismatch", "The total is not items less discount, plus shipping and tax. Send the order again with totals that agree.", "order.total")
            : facts.Lines.Count > 0 && lines != facts.ItemsMinor
                ? new Refusal("order-totals-mismatch", "The lines do not add up to the items' total. Send the order again with totals that agree.", "order.itemsTotal")
            : null;
    }

    private Refusal? TooMany() => input.Lines?.Count > MaxLines || input.Payments?.Count > MaxLines
        ? new Refusal("order-too-large", $"An order has at most {MaxLines} lines and payments.", input.Lines?.Count > MaxLines ? "order.lines" : "order.payments")
        : null;

    private Refusal? WrongTexts()
    {
        var customer = input.Customer;
        return Texts.TooLong(
                (customer?.ExternalId, "order.customer.externalId", Account.MaxExternalIdLength),
                (customer?.Email, "order.customer.email", Contact.MaxEmailLength),
                (customer?.Name, "order.customer.name", Contact.MaxNameLength),
                (input.PromoCode, "order.promoCode", MaxCodeLength),
                (input.ReferralCode, "order.referralCode", MaxCodeLength))
            ?? Texts.NotPlain(customer?.ExternalId, "order.customer.externalId")
            ?? Texts.NotPlain(customer?.Email, "order.customer.email")
            ?? Texts.NotPlain(customer?.Name, "order.customer.name")
            ?? Texts.NotPlain(input.PromoCode, "order.promoCode")
            ?? Texts.NotPlain(input.ReferralCode, "order.referralCode")
            ?? (input.Lines ?? []).Select((line, index) => WrongTexts(line, $"order.lines[{index}]"))
                .FirstOrDefault(one => one is not null);
    }

    private static Refusal? WrongTexts(OrderLineInput? line, string field) =>
        Texts.TooLong((line?.Sku, field + ".sku", OrderLine.MaxTextLength), (line?.Name, field + ".name", OrderLine.MaxTextLength))
            ?? Texts.NotPlain(line?.Sku, field + ".sku")
            ?? Texts.NotPlain(line?.Name, field + ".name");

    private Refusal? WrongTimes() =>
        ShopEvent.InFuture(input.PlacedAt, now, "order.placedAt") ?? ShopEvent.InFuture(input.PaidAt, now, "order.paidAt");

    private long Amount(PartialAmount? text, Currency currency, string field, bool required = false)
    {
        if (text is null && !required)
        {
            return 0;
        }

        var amount = (text ?? new PartialAmount(null)).Parse(currency, field);
        if (!amount.IsOk)
        {
            refusal ??= amount.Refusal;
            return 0;
        }

        if (amount.Value < 0)
        {
            Wrong("amount-invalid", "The amount cannot be negative.", field);
        }

        return amount.Value;
    }

    private T OneOf<T>(string? text, string field, T absent, Func<T, string> nameOf)
        where T : struct, Enum
    {
        if (text is null)
        {
            return absent;
        }

        var all = Enum.GetValues<T>();
        if (!all.Any(one => nameOf(one) == text))
        {
            Wrong("invalid-request", $"Write one of {string.Join(", ", all.Select(nameOf))}.", field);
            return absent;
        }

        return all.First(one => nameOf(one) == text);
    }

    private void Wrong(string code, string message, string field) => refusal ??= new Refusal(code, message, field);
}

/// <summary>The words of the HTTP contract for what orders are and how they were paid.</summary>
public static class OrderNames
{
    /// <summary>The method of a payment by credit.</summary>
    public const string StoreCredit = "store-credit";

    public static string Of(OrderKind kind) => kind switch
    {
        OrderKind.OneOff => "one-off",
        OrderKind.Subscription => "subscription",
        OrderKind.CreditPurchase => "credit-purchase",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.Placed => "placed",
        OrderStatus.Paid => "paid",
        OrderStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Of(OrderLineKind kind) => kind switch
    {
        OrderLineKind.Goods => "goods",
        OrderLineKind.Credit => "credit",
        OrderLineKind.GiftCard => "gift-card",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Of(PaymentStatus status) => status switch
    {
        PaymentStatus.Pending => "pending",
        PaymentStatus.Completed => "completed",
        PaymentStatus.Invalid => "invalid",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Of(RefundMethod method) => method switch
    {
        RefundMethod.Original => "original",
        RefundMethod.StoreCredit => StoreCredit,
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };
}
