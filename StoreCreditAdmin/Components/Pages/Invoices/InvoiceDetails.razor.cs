using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Invoices;

namespace StoreCreditAdmin.Components.Pages.Invoices;

/// <summary>One invoice: what credit paid of it, what is left, and what can be done.</summary>
public sealed partial class InvoiceDetails(InvoiceQueries invoices, AccountDetails accounts, CurrentCaller currentCaller, NavigationManager navigation) : ComponentBase
{
    private LoadView<Result<InvoiceOnPage>>? view;
    private string number = "";

    /// <summary>As the router decodes it, which is not always as it was written: the address itself says it exactly.</summary>
    [Parameter]
    public string? Number { get; set; }

    protected override void OnParametersSet() => number = InvoiceAddress.NumberIn(navigation.Uri);

    private async Task<Result<InvoiceOnPage>> ReadAsync(CancellationToken cancellationToken)
    {
        var caller = await currentCaller.GetAsync();
        if (await invoices.GetAsync(caller, number, cancellationToken) is not { } invoice)
        {
            return InvoiceService.NotFound;
        }

        var account = await accounts.GetAsync(caller, invoice.AccountId.ToString(), cancellationToken);
        return account.Map(owner => new InvoiceOnPage(invoice, owner));
    }

    private Task ReloadAsync() => view?.ReloadAsync() ?? Task.CompletedTask;
}
