using Microsoft.AspNetCore.Components;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Checkout;

namespace StoreCreditAdmin.Components.Pages.Checkout;

/// <summary>What is held, by age. The filter, the order and the page are in the address.</summary>
public sealed partial class OpenAuthorizations(AuthorizationQueries authorizations, CurrentCaller currentCaller) : ComponentBase
{
    private const int PageSize = 50;

    private LoadView<OpenAuthorizationPage>? view;
    private OpenAuthorizationFilter filter = new();
    private string? sort;
    private int number = 1;

    [SupplyParameterFromQuery]
    private string? Store { get; set; }

    [SupplyParameterFromQuery(Name = "currency")]
    private string? CurrencyCode { get; set; }

    [SupplyParameterFromQuery]
    private string? Age { get; set; }

    [SupplyParameterFromQuery]
    private string? Account { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? Page { get; set; }

    protected override void OnParametersSet()
    {
        filter = new OpenAuthorizationFilter
        {
            Store = Given(Store),
            Currency = Currency.TryFind(CurrencyCode, out var currency) ? currency.Code : null,
            Age = HoldAges.Named(Age),
            Account = Given(Account),
        };
        sort = Sort;
        number = int.TryParse(Page, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var given) && given > 0 ? given : 1;
    }

    private async Task<OpenAuthorizationPage> ReadAsync(CancellationToken cancellationToken) =>
        await authorizations.ListOpenAsync(await currentCaller.GetAsync(), filter, ListAddress.Page(sort, number, PageSize), cancellationToken);

    private Task ReloadAsync() => view?.ReloadAsync() ?? Task.CompletedTask;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
