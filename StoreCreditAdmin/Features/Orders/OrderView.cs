using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Earning;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Earning;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>An order as pages and the HTTP API show it. Amounts stand in <see cref="Currency"/>.</summary>
public sealed record OrderView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required string Store { get; init; }

    /// <summary>Null for a guest whom nobody knows.</summary>
    public required Guid? AccountId { get; init; }

    public required string? AccountName { get; init; }

    public required OrderCustomerView Customer { get; init; }

    public required bool Guest { get; init; }

    /// <summary><c>one-off</c>, <c>subscription</c> or <c>credit-purchase</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>placed</c>, <c>paid</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    public required string Currency { get; init; }

    public required Amount ItemsTotal { get; init; }

    public required Amount DiscountTotal { get; init; }

    public required Amount ShippingTotal { get; init; }

    public required Amount TaxTotal { get; init; }

    public required Amount Total { get; init; }

    /// <summary>What other means paid, less what they were asked to pay back.</summary>
    public required Amount PaidByOthers { get; init; }

    /// <summary>What credit pays, or is held to pay.</summary>
    public required Amount CreditApplied { get; init; }

    /// <summary>The part of it that is held and not taken yet.</summary>
    public required Amount CreditHeld { get; init; }

    /// <summary>What credit paid and did not get back.</summary>
    public required Amount CreditUsed { get; init; }

    public required Amount Due { get; init; }

    /// <summary>What was given back so far, in money and in credit.</summary>
    public required Amount Refunded { get; init; }

    /// <summary>The part of it in money.</summary>
    public required Amount RefundedInMoney { get; init; }

    /// <summary>What can still be given back.</summary>
    public required Amount Refundable { get; init; }

    /// <summary>Why nothing of it can be paid with store credit; null where it can, as far as the order goes.</summary>
    public required string? NoPaymentWithCredit { get; init; }

    /// <summary>Why none of it can be given back as store credit; null where it can.</summary>
    public required string? NoRefundWithCredit { get; init; }

    public required string? PromoCode { get; init; }

    public required string? ReferralCode { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public required DateTimeOffset? PaidAt { get; init; }

    public required DateTimeOffset? CancelledAt { get; init; }

    public required IReadOnlyList<OrderLineView> Lines { get; init; }

    /// <summary>By other means first, then by credit.</summary>
    public required IReadOnlyList<OrderPaymentView> Payments { get; init; }

    /// <summary>What the order earned by rules.</summary>
    public required IReadOnlyList<OrderEarnedView> Earned { get; init; }

    /// <summary>Rules that gave nothing for it, and why.</summary>
    public required IReadOnlyList<OrderNotEarnedView> NotEarned { get; init; }

    public required IReadOnlyList<OrderRefundView> Refunds { get; init; }

    /// <summary>What the shop was asked to pay back by the means that paid.</summary>
    public required IReadOnlyList<CardRefundView> CardRefunds { get; init; }

    /// <param name="order">With its store, account, lines, payments and refunds loaded.</param>
    /// <param name="authorizations">All of the order, with lines, their credits and their account.</param>
    /// <param name="awards">All of the order, with their rule's version and their credit.</param>
    internal static OrderView Of(Order order, IReadOnlyList<Authorization> authorizations, IReadOnlyList<CardRefundView> cardRefunds, IReadOnlyList<Award> awards)
    {
        var money = new OrderMoney(order, authorizations);
        Amount In(long minor) => Amount.Of(minor, order.Currency);
        return new OrderView
        {
            Id = order.PublicId,
            Number = order.Number,
            Store = order.Store.Code,
            AccountId = order.Account?.PublicId,
            AccountName = order.Account?.Name,
            Customer = new OrderCustomerView(order.CustomerExternalId, order.CustomerEmail, order.CustomerName),
            Guest = order.Guest,
            Kind = OrderNames.Of(order.Kind),
            Status = OrderNames.Of(order.Status),
            Currency = order.CurrencyCode,
            ItemsTotal = In(order.ItemsMinor),
            DiscountTotal = In(order.DiscountMinor),
            ShippingTotal = In(order.ShippingMinor),
            TaxTotal = In(order.TaxMinor),
            Total = In(order.TotalMinor),
            PaidByOthers = In(money.OthersMinor),
            CreditApplied = In(money.CreditMinor),
            CreditHeld = In(money.HeldMinor),
            CreditUsed = In(money.UsedMinor),
            Due = In(money.DueMinor),
            Refunded = In(order.RefundedMinor),
            RefundedInMoney = In(order.RefundedInMoneyMinor),
            Refundable = In(money.RefundableMinor),
            NoPaymentWithCredit = NoPayment(order, money),
            NoRefundWithCredit = order.AccountId is null ? OrderPaying.NoAccount.Message : money.WasPaid ? null : OrderRefunding.NothingPaid.Message,
            PromoCode = order.PromoCode,
            ReferralCode = order.ReferralCode,
            PlacedAt = order.PlacedAt,
            PaidAt = order.PaidAt,
            CancelledAt = order.CancelledAt,
            Lines = [.. order.Lines.OrderBy(line => line.Position).Select(line => new OrderLineView(line.Sku, line.Name, line.Quantity, In(line.UnitPriceMinor), In(line.TotalMinor), OrderNames.Of(line.Kind)))],
            Payments =
            [
                .. order.Payments.OrderBy(payment => payment.Id).Select(payment => new OrderPaymentView
                {
                    Id = payment.ExternalId,
                    Method = payment.Method,
                    Amount = In(payment.AmountMinor),
                    Status = OrderNames.Of(payment.Status),
                    At = payment.At,
                    RefundRequested = In(payment.RefundRequestedMinor),
                    Held = In(0),
                    Returned = In(0),
                    Credits = [],
                }),
                .. authorizations.Where(one => !WasReplaced(one, authorizations)).OrderBy(one => one.Id).Select(Payment),
            ],
            Earned =
            [
                .. awards.Where(award => award.Credit is not null).Select(award => new OrderEarnedView(EarningNames.Of(award.Method), award.Credit!.PublicId, In(award.AmountMinor))
                {
                    RuleVersion = award.RuleVersion.Number,
                    Base = In(award.BaseMinor),
                    Reclaimed = In(award.ReclaimedMinor),
                    Shortfall = In(award.ShortfallMinor),
                }),
            ],
            NotEarned = [.. awards.Where(award => award.Credit is null).Select(award => new OrderNotEarnedView(EarningNames.Of(award.Method), award.RuleVersion.Number, award.Reason!))],
            Refunds = [.. order.Refunds.OrderBy(refund => refund.Id).Select(refund => Refund(refund, In))],
            CardRefunds = cardRefunds,
        };
    }

    private static string? NoPayment(Order order, OrderMoney money) =>
        order.CancelledAt is not null ? "The order is cancelled, so nothing is left to pay."
        : money.DueMinor == 0 ? "Nothing is left to pay."
        : order.AccountId is null ? OrderPaying.NoAccount.Message
        : null;

    /// <summary>A hold that took nothing and gave way to a later one is no payment of its own.</summary>
    private static bool WasReplaced(Authorization one, IReadOnlyList<Authorization> all) =>
        one is { IsOpen: false, CapturedMinor: 0 } && all.Any(later => later.Id > one.Id && later.AccountId == one.AccountId);

    /// <summary>An authorization as a payment: pending while it holds, completed for what it took, void once nothing of it is left.</summary>
    private static OrderPaymentView Payment(Authorization authorization)
    {
        Amount In(long minor) => Amount.Of(minor, authorization.Currency);
        var returned = authorization.CapturedMinor > 0 && authorization.RefundedMinor == authorization.CapturedMinor;
        return new OrderPaymentView
        {
            Id = authorization.Code,
            Method = OrderNames.StoreCredit,
            Amount = In(authorization.CapturedMinor > 0 ? authorization.CapturedMinor + authorization.OpenMinor : authorization.IsOpen ? authorization.OpenMinor : authorization.AuthorizedMinor),
            Status = authorization.IsOpen ? "pending" : authorization.CapturedMinor == 0 || returned ? "void" : "completed",
            At = authorization.CreatedAt,
            RefundRequested = In(0),
            Held = In(authorization.OpenMinor),
            Returned = In(authorization.RefundedMinor),
            AccountId = authorization.Account.PublicId,
            AccountName = authorization.Account.Name,
            HeldUntil = authorization.IsOpen ? authorization.ExpiresAt : null,
            Credits =
            [
                .. authorization.Lines.OrderBy(line => line.Position).Select(line => new OrderPaymentCreditView(
                    line.Credit.PublicId, line.Credit.Type.Name, In(line.CapturedMinor > 0 ? line.CapturedMinor : line.AuthorizedMinor), In(line.RefundedMinor))
                    {
                        Held = line.OpenMinor > 0 ? In(line.OpenMinor) : null,
                    }),
            ],
        };
    }

    private static OrderRefundView Refund(OrderRefund refund, Func<long, Amount> amount) => new()
    {
        Id = refund.RefundId,
        Method = OrderNames.Of(refund.Method),
        Amount = amount(refund.AmountMinor),
        Money = amount(refund.MoneyMinor),
        Returned = amount(refund.ReturnedMinor),
        NewCredit = amount(refund.NewCreditMinor),
        NewCreditId = refund.NewCredit?.PublicId,
        Note = refund.Note,
        Notify = refund.Notify,
        OverrideReason = refund.OverrideReason,
        By = refund.By,
        At = refund.At,
    };
}

