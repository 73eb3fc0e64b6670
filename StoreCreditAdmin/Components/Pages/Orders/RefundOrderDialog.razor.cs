using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Components.Pages.Orders;

/// <summary>Closes with the order as it is after the refund.</summary>
public sealed partial class RefundOrderDialog(OrderService orders, MailSettingsService mails, CurrentCaller currentCaller, Dialogs dialogs) : ComponentBase
{
    private readonly Submission submission = new();
    private string? amount;
    private string? note;
    private string? overrideReason;
    private bool notify;

    [Parameter, EditorRequired]
    public OrderOnPage Shown { get; set; } = null!;

    private OrderView Order => Shown.Order;

    /// <summary>What was typed, in minor units; zero while it is no amount.</summary>
    private long Typed
    {
        get
        {
            var typed = AmountField.Read(amount, Order.Currency);
            var minor = typed.IsOk ? AmountParser.ParsePositive(typed.Value, Currency.Of(Order.Currency)) : typed.Refusal;
            return minor.IsOk ? minor.Value : 0;
        }
    }

    private bool IsTooMuch => Typed > Order.Refundable.Minor;

    private string Most => Order.Refundable.Minor > 0
        ? $"{Shown.Money(Order.Refundable)} can still be given back."
        : "All that was paid was given back already.";

    private string GoesTo
    {
        get
        {
            var returned = Math.Min(Typed, Order.CreditUsed.Minor);
            return (returned, Typed - returned) switch
            {
                (0, 0) => "–",
                (_, 0) => "the credits that paid",
                (0, _) => "a new refund credit",
                (_, var rest) => $"{Text(returned)} to the credits that paid, {Text(rest)} to a new refund credit",
            };
        }
    }

    private string RunningTotal
    {
        get
        {
            var credit = Order.Refunded.Minor - Order.RefundedInMoney.Minor;
            var soFar = Order.Refunded.Minor == 0 ? "None so far." : $"{Text(Order.Refunded.Minor)} so far: {Text(Order.RefundedInMoney.Minor)} in money, {Text(credit)} in credit.";
            return Typed == 0 ? soFar : $"{soFar} With this one {Text(Order.Refunded.Minor + Typed)} of {Text(Order.Total.Minor)}.";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        var usual = await mails.GetRefundNoteAsync(await currentCaller.GetAsync(), Order.Number);
        note ??= usual;
    }

    private string Text(long minor) => MoneyFormat.Text(Order.Total with { Minor = minor }, Order.Currency);

    private async Task RefundAsync()
    {
        var canonical = AmountField.Read(amount, Order.Currency);
        if (!canonical.IsOk)
        {
            submission.Refuse(canonical.Refusal);
            return;
        }

        if (IsTooMuch && Shown.MayOverride && string.IsNullOrWhiteSpace(overrideReason))
        {
            submission.Refuse(new Refusal("reason-required", "Say why more is given back than the order allows.", "overrideReason"));
            return;
        }

        var request = new RefundWithCreditRequest
        {
            Amount = new PartialAmount(canonical.Value),
            Note = note,
            Notify = notify,
            OverrideReason = IsTooMuch && Shown.MayOverride ? overrideReason : null,
        };
        var caller = await currentCaller.GetAsync();
        var refunded = await submission.SendAsync(key => orders.RefundWithCreditAsync(caller, key, Order.Number, request));
        if (refunded is { IsOk: true, Value: var order })
        {
            dialogs.Close(order);
        }
    }
}
