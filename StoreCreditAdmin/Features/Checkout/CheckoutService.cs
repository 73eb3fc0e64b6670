using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>Holds credit for orders, takes it, frees it and gives it back.</summary>
public sealed class CheckoutService(CommitGate gate)
{
    private const string RefundType = "refund-credit";
    private const int CodeBytes = 20;

    private static readonly Refusal NoSuchContact = new("not-found", "The account has no such contact.", "contactId");

    private static readonly Refusal ContactNotPermitted =
        new("contact-not-permitted", "This contact may not use the account's credit. Switch it on at the contact first.", "contactId");

    /// <summary>Holds credit for an order, in place of what an earlier authorization of the same order still holds.</summary>
    /// <returns>The authorization; the earlier one, freed, where zero was asked for.</returns>
    public Task<Result<AuthorizationView>> AuthorizeAsync(Caller caller, OperationKey key, string accountReference, AuthorizeRequest request) =>
        gate.ExecuteAsync<AuthorizationView>(new OperationRequest("authorization.create", key, caller, Permission.Checkout), async write =>
        {
            var found = await write.Db.FindAccountAsync(accountReference);
            if (!found.IsOk)
            {
                return found.Refusal;
            }

            var account = found.Value;
            write.About(account.Name, account.PublicId.ToString(), account.Id);
            var store = await write.Db.FindStoreAsync(request.Store);
            var orderNumber = OrderNumber(request.OrderNumber);
            var total = (request.OrderTotal ?? new()).ParseSigned("orderTotal");
            var contact = await FindContactAsync(write.Db, account, request.ContactId);
            if ((store.Refusal ?? orderNumber.Refusal ?? total.Refusal ?? contact.Refusal ?? BadMinutes(request.ExpiresInMinutes)) is { } refusal)
            {
                return refusal;
            }

            var currency = total.Value.Currency;
            var amount = request.Amount?.Parse(currency);
            if (amount?.Refusal is { } badAmount)
            {
                return badAmount;
            }

            var earlier = await write.Db.AuthorizationsOfOrderAsync(orderNumber.Value, store.Value, currency);
            var replaced = earlier.Find(one => one.IsOpen && one.AccountId == account.Id);
            var terms = new AuthorizationTerms
            {
                Code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CodeBytes)),
                OrderNumber = orderNumber.Value,
                OrderTotalMinor = total.Value.Minor,
                TakenMinor = earlier.Sum(one => one.CapturedMinor - one.RefundedMinor + (one == replaced ? 0 : one.OpenMinor)),
                AmountMinor = amount?.Value,
                Contact = contact.Value,
                ExpiresAt = write.Now.AddMinutes(request.ExpiresInMinutes ?? store.Value.AuthorizationMinutes),
            };
            var wallet = await write.LoadWalletAsync(account, store.Value, currency);
            var authorized = wallet.Authorize(write.Posting(store.Value), terms, replaced);
            if (!authorized.IsOk)
            {
                return authorized.Refusal.Code == LedgerRefusals.InsufficientCredit && await OtherCurrencyAsync(write.Db, wallet) is { } otherCurrency
                    ? otherCurrency
                    : authorized.Refusal;
            }

