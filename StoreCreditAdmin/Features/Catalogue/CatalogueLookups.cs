using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;

namespace StoreCreditAdmin.Features.Catalogue;

/// <summary>Finds what requests name by code, or says why it cannot be used.</summary>
public static class CatalogueLookups
{
    private static readonly Func<StoreCreditDbContext, CancellationToken, Task<Store?>> FindDefaultStore =
        EF.CompileAsyncQuery((StoreCreditDbContext db, CancellationToken cancellationToken) => db.Stores.SingleOrDefault(store => store.IsDefault));

    private static readonly Func<StoreCreditDbContext, string, CancellationToken, Task<Store?>> FindActiveStore =
        EF.CompileAsyncQuery((StoreCreditDbContext db, string code, CancellationToken cancellationToken) => db.Stores.SingleOrDefault(store => store.Code == code && store.Active));

    private static readonly Func<StoreCreditDbContext, string, Task<CreditType?>> FindActiveType =
        EF.CompileAsyncQuery((StoreCreditDbContext db, string code) => db.CreditTypes.SingleOrDefault(type => type.Code == code && type.Active));

    private static readonly Func<StoreCreditDbContext, string, Task<Reason?>> FindReasonByCode =
        EF.CompileAsyncQuery((StoreCreditDbContext db, string code) => db.Reasons.SingleOrDefault(reason => reason.Code == code));

    /// <param name="code">Null or empty for the default store.</param>
    public static async Task<Result<Store>> FindStoreAsync(this StoreCreditDbContext db, string? code, CancellationToken cancellationToken = default)
    {
        var store = string.IsNullOrEmpty(code)
            ? await FindDefaultStore(db, cancellationToken)
            : await FindActiveStore(db, code, cancellationToken);
        return store is null ? new Refusal("store-unknown", $"There is no active store '{code}'.", "store") : store;
    }

    public static async Task<Result<CreditType>> FindCreditTypeAsync(this StoreCreditDbContext db, string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return new Refusal("type-unknown", "Choose a type.", "type");
        }

        var type = await FindActiveType(db, code);
        return type is null ? new Refusal("type-unknown", $"There is no active credit type '{code}'.", "type") : type;
    }

    public static async Task<Result<Reason>> FindReasonAsync(this StoreCreditDbContext db, string? code, ReasonPurposes purpose)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return new Refusal("reason-required", "Choose a reason.", "reason");
        }

        var reason = await FindReasonByCode(db, code);
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
