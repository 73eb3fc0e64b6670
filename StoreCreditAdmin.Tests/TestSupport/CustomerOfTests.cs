using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.CustomerLinks;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Customers of a running application, made beside it on its own file.</summary>
public sealed class CustomerOfTests(RunningApp app) : IAsyncDisposable
{
    private readonly ServiceProvider services = new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddData($"Data Source={app.DatabasePath}", "/")
        .AddLedger().AddAccounts().AddCatalogue().AddCredits().AddCheckout().AddCustomerLinks()
        .BuildServiceProvider();

    /// <summary>A new account's id.</summary>
    public async Task<string> AddAsync(string name) =>
        Done(await services.GetRequiredService<AccountService>().CreateAsync(TestDatabase.Robot, OperationKey.ForForm(), new CreateAccountRequest { Name = name, Kind = "person" })).Id.ToString();

    public async Task<Guid> IssueAsync(string account, string amount, string? note = null, string? memo = null, DateOnly? expiresOn = null, string currency = "USD") =>
        Done(await services.GetRequiredService<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account, new IssueCreditRequest
        {
            Amount = MoneyInput.Of(amount, currency),
            Type = "store-credit",
            CustomerNote = note,
            Memo = memo,
            ExpiresOn = expiresOn,
        })).Id;

    /// <summary>Pays an order, or only holds credit for it.</summary>
    public async Task OrderAsync(string account, string number, string total, bool capture = true)
    {
        var checkout = services.GetRequiredService<CheckoutService>();
        var authorization = Done(await checkout.AuthorizeAsync(TestDatabase.Robot, OperationKey.ForForm(), account, new AuthorizeRequest { OrderNumber = number, OrderTotal = MoneyInput.Of(total, "USD") }));
        if (capture)
        {
            Done(await checkout.CaptureAsync(TestDatabase.Robot, OperationKey.ForForm(), authorization.Code, new CaptureRequest()));
        }
    }

    public Task HoldAsync(string account) =>
        services.GetRequiredService<AccountService>().HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), account, new HoldRequest { Reason = "fraud", Note = "Secret of the staff" });

    public async Task<MadeCustomerLink> LinkAsync(string account, int days = 7) =>
        Done(await services.GetRequiredService<CustomerLinkService>().MakeAsync(TestDatabase.Robot, OperationKey.ForForm(), account, new MakeCustomerLinkRequest { Days = days }));

    public Task RevokeAsync(MadeCustomerLink link) => services.GetRequiredService<CustomerLinkService>().RevokeAsync(TestDatabase.Robot, OperationKey.ForForm(), link.Link.Id);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static T Done<T>(Result<T> result) => result.IsOk ? result.Value : throw new InvalidOperationException(result.Refusal.Message);
}
