using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Components.Pages.Orders;

/// <summary>What the person may do to an order as it is.</summary>
public sealed partial class OrderActions(Dialogs dialogs, Toasts toasts) : ComponentBase
{
    [Parameter, EditorRequired]
    public OrderOnPage Shown { get; set; } = null!;

    /// <summary>After every dialog, cancelled or not: a refusal may have said that somebody else changed the order.</summary>
    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    private OrderView Order => Shown.Order;

    private async Task PayAsync()
    {
        var paid = await dialogs.OpenAsync<PayOrderDialog, OrderView>("Pay with credit", new() { [nameof(PayOrderDialog.Shown)] = Shown });
        if (paid is not null)
        {
            toasts.Done($"{Shown.Money(Order.Due with { Minor = Order.Due.Minor - paid.Due.Minor })} was paid with credit.");
        }

        await Changed.InvokeAsync();
    }

    private async Task RefundAsync()
    {
        var refunded = await dialogs.OpenAsync<RefundOrderDialog, OrderView>("Refund with store credit", new() { [nameof(RefundOrderDialog.Shown)] = Shown });
        if (refunded is not null)
        {
            toasts.Done($"{Shown.Money(refunded.Refunds[^1].Amount)} was given back as store credit.");
        }

        await Changed.InvokeAsync();
    }

    private async Task CancelAsync()
    {
        if (await dialogs.OpenAsync<CancelOrderDialog, CancelView>("Cancel order", new() { [nameof(CancelOrderDialog.Order)] = Order }) is not null)
        {
            toasts.Done($"Order {Order.Number} is cancelled.");
        }

        await Changed.InvokeAsync();
    }
}
