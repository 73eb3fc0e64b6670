using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Orders;

namespace StoreCreditAdmin.Components.Pages.Orders;

/// <summary>An order before a person, with the account that it belongs to: what they can do with it, or why they cannot.</summary>
/// <param name="Account">Null for a guest whom nobody knows.</param>
/// <param name="MayOverride">Whether the person may give back more than the order's total.</param>
public sealed record OrderOnPage(OrderView Order, AccountView? Account, bool MayOverride)
{
    /// <summary>The account's credit in the order's store and currency.</summary>
    public Amount Available => Account?.Balances.FirstOrDefault(balance => balance.Store == Order.Store && balance.Currency == Order.Currency)?.Available ?? Order.Due with { Minor = 0 };

    /// <summary>Why credit cannot pay; null where it can.</summary>
    public string? NoPayment => Order.NoPaymentWithCredit
        ?? (Account!.OnHold ? "The account is on hold, so it cannot spend credit. Lift the hold first."
            : Available.Minor == 0 ? $"{Account.Name} has no {Order.Currency} credit in this store."
            : null);

    /// <summary>Why nothing can be given back with credit; null where it can.</summary>
    public string? NoRefund => Order.NoRefundWithCredit
        ?? (Order.Refundable.Minor == 0 && !MayOverride ? "All that was paid for this order was given back already." : null);

    /// <summary>A sentence for what the order has when it is paid: nothing is left to do, so nothing needs to be explained.</summary>
    public bool ExplainsNoPayment => NoPayment is not null && Order.Due.Minor > 0;

    public string Money(Amount amount) => MoneyFormat.Text(amount, Order.Currency);
}