public sealed record OrderCustomerView(string? ExternalId, string? Email, string? Name);

public sealed record OrderLineView(string Sku, string Name, long Quantity, Amount UnitPrice, Amount Total, string Kind);

public sealed record OrderPaymentView
{
    /// <summary>The shop's id of the payment; of a payment by credit, its authorization's code.</summary>
    public required string Id { get; init; }

    /// <summary>The shop's word; <c>store-credit</c> where credit pays.</summary>
    public required string Method { get; init; }

    public required Amount Amount { get; init; }

    /// <summary><c>pending</c>, <c>completed</c>, <c>invalid</c> or <c>void</c>.</summary>
    public required string Status { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>How much of it the shop was asked to pay back.</summary>
    public required Amount RefundRequested { get; init; }

    /// <summary>How much of it is held and not taken yet.</summary>
    public required Amount Held { get; init; }

    /// <summary>How much of it went back to the credits that it came from.</summary>
    public required Amount Returned { get; init; }

    /// <summary>Whose credit pays; null for other means.</summary>
    public Guid? AccountId { get; init; }

    public string? AccountName { get; init; }

    /// <summary>When what is held is freed by itself.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>The credits that it draws on.</summary>
    public required IReadOnlyList<OrderPaymentCreditView> Credits { get; init; }
}

/// <param name="Amount">What it gave; where nothing was taken yet, what it is held to give.</param>
public sealed record OrderPaymentCreditView(Guid CreditId, string Type, Amount Amount, Amount Returned)
{
    /// <summary>What of it is held and not taken yet; null where nothing is.</summary>
    public Amount? Held { get; init; }
}

/// <param name="Rule">The rule's method.</param>
public sealed record OrderEarnedView(string Rule, Guid CreditId, Amount Amount)
{
    public required int RuleVersion { get; init; }

