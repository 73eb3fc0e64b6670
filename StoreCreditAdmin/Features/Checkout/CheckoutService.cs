using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>Holds credit for orders, takes it, frees it and gives it back.</summary>
public sealed class CheckoutService(CommitGate gate, CheckoutOwners owners)
{
    internal static Refusal Unknown(string code) => new("not-found", $"There is no authorization '{Texts.Shortened(code)}'.");

    /// <summary>Holds credit for an order, in place of what an earlier authorization of the same order still holds.</summary>
    /// <returns>The authorization; the earlier one, freed, where zero was asked for.</returns>
    /// <exception cref="TooManyRequestsException">There were too many wrong card numbers lately.</exception>
    public Task<Result<AuthorizationView>> AuthorizeAsync(Caller caller, OperationKey key, AuthorizeRequest request)
    {
        owners.DemandOpen(caller, request);
        return AuthorizeAsync(caller, key, request, write => owners.FindAsync(write.Db, caller, request));
    }

    /// <param name="accountReference">The owner; the request may name one of its contacts.</param>
    /// <inheritdoc cref="AuthorizeAsync(Caller, OperationKey, AuthorizeRequest)"/>
    public Task<Result<AuthorizationView>> AuthorizeAsync(Caller caller, OperationKey key, string accountReference, AuthorizeRequest request) =>
        AuthorizeAsync(caller, key, request, write => CheckoutOwners.FindAsync(write.Db, accountReference, request.ContactId));

    public Task<Result<AuthorizationView>> CaptureAsync(Caller caller, OperationKey key, string code, CaptureRequest request) =>
        OnAuthorizationAsync<AuthorizationView>("authorization.capture", caller, key, code, async (write, authorization) =>
        {
            var amount = request.Amount?.Parse(authorization.Currency);
            if (amount?.Refusal is { } refusal)
            {
                return refusal;
            }

            return (await write.CaptureAsync(authorization, amount?.Value, request.KeepRest)).Map(AuthorizationView.Of);
        });

    /// <summary>Frees what is held. A second time answers the same and changes nothing.</summary>
    public Task<Result<AuthorizationView>> VoidAsync(Caller caller, OperationKey key, string code, VoidRequest request) =>
        OnAuthorizationAsync<AuthorizationView>("authorization.void", caller, key, code, async (write, authorization) =>
        {
            var words = Texts.Clean(request.Reason);
            if (CreditTexts.Refusal(words, "reason") is { } refusal)
            {
                return refusal;
            }

            var reason = await write.Db.Reasons.SingleOrDefaultAsync(one => one.Code == words);
            var freed = await write.VoidAsync(authorization, new EntryDetails { Reason = reason, Memo = reason is null ? words : null });
            return freed.Map(AuthorizationView.Of);
        });

    /// <summary>Frees what is still held, though some was captured, for a reason that staff gives.</summary>
    public Task<Result<AuthorizationView>> ReleaseAsync(Caller caller, OperationKey key, string code, ReleaseRequest request) =>
        OnAuthorizationAsync<AuthorizationView>("authorization.release", caller, key, code, async (write, authorization) =>
        {
            var reason = await write.Db.FindReasonAsync(request.Reason, ReasonPurposes.Refund);
            if ((reason.Refusal ?? CreditTexts.Refusal(request.Note, "note")) is { } refusal)
            {
                return refusal;
            }

            if (!authorization.IsOpen)
            {
                return new Refusal("already-voided", "It holds nothing any more.");
            }

            await write.ReleaseAsync(authorization, authorization.OpenMinor, new EntryDetails { Reason = reason.Value, Memo = Texts.Clean(request.Note) });
            return AuthorizationView.Of(authorization);
        });

