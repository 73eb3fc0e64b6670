using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A shop's checkout for one account: each call under a key of its own, amounts as decimal strings.</summary>
public sealed class Shop(TestDatabase database, Account account, string currency = "USD")
{
    private readonly CheckoutService service = database.Get<CheckoutService>();

    public Task<Result<AuthorizationView>> AuthorizeAsync(string order, string total, string? amount = null, Guid? contactId = null, OperationKey? key = null) =>
        service.AuthorizeAsync(TestDatabase.Robot, key ?? OperationKey.ForForm(), account.PublicId.ToString(), new AuthorizeRequest
        {
            OrderNumber = order,
            OrderTotal = MoneyInput.Of(total, currency),
            Amount = Part(amount),
            ContactId = contactId,
        });

    public Task<Result<AuthorizationView>> CaptureAsync(string code, string? amount = null, bool keepRest = false, OperationKey? key = null) =>
        service.CaptureAsync(TestDatabase.Robot, key ?? OperationKey.ForForm(), code, new CaptureRequest { Amount = Part(amount), KeepRest = keepRest });

    public Task<Result<AuthorizationView>> VoidAsync(string code, string? reason = null, OperationKey? key = null) =>
        service.VoidAsync(TestDatabase.Robot, key ?? OperationKey.ForForm(), code, new VoidRequest { Reason = reason });

    public Task<Result<RefundView>> RefundAsync(string code, string? amount = null, bool toNewCredit = false, OperationKey? key = null) =>
        service.RefundAsync(TestDatabase.Robot, key ?? OperationKey.ForForm(), code, new RefundRequest { Amount = Part(amount), ToNewCredit = toNewCredit });

    private static PartialAmount? Part(string? amount) => amount is null ? null : new PartialAmount(amount);
}
