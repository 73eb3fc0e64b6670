using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Features.Catalogue;

/// <summary>Finds what requests name by code, or says why it cannot be used.</summary>
public static class CatalogueLookups
{
    /// <param name="code">Null or empty for the default store.</param>
    public static async Task<Result<Store>> FindStoreAsync(this StoreCreditDbContext db, string? code, CancellationToken cancellationToken = default)
    {
        var store = string.IsNullOrEmpty(code)
            ? await db.Stores.SingleOrDefaultAsync(one => one.IsDefault, cancellationToken)
            : await db.Stores.SingleOrDefaultAsync(one => one.Code == code && one.Active, cancellationToken);
        return store is null ? new Refusal("store-unknown", $"There is no active store '{code}'.", "store") : store;
    }

    public static async Task<Result<CreditType>> FindCreditTypeAsync(this StoreCreditDbContext db, string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return new Refusal("type-unknown", "Choose a type.", "type");
        }

        var type = await db.CreditTypes.SingleOrDefaultAsync(one => one.Code == code && one.Active);
        return type is null ? new Refusal("type-unknown", $"There is no active credit type '{code}'.", "type") : type;
    }

    public static async Task<Result<Reason>> FindReasonAsync(this StoreCreditDbContext db, string? code, ReasonPurposes purpose)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return new Refusal("reason-required", "Choose a reason.", "reason");
        }

        var reason = await db.Reasons.SingleOrDefaultAsync(one => one.Code == code);
        return reason is null ? new Refusal("reason-unknown", $"There is no reason '{code}'.", "reason")
            : !reason.Active ? new Refusal("reason-unknown", $"The reason '{reason.Name}' is no longer in use. Choose another.", "reason")
            : !reason.Purposes.HasFlag(purpose) ? new Refusal("reason-unknown", $"The reason '{reason.Name}' is not for this. Choose another.", "reason")
            : reason;
    }

    public static Result<Currency> FindCurrency(string? code, string field = "currency") =>
        Currency.TryFind(code, out var currency)
            ? currency
            : new Refusal("currency-unknown", $"'{code}' is not a currency. Write an ISO 4217 code such as USD.", field);
}