    /// <summary>What of the order earned: what was really paid for goods.</summary>
    public required Amount Base { get; init; }

    /// <summary>What was taken back since, because of the order was given back.</summary>
    public required Amount Reclaimed { get; init; }

    /// <summary>What should have been taken back too and was spent already.</summary>
    public required Amount Shortfall { get; init; }
}

/// <param name="Rule">The rule's method.</param>
/// <param name="Reason">As a code, such as <c>below-minimum-spend</c>.</param>
public sealed record OrderNotEarnedView(string Rule, int RuleVersion, string Reason);

public sealed record OrderRefundView
{
    public required string Id { get; init; }

    /// <summary><c>original</c> or <c>store-credit</c>.</summary>
    public required string Method { get; init; }

    public required Amount Amount { get; init; }

    /// <summary>The part that the shop gives back by the means that paid.</summary>
    public required Amount Money { get; init; }

    /// <summary>The part that went back to the credits that paid.</summary>
    public required Amount Returned { get; init; }

    public required Amount NewCredit { get; init; }

    public required Guid? NewCreditId { get; init; }

    public required string? Note { get; init; }

    /// <summary>Whether the customer is to be told of it.</summary>
    public required bool Notify { get; init; }

    public required string? OverrideReason { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A part of a payment that the shop was asked to pay back.</summary>
public sealed record CardRefundView
{
    /// <summary>The id that the shop's refund is to bear.</summary>
    public required string Id { get; init; }

    public required string PaymentId { get; init; }

    public required Amount Amount { get; init; }

    /// <summary><c>requested</c>; <c>sent</c> once a webhook took the request, <c>undelivered</c> where none did; <c>confirmed</c> once the shop reported the refund.</summary>
    public required string State { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required DateTimeOffset? ConfirmedAt { get; init; }
}