    public Task<Result<RefundView>> RefundAsync(Caller caller, OperationKey key, string code, RefundRequest request) =>
        OnAuthorizationAsync<RefundView>("authorization.refund", caller, key, code, async (write, authorization) =>
        {
            var amount = request.Amount?.Parse(authorization.Currency);
            var reason = await RefundReasonAsync(write.Db, request.Reason);
            if ((amount?.Refusal ?? reason.Refusal ?? CreditTexts.Refusal(request.Note, "note")) is { } refusal)
            {
                return refusal;
            }

            var refunded = await write.RefundAsync(authorization, amount?.Value, request.ToNewCredit, new EntryDetails { Reason = reason.Value, Memo = Texts.Clean(request.Note) });
            if (!refunded.IsOk)
            {
                return refunded.Refusal;
            }

            var returned = refunded.Value.Sum(draw => draw.AmountMinor);
            if (authorization.OrderNumber is { } number && await write.Db.FindOrderMoneyAsync(number, authorization.Store, authorization.Currency) is { } order)
            {
                await write.ReclaimAsync(order, returned);
            }

            Amount In(long minor) => Amount.Of(minor, authorization.Currency);
            var given = new RefundedView(
                write.Operation.PublicId,
                In(returned),
                [.. refunded.Value.Select(draw => new RefundLineView(draw.Credit.PublicId, In(draw.AmountMinor)))]);
            return new RefundView(given, AuthorizationView.Of(authorization));
        });

    private Task<Result<AuthorizationView>> AuthorizeAsync(Caller caller, OperationKey key, AuthorizeRequest request, Func<WriteScope, Task<Result<CheckoutOwner>>> findOwner) =>
        gate.ExecuteAsync<AuthorizationView>(new OperationRequest("authorization.create", key, caller, Permission.Checkout), async write =>
        {
            var owner = await findOwner(write);
            if (!owner.IsOk)
            {
                return owner.Refusal;
            }

            var (account, contact) = owner.Value;
            write.About(account.Name, account.PublicId.ToString(), account.Id);
            var store = await write.Db.FindStoreAsync(request.Store);
            var orderNumber = OrderNumber(request.OrderNumber);
            var total = (request.OrderTotal ?? new()).ParseSigned("orderTotal");
            if ((store.Refusal ?? orderNumber.Refusal ?? total.Refusal ?? BadMinutes(request.ExpiresInMinutes)) is { } refusal)
            {
                return refusal;
            }

            var amount = request.Amount?.Parse(total.Value.Currency);
            if (amount?.Refusal is { } badAmount)
            {
                return badAmount;
            }

            var authorized = await write.AuthorizeAsync(account, store.Value, new AuthorizationAsk
            {
                OrderNumber = orderNumber.Value,
                Total = total.Value,
                AmountMinor = amount?.Value,
                Contact = contact,
                ExpiresInMinutes = request.ExpiresInMinutes,
            });
            return authorized.Map(AuthorizationView.Of);
        });

    private Task<Result<T>> OnAuthorizationAsync<T>(string kind, Caller caller, OperationKey key, string code, Func<WriteScope, Authorization, Task<Result<T>>> deed) =>
        gate.ExecuteAsync<T>(new OperationRequest(kind, key, caller, Permission.Checkout), async write =>
        {
            var authorization = await write.Db.FindAuthorizationAsync(code);
            if (authorization is null)
            {
                return Unknown(code);
            }

            write.About(authorization.Account.Name, authorization.PublicId.ToString(), authorization.AccountId);
            return await deed(write, authorization);
        });

    private static Result<string> OrderNumber(string? text)
    {
        var number = Texts.Clean(text);
        return number is null ? new Refusal("invalid-request", "Give the order's number.", "orderNumber")
            : (Texts.TooLong((number, "orderNumber", Authorization.MaxOrderNumberLength)) ?? Texts.NotOneLine(number, "orderNumber")) is { } refusal ? refusal
            : number;
    }

    private static Refusal? BadMinutes(int? minutes) =>
        minutes is < 1 or > Store.MaxAuthorizationMinutes
            ? new Refusal("invalid-request", $"Hold credit for 1 to {Store.MaxAuthorizationMinutes} minutes.", "expiresInMinutes")
            : null;

    private static async Task<Result<Reason?>> RefundReasonAsync(StoreCreditDbContext db, string? code)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return Result<Reason?>.Of(null);
        }

        var reason = await db.FindReasonAsync(code, ReasonPurposes.Refund);
        return reason.IsOk ? reason.Value : reason.Refusal;
    }
}
