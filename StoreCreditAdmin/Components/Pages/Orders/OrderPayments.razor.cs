using System.Globalization;
using Microsoft.AspNetCore.Components;
using Radzen;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Components.Shared.Forms;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Components.Pages.Orders;

public sealed partial class OrderPayments(OrderService orders, CurrentCaller currentCaller, Dialogs dialogs, Toasts toasts) : ComponentBase
{
    private readonly Submission capturing = new();

    [Parameter, EditorRequired]
    public OrderView Order { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    [CascadingParameter]
    private StoreBook Stores { get; set; } = StoreBook.Empty;

    private static bool IsCredit(OrderPaymentView payment) => payment.Method == OrderNames.StoreCredit;

    private static string NameOf(OrderPaymentView payment) =>
        IsCredit(payment) ? "Store credit" : char.ToUpper(payment.Method[0], CultureInfo.InvariantCulture) + payment.Method[1..];

    /// <summary>A hold is called by its name; what the shop still waits for is pending.</summary>
    private static string StatusOf(OrderPaymentView payment) => IsCredit(payment) && payment.Status == "pending" ? "held" : payment.Status;

    private string? OwnerOf(OrderPaymentView payment) => payment.AccountId == Order.AccountId ? null : payment.AccountName;

    private IEnumerable<string> Details(OrderPaymentView payment)
    {
        if (payment.RefundRequested.Minor > 0)
        {
            yield return $"{MoneyFormat.Text(payment.RefundRequested, Order.Currency)} asked back";
        }

        if (payment.HeldUntil is { } until)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(Stores.ZoneOf(Order.Store));
            yield return $"freed by itself at {TimeZoneInfo.ConvertTime(until, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} if not captured";
        }
    }

    private async Task CaptureAsync(OrderPaymentView payment)
    {
        var question = $"{MoneyFormat.Text(payment.Held, Order.Currency)} that is held for this order is taken, as far as the order owes it. The rest is freed.";
        if (capturing.Busy || !await dialogs.ConfirmAsync("Capture held credit", question, "Capture", ButtonStyle.Primary))
        {
            return;
        }

        var caller = await currentCaller.GetAsync();
        var captured = await capturing.SendAsync(key => orders.CapturePaymentAsync(caller, key, Order.Number, payment.Id));
        if (captured is { IsOk: true })
        {
            toasts.Done("The held credit is captured.");
            capturing.Reset();
        }
        else if (captured?.Refusal is { } refusal)
        {
            toasts.Refused(refusal.Message);
        }

        await Changed.InvokeAsync();
    }

    private async Task VoidAsync(OrderPaymentView payment)
    {
        var parameters = new Dictionary<string, object?> { [nameof(VoidPaymentDialog.Order)] = Order, [nameof(VoidPaymentDialog.Payment)] = payment };
        if (await dialogs.OpenAsync<VoidPaymentDialog, OrderView>("Void payment", parameters) is not null)
        {
            toasts.Done("The payment is void.");
        }

        await Changed.InvokeAsync();
    }
}
