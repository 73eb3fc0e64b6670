using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.PromoCodes;

/// <summary>Keeps the promo and referral codes.</summary>
public sealed class PromoCodeService(CommitGate gate)
{
    private static readonly Refusal NotFound = new("not-found", "There is no such code.");

    public Task<Result<PromoCodeView>> AddAsync(Caller caller, OperationKey key, AddPromoCodeRequest request) =>
        gate.ExecuteAsync<PromoCodeView>(new OperationRequest("code.add", key, caller, Permission.ManageCatalogues), async write =>
        {
            write.About(Texts.Clean(request.Code), null);
            if ((PromoCodeRules.BadCode(request.Code) ?? PromoCodeRules.BadKind(request.Kind)) is { } wrong)
            {
                return wrong;
            }

            var kind = PromoCodeRules.KindOf(request.Kind!);
            var terms = await TermsAsync(write.Db, kind, Wanted.Of(request), null);
            if (!terms.IsOk)
            {
                return terms.Refusal;
            }

            var code = new PromoCode(request.Code!, kind, terms.Value);
            if (await write.Db.PromoCodes.AnyAsync(one => one.CodeKey == code.CodeKey))
            {
                return CatalogueRules.CodeTaken(code.Code);
            }

            write.Db.PromoCodes.Add(code);
            var view = PromoCodeView.Of(code);
            write.Audit(code.Code, code.Code, newValues: view);
            return view;
        });

    public Task<Result<PromoCodeView>> ChangeAsync(Caller caller, OperationKey key, string text, ChangePromoCodeRequest request) =>
        gate.ExecuteAsync<PromoCodeView>(new OperationRequest("code.change", key, caller, Permission.ManageCatalogues), async write =>
        {
            var codeKey = PromoCode.KeyOf(text);
            var code = await write.Db.PromoCodes.Include(one => one.Type).Include(one => one.ReferrerAccount).SingleOrDefaultAsync(one => one.CodeKey == codeKey);
            if (code is null)
            {
                return NotFound;
            }

            write.About(code.Code, code.Code);
            var before = PromoCodeView.Of(code);
            if ((CatalogueRules.Stale(code.Version, request.Version) ?? CatalogueRules.CodeChanged(code.Code, request.Code)
                ?? PromoCodeRules.KindChanged(before.Kind, request.Kind) ?? await CurrencyRefusalAsync(write.Db, code, request.Currency)) is { } frozen)
            {
                return frozen;
            }

            var terms = await TermsAsync(write.Db, code.Kind, Wanted.Of(request, before), code);
            if (!terms.IsOk)
            {
                return terms.Refusal;
            }

            var changes = PromoCodeRules.Changes(code, terms.Value);
            if (changes.Any)
            {
                code.Change(terms.Value);
                write.Audit(code.Code, code.Code, oldValues: changes.Before, newValues: changes.After);
            }

            return PromoCodeView.Of(code);
        });

    /// <param name="code">The code that shall change, which keeps a type that is no longer active.</param>
    private static async Task<Result<PromoCodeTerms>> TermsAsync(StoreCreditDbContext db, PromoCodeKind kind, Wanted wanted, PromoCode? code)
    {
        if (PromoCodeRules.Wrong(kind, wanted) is { } wrong)
        {
            return wrong;
        }

        var currency = CatalogueLookups.FindCurrency(wanted.Currency);
        if (!currency.IsOk)
        {
            return currency.Refusal;
        }

        var type = code is not null && code.Type.Code == wanted.Type ? code.Type : await db.FindCreditTypeAsync(wanted.Type);
        var amount = AmountParser.ParsePositive(wanted.Amount, currency.Value);
        var referrerAmount = wanted.ReferrerAmount is null ? (Result<long>?)null : AmountParser.ParsePositive(wanted.ReferrerAmount, currency.Value, "referrerAmount");
        var referrer = wanted.Referrer is null ? null : await db.Accounts.WithReference(wanted.Referrer).SingleOrDefaultAsync();
        if ((amount.Refusal ?? type.Refusal ?? referrerAmount?.Refusal ?? UnknownReferrer(wanted.Referrer, referrer)) is { } refusal)
        {
            return refusal;
        }

        return new PromoCodeTerms
        {
            Amount = new Money(amount.Value, currency.Value),
            Type = type.Value,
            ValidFrom = wanted.ValidFrom,
            ValidTo = wanted.ValidTo,
            PerCustomer = wanted.PerCustomer,
            Total = wanted.Total,
            ReferrerAccount = referrer,
            ReferrerAmountMinor = referrerAmount?.Value,
            Active = wanted.Active,
        };
    }

    private static Refusal? UnknownReferrer(string? reference, Account? found) =>
        reference is not null && found is null ? new Refusal("account-unknown", "There is no such account.", "referrerAccountId") : null;

    /// <summary>What a code gave is added up in one currency.</summary>
    private static async Task<Refusal?> CurrencyRefusalAsync(StoreCreditDbContext db, PromoCode code, string? wanted) =>
        wanted is null || wanted == code.CurrencyCode || !await db.PromoCodeUses.AnyAsync(use => use.PromoCodeId == code.Id)
            ? null
            : new Refusal("currency-frozen", $"This code has given {code.CurrencyCode} already. Deactivate it and add another.", "currency");
}

/// <summary>A code's terms as a request asks for them.</summary>
internal sealed record Wanted(
    string? Amount, string? Currency, string? Type, DateOnly? ValidFrom, DateOnly? ValidTo, int PerCustomer, int? Total, string? Referrer, string? ReferrerAmount, bool Active)
{
    public static Wanted Of(AddPromoCodeRequest request) => new(
        request.Amount, request.Currency, request.Type, request.ValidFrom, request.ValidTo, request.PerCustomer ?? 1, request.Total, request.ReferrerAccountId, request.ReferrerAmount, true);

    public static Wanted Of(ChangePromoCodeRequest request, PromoCodeView now) => new(
        request.Amount ?? now.Amount.ToString(),
        request.Currency ?? now.Currency,
        request.Type ?? now.Type,
        request.ValidFrom.Or(now.ValidFrom),
        request.ValidTo.Or(now.ValidTo),
        request.PerCustomer ?? now.PerCustomer,
        request.Total.Or(now.Total),
        request.ReferrerAccountId.Or(now.ReferrerAccountId?.ToString()),
        request.ReferrerAmount.Or(now.ReferrerAmount?.ToString()),
        request.Active ?? now.Active);
}
