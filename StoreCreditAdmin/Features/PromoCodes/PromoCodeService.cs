using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.PromoCodes;

/// <summary>Keeps the promo and referral codes.</summary>
public sealed partial class PromoCodeService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts)
{
    private const string List = "codes";

    /// <summary>In the order in which they were added.</summary>
    public async Task<KeysetPage<PromoCodeView>> ListAsync(Caller caller, KeysetRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var after = page.After?.Number(List) ?? 0;
        var rows = await db.PromoCodes.AsNoTracking().Include(code => code.Type).Include(code => code.ReferrerAccount)
            .Where(code => code.Id > after).OrderBy(code => code.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return KeysetPage<PromoCodeView>.Of(rows, page.Limit, PromoCodeView.Of, code => Cursor.After(List, code.Id));
    }

    public Task<Result<PromoCodeView>> AddAsync(Caller caller, OperationKey key, AddPromoCodeRequest request) =>
        gate.ExecuteAsync<PromoCodeView>(new OperationRequest("code.add", key, caller, Permission.ManageCatalogues), async write =>
        {
            write.About(Texts.Clean(request.Code), null);
            if (Wrong(request) is { } wrong)
            {
                return wrong;
            }

            var currency = CatalogueLookups.FindCurrency(request.Currency);
            var type = await write.Db.FindCreditTypeAsync(request.Type);
            var amount = currency.IsOk ? AmountParser.ParsePositive(request.Amount, currency.Value) : currency.Refusal;
            var referrerAmount = currency.IsOk && request.ReferrerAmount is not null ? AmountParser.ParsePositive(request.ReferrerAmount, currency.Value, "referrerAmount") : (Result<long>?)null;
            var referrer = request.ReferrerAccountId is null ? null : await write.Db.Accounts.WithReference(request.ReferrerAccountId).SingleOrDefaultAsync();
            if ((amount.Refusal ?? type.Refusal ?? referrerAmount?.Refusal
                ?? (request.ReferrerAccountId is not null && referrer is null ? new Refusal("account-unknown", "There is no such account.", "referrerAccountId") : null)) is { } refusal)
            {
                return refusal;
            }

            var code = new PromoCode(request.Code!, request.Kind == "referral" ? PromoCodeKind.Referral : PromoCodeKind.Promo, new Money(amount.Value, currency.Value), type.Value)
            {
                ValidFrom = request.ValidFrom,
                ValidTo = request.ValidTo,
                PerCustomer = request.PerCustomer ?? 1,
                Total = request.Total,
                ReferrerAccount = referrer,
                ReferrerAmountMinor = referrerAmount?.Value,
            };
            if (await write.Db.PromoCodes.AnyAsync(one => one.CodeKey == code.CodeKey))
            {
                return CatalogueRules.CodeTaken(code.Code);
            }

            write.Db.PromoCodes.Add(code);
            var view = PromoCodeView.Of(code);
            write.Audit(code.Code, code.Code, newValues: view);
            return view;
        });

    private static Refusal? Wrong(AddPromoCodeRequest request) =>
        request.Code is null || !Code().IsMatch(request.Code)
            ? new Refusal(CatalogueRules.Invalid, "Write a code of 1 to 50 letters a to z, digits, hyphens and underscores.", "code")
        : request.Kind is not ("promo" or "referral") ? new Refusal(CatalogueRules.Invalid, "Write promo or referral.", "kind")
        : request.PerCustomer < 1 ? new Refusal(CatalogueRules.Invalid, "Write a whole number above zero.", "perCustomer")
        : request.Total < 1 ? new Refusal(CatalogueRules.Invalid, "Write a whole number above zero, or leave it out.", "total")
        : request.ValidTo < request.ValidFrom ? new Refusal(CatalogueRules.Invalid, "The last day cannot be before the first.", "validTo")
        : request.Kind == "promo" && (request.ReferrerAccountId ?? request.ReferrerAmount) is not null
            ? new Refusal(CatalogueRules.Invalid, "Only a referral code has a referrer.", "referrerAccountId")
        : request.ReferrerAccountId is null != request.ReferrerAmount is null
            ? new Refusal(CatalogueRules.Invalid, "Give both the referrer's account and amount, or neither.", "referrerAmount")
        : null;

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,50}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}

/// <summary>A promo or referral code as the HTTP API shows it.</summary>
public sealed record PromoCodeView
{
    public required string Code { get; init; }

    /// <summary><c>promo</c> or <c>referral</c>.</summary>
    public required string Kind { get; init; }

    public required Amount Amount { get; init; }

    public required string Currency { get; init; }

    public required string Type { get; init; }

    public required DateOnly? ValidFrom { get; init; }

    public required DateOnly? ValidTo { get; init; }

    public required int PerCustomer { get; init; }

    public required int? Total { get; init; }

    public required Guid? ReferrerAccountId { get; init; }

    public required Amount? ReferrerAmount { get; init; }

    internal static PromoCodeView Of(PromoCode code) => new()
    {
        Code = code.Code,
        Kind = code.Kind == PromoCodeKind.Referral ? "referral" : "promo",
        Amount = Domain.Amount.Of(code.AmountMinor, code.Currency),
        Currency = code.CurrencyCode,
        Type = code.Type.Code,
        ValidFrom = code.ValidFrom,
        ValidTo = code.ValidTo,
        PerCustomer = code.PerCustomer,
        Total = code.Total,
        ReferrerAccountId = code.ReferrerAccount?.PublicId,
        ReferrerAmount = code.ReferrerAmountMinor is { } minor ? Domain.Amount.Of(minor, code.Currency) : null,
    };
}

public sealed record AddPromoCodeRequest
{
    public string? Code { get; init; }

    /// <summary><c>promo</c> or <c>referral</c>.</summary>
    public string? Kind { get; init; }

    [System.Text.Json.Serialization.JsonConverter(typeof(AmountTextConverter))]
    public string? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>A credit type's code.</summary>
    public string? Type { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }

    /// <summary>How often one customer can use it; absent for once.</summary>
    public int? PerCustomer { get; init; }

    public int? Total { get; init; }

    public string? ReferrerAccountId { get; init; }

    [System.Text.Json.Serialization.JsonConverter(typeof(AmountTextConverter))]
    public string? ReferrerAmount { get; init; }
}