            write.Record(wallet);
            var authorization = authorized.Value ?? replaced!;
            Audit(write, authorization, newValues: new
            {
                orderNumber = orderNumber.Value,
                authorized = Amount.Of(authorized.Value?.AuthorizedMinor ?? 0, currency),
                currency = currency.Code,
                replaced = replaced?.Code,
            });
            return AuthorizationView.Of(authorization);
        });

    public Task<Result<AuthorizationView>> CaptureAsync(Caller caller, OperationKey key, string code, CaptureRequest request) =>
        OnAuthorizationAsync<AuthorizationView>("authorization.capture", caller, key, code, async (write, authorization) =>
        {
            var amount = request.Amount?.Parse(authorization.Currency);
            if (amount?.Refusal is { } refusal)
            {
                return refusal;
            }

            var before = authorization.CapturedMinor;
            var wallet = await OpenWalletAsync(write, authorization);
            var captured = wallet.Capture(write.Posting(authorization.Store), authorization, amount?.Value, request.KeepRest);
            if (!captured.IsOk)
            {
                return captured.Refusal;
            }

            write.Record(wallet);
            Audit(write, authorization, newValues: new { authorization.OrderNumber, captured = Amount.Of(authorization.CapturedMinor - before, authorization.Currency) });
            return AuthorizationView.Of(authorization);
        });

    /// <summary>Frees what is held. A second time answers the same and changes nothing.</summary>
    public Task<Result<AuthorizationView>> VoidAsync(Caller caller, OperationKey key, string code, VoidRequest request) =>
        OnAuthorizationAsync<AuthorizationView>("authorization.void", caller, key, code, async (write, authorization) =>
        {
            var words = Texts.Clean(request.Reason);
            if (Texts.TooLong((words, "reason", Credit.MaxTextLength)) is { } tooLong)
            {
                return tooLong;
            }

            var reason = await write.Db.Reasons.SingleOrDefaultAsync(one => one.Code == words);
            var open = authorization.OpenMinor;
            var wallet = await OpenWalletAsync(write, authorization);
            var posting = write.Posting(authorization.Store, new EntryDetails { Reason = reason, Memo = reason is null ? words : null });
            var freed = wallet.Void(posting, authorization);
            if (!freed.IsOk)
            {
                return freed.Refusal;
            }

            write.Record(wallet);
            Audit(write, authorization, reason?.Name, posting.Details.Memo, new { authorization.OrderNumber, released = Amount.Of(open, authorization.Currency) });
            return AuthorizationView.Of(authorization);
        });

    public Task<Result<RefundView>> RefundAsync(Caller caller, OperationKey key, string code, RefundRequest request) =>
        OnAuthorizationAsync<RefundView>("authorization.refund", caller, key, code, async (write, authorization) =>
        {
            var amount = request.Amount?.Parse(authorization.Currency);
            var reason = await RefundReasonAsync(write.Db, request.Reason);
            if ((amount?.Refusal ?? reason.Refusal ?? Texts.TooLong((request.Note, "note", Credit.MaxTextLength))) is { } refusal)
            {
                return refusal;
            }

            var type = await write.Db.CreditTypes.SingleAsync(one => one.Code == RefundType);
            var wallet = await OpenWalletAsync(write, authorization);
            var posting = write.Posting(authorization.Store, new EntryDetails { Reason = reason.Value, Memo = Texts.Clean(request.Note) });
            var refunded = wallet.Refund(posting, authorization, amount?.Value, request.ToNewCredit, type);
            if (!refunded.IsOk)
            {
                return refunded.Refusal;
            }

            write.Record(wallet);
            Amount In(long minor) => Amount.Of(minor, authorization.Currency);
            var given = new RefundedView(
                write.Operation.PublicId,
                In(refunded.Value.Sum(draw => draw.AmountMinor)),
                [.. refunded.Value.Select(draw => new RefundLineView(draw.Credit.PublicId, In(draw.AmountMinor)))]);
            Audit(write, authorization, reason.Value?.Name, posting.Details.Memo, new { authorization.OrderNumber, refunded = given.Amount, given.Lines });
            return new RefundView(given, AuthorizationView.Of(authorization));
        });

    private Task<Result<T>> OnAuthorizationAsync<T>(string kind, Caller caller, OperationKey key, string code, Func<WriteScope, Authorization, Task<Result<T>>> deed) =>
        gate.ExecuteAsync<T>(new OperationRequest(kind, key, caller, Permission.Checkout), async write =>
        {
            var authorization = await write.Db.FindAuthorizationAsync(code);
            if (authorization is null)
            {
                return new Refusal("not-found", $"There is no authorization '{Texts.Shortened(code)}'.");
            }

            write.About(authorization.Account.Name, authorization.PublicId.ToString(), authorization.AccountId);
            return await deed(write, authorization);
        });

    private static Task<Wallet> OpenWalletAsync(WriteScope write, Authorization authorization) =>
        write.OpenWalletAsync(authorization.Account, authorization.Store, authorization.Currency, [.. authorization.Lines.Select(line => line.Credit)]);

    private static Result<string> OrderNumber(string? text)
    {
        var number = Texts.Clean(text);
        return number is null ? new Refusal("invalid-request", "Give the order's number.", "orderNumber")
            : Texts.TooLong((number, "orderNumber", Authorization.MaxOrderNumberLength)) is { } tooLong ? tooLong
            : number;
    }

    private static Refusal? BadMinutes(int? minutes) =>
        minutes is < 1 or > Store.MaxAuthorizationMinutes
            ? new Refusal("invalid-request", $"Hold credit for 1 to {Store.MaxAuthorizationMinutes} minutes.", "expiresInMinutes")
            : null;

    private static async Task<Result<Contact?>> FindContactAsync(StoreCreditDbContext db, Account account, Guid? contactId)
    {
        if (contactId is null)
        {
            return Result<Contact?>.Of(null);
        }

        var contact = await db.Set<Contact>().SingleOrDefaultAsync(one => one.PublicId == contactId && one.AccountId == account.Id);
        return contact is null ? NoSuchContact
            : contact.MayUseCredit ? contact
            : ContactNotPermitted;
    }

    private static async Task<Result<Reason?>> RefundReasonAsync(StoreCreditDbContext db, string? code)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return Result<Reason?>.Of(null);
        }

        var reason = await db.FindReasonAsync(code, ReasonPurposes.Refund);
        return reason.IsOk ? reason.Value : reason.Refusal;
    }

    /// <summary>Why there is nothing, where the account has credit in the store after all, only in another currency.</summary>
    private static async Task<Refusal?> OtherCurrencyAsync(StoreCreditDbContext db, Wallet wallet)
    {
        if (wallet.Credits.Count > 0)
        {
            return null;
        }

        var others = await db.AccountBalances
            .Where(balance => balance.AccountId == wallet.Account.Id && balance.StoreId == wallet.Store.Id && balance.Buckets.Available > 0)
            .Where(balance => balance.CurrencyCode != wallet.Currency.Code)
            .Select(balance => balance.CurrencyCode).ToListAsync();
        return others.Count == 0
            ? null
            : new Refusal("currency-mismatch", $"The account has no credit in {wallet.Currency}, only in {string.Join(", ", others.Order(StringComparer.Ordinal))}.", "orderTotal");
    }

    private static void Audit(WriteScope write, Authorization authorization, string? reason = null, string? note = null, object? newValues = null) =>
        write.Audit(authorization.Account.Name, authorization.PublicId.ToString(), authorization.AccountId, reason, note, newValues: newValues);
}
