using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>The people who make the sample's history.</summary>
internal sealed record SampleStaff(IReadOnlyList<Caller> Agents, Caller Manager, Caller Administrator, Caller Webshop);

/// <summary>
/// Does by the real services what people would do by hand. Its operations are numbered, so that a sample which was cut short is completed and nothing is done twice.
/// </summary>
internal sealed partial class SampleDesk(IServiceProvider services, SampleStaff staff)
{
    private readonly AccountService accounts = services.GetRequiredService<AccountService>();
    private readonly ContactService contacts = services.GetRequiredService<ContactService>();
    private readonly CreditService credits = services.GetRequiredService<CreditService>();
    private readonly CheckoutService checkout = services.GetRequiredService<CheckoutService>();
    private readonly StoreService stores = services.GetRequiredService<StoreService>();
    private readonly DueJobs jobs = services.GetRequiredService<DueJobs>();
    private int operations;

    public SampleStaff Staff => staff;

    public Task RunJobsAsync() => jobs.RunAsync();

    public async Task ChangeStoreAsync(string code, ChangeStoreRequest request) =>
        Demand(await stores.ChangeAsync(staff.Administrator, NextKey(), code, request));

    public async Task AddStoreAsync(AddStoreRequest request) => Demand(await stores.AddAsync(staff.Administrator, NextKey(), request));

    public async Task OpenAsync(Caller by, CreateAccountRequest request) => Demand(await accounts.CreateAsync(by, NextKey(), request));

    public async Task<Guid> AddContactAsync(Caller by, string account, AddContactRequest request) =>
        Demand(await contacts.AddAsync(by, NextKey(), Reference(account), request)).Id;

    public async Task HoldAsync(string account, string reason, string note) =>
        Demand(await accounts.HoldAsync(staff.Manager, NextKey(), Reference(account), new HoldRequest { Reason = reason, Note = note }));

    public async Task LiftHoldAsync(string account) => Demand(await accounts.LiftHoldAsync(staff.Manager, NextKey(), Reference(account)));

    public async Task ReissueCardAsync(Caller by, string account) => Demand(await accounts.ReissueCardAsync(by, NextKey(), Reference(account)));

    public async Task<Guid> IssueAsync(Caller by, string account, SampleStore store, string amount, IssueCreditRequest request) =>
        Demand(await credits.IssueAsync(by, NextKey(), Reference(account), request with { Store = store.Code, Amount = MoneyInput.Of(amount, store.Currency) }, "sample")).Id;

    public async Task AdjustAsync(Caller by, Guid credit, string delta, string reason, string memo) =>
        Demand(await credits.AdjustAsync(by, NextKey(), credit, new AdjustCreditRequest { Delta = delta, Reason = reason, Memo = memo }));

    public async Task ExtendAsync(Caller by, Guid credit, DateOnly expiresOn, string reason) =>
        Demand(await credits.ChangeAsync(by, NextKey(), credit, new ChangeCreditRequest { ExpiresOn = expiresOn, Reason = reason }));

    public async Task InvalidateAsync(Caller by, Guid credit, string reason, string note) =>
        Demand(await credits.InvalidateAsync(by, NextKey(), credit, new InvalidateCreditRequest { Reason = reason, Note = note }));

    public async Task DeleteAsync(Caller by, Guid credit) => Demand(await credits.DeleteAsync(by, NextKey(), credit));

    public async Task DebitAsync(Caller by, string account, SampleStore store, string amount, string reason, string memo) =>
        Demand(await credits.DebitAsync(
            by, NextKey(), Reference(account), new DebitRequest { Store = store.Code, Amount = MoneyInput.Of(amount, store.Currency), Reason = reason, Memo = memo }));

    /// <param name="amount">Null for as much as there is, up to the order's total.</param>
    /// <returns>The authorization's code.</returns>
    public async Task<string> AuthorizeAsync(string account, SampleStore store, string orderNumber, string orderTotal, string? amount = null) =>
        (await HoldForOrderAsync(account, store, orderNumber, orderTotal, amount)).Code;

    public async Task<AuthorizationView> HoldForOrderAsync(string account, SampleStore store, string orderNumber, string orderTotal, string? amount = null, Guid? contactId = null) =>
        Demand(await checkout.AuthorizeAsync(staff.Webshop, NextKey(), Reference(account), new AuthorizeRequest
        {
            Store = store.Code,
            OrderNumber = orderNumber,
            OrderTotal = MoneyInput.Of(orderTotal, store.Currency),
            Amount = amount is null ? null : new PartialAmount(amount),
            ContactId = contactId,
        }));

    public async Task CaptureAsync(string code, string? amount = null, bool keepRest = false) =>
        Demand(await checkout.CaptureAsync(staff.Webshop, NextKey(), code, new CaptureRequest { Amount = amount is null ? null : new PartialAmount(amount), KeepRest = keepRest }));

    public async Task VoidAsync(string code, string reason) => Demand(await checkout.VoidAsync(staff.Webshop, NextKey(), code, new VoidRequest { Reason = reason }));

    public async Task RefundAsync(Caller by, string code, string amount, string note) =>
        Demand(await checkout.RefundAsync(by, NextKey(), code, new RefundRequest { Amount = new PartialAmount(amount), Reason = "customer-request", Note = note }));

    private OperationKey NextKey() => OperationKey.ForJob(string.Create(CultureInfo.InvariantCulture, $"{SampleData.KeyPrefix}{++operations}"));

    private static string Reference(string externalId) => $"ext:{externalId}";

    private static T Demand<T>(Result<T> result) => result.Value;
}
