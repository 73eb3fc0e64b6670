using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Invoices;

namespace StoreCreditAdmin.Components.Pages.Invoices;

/// <summary>An invoice before a person, with the account that it belongs to: what they can do with it, or why they cannot.</summary>
public sealed record InvoiceOnPage(InvoiceView Invoice, AccountView Account)
{
    /// <summary>The account's credit in the invoice's store and currency.</summary>
    public Amount Available => Account.Balances.FirstOrDefault(balance => balance.Store == Invoice.Store && balance.Currency == Invoice.Currency)?.Available ?? Invoice.Total with { Minor = 0 };

    public bool IsDue => Invoice.Status == "open" && Invoice.BalanceRemaining.Minor > 0;

    /// <summary>Why credit cannot pay what is left; null where it can, or nothing is left.</summary>
    public string? NoPayment => !IsDue ? null
        : Account.OnHold ? "The account is on hold, so it cannot spend credit. Lift the hold first."
        : Available.Minor == 0 ? $"{Account.Name} has no {Invoice.Currency} credit in this store."
        : null;

    public string Money(Amount amount) => MoneyFormat.Text(amount, Invoice.Currency);
}
