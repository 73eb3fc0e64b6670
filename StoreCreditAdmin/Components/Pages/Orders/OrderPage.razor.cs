using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Components.Pages.Orders;

/// <summary>One order: what paid it, what was given back, and what can be done.</summary>
public sealed partial class OrderPage(OrderQueries orders, AccountDetails accounts, CurrentCaller currentCaller, NavigationManager navigation) : ComponentBase
{
    private LoadView<Result<OrderOnPage>>? view;
    private string number = "";

    /// <summary>As the router decodes it, which is not always as it was written: the address itself says it exactly.</summary>
    [Parameter]
    public string? Number { get; set; }

    protected override void OnParametersSet() => number = OrderAddress.NumberIn(navigation.Uri);

    private static IReadOnlyList<PageHeader.Crumb> Crumbs(OrderView order) => order.AccountId is { } account
        ? [new("Orders", "orders"), new(order.AccountName!, $"users/{account}?tab=orders")]
        : [new("Orders", "orders")];

    private async Task<Result<OrderOnPage>> ReadAsync(CancellationToken cancellationToken)
    {
        var caller = await currentCaller.GetAsync();
        if (await orders.GetAsync(caller, number, cancellationToken) is not { } order)
        {
            return OrderService.NotFound;
        }

        var account = order.AccountId is { } id ? await accounts.GetAsync(caller, id.ToString(), cancellationToken) : default;
        return new OrderOnPage(order, order.AccountId is null ? null : account.Value, caller.May(Permission.OverrideRefunds));
    }

    private Task ReloadAsync() => view?.ReloadAsync() ?? Task.CompletedTask;
}
