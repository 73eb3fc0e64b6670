using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Catalogue;

/// <summary>Keeps the stores. Exactly one of them is the default at all times.</summary>
public sealed class StoreService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts)
{
    private static readonly Refusal NotFound = new("not-found", "There is no such store.");

    /// <param name="activeOnly">For pickers: leaves out the stores that can no longer be chosen.</param>
    public async Task<IReadOnlyList<StoreView>> ListAsync(Caller caller, bool activeOnly = false, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var stores = await db.Stores.AsNoTracking()
            .Where(store => store.Active || !activeOnly)
            .OrderByDescending(store => store.IsDefault).ThenBy(store => store.Name).ThenBy(store => store.Code)
            .ToListAsync(cancellationToken);
        return [.. stores.Select(StoreView.Of)];
    }

    public Task<Result<StoreView>> AddAsync(Caller caller, OperationKey key, AddStoreRequest request) =>
        gate.ExecuteAsync<StoreView>(new OperationRequest("store.add", key, caller, Permission.ManageStores), async write =>
        {
            var name = Texts.Clean(request.Name);
            write.About(name, request.Code);
            if ((CatalogueRules.BadCode(request.Code) ?? CatalogueRules.BadName(name)) is { } bad)
            {
                return bad;
            }

            var store = new Store(request.Code!, name!, "", "");
            var settings = await SettingsAsync(write.Db, store, new ChangeStoreRequest
            {
                Name = name,
                Currency = request.Currency ?? "",
                TimeZone = request.TimeZone ?? "",
                Address = request.Address,
                Language = request.Language,
                IsDefault = request.IsDefault,
                Active = request.Active,
                ApplyAfterCheckout = request.ApplyAfterCheckout,
                AuthorizationMinutes = request.AuthorizationMinutes,
                ReturnedValueDays = request.ReturnedValueDays,
                AutoInvoiceKinds = request.AutoInvoiceKinds,
                CreditLineType = request.CreditLineType,
                CapPerAccount = request.CapPerAccount,
            });
            if (!settings.IsOk)
            {
                return settings.Refusal;
            }

            if (await write.Db.Stores.AnyAsync(one => one.Code == request.Code))
            {
                return CatalogueRules.CodeTaken(request.Code!);
            }

            await ApplyAsync(write, store, settings.Value);
            write.Db.Stores.Add(store);
            var view = StoreView.Of(store);
            write.Audit(store.Name, store.Code, newValues: view);
            return view;
        });

    public Task<Result<StoreView>> ChangeAsync(Caller caller, OperationKey key, string code, ChangeStoreRequest request) =>
        gate.ExecuteAsync<StoreView>(new OperationRequest("store.change", key, caller, Permission.ManageStores), async write =>
        {
            var store = await write.Db.Stores.SingleOrDefaultAsync(one => one.Code == code);
            if (store is null)
            {
                return NotFound;
            }

            write.About(store.Name, store.Code);
            if ((CatalogueRules.Stale(store.Version, request.Version) ?? CatalogueRules.CodeChanged(store.Code, request.Code)) is { } refusal)
            {
                return refusal;
            }

            var settings = await SettingsAsync(write.Db, store, request);
            if (!settings.IsOk)
            {
                return settings.Refusal;
            }

            var wanted = settings.Value;
            if (wanted.TimeZone != store.TimeZone
                && StoreRules.DateGoesBack(store, wanted.TimeZone, write.Now) is { } behind
                && (store.BooksLockedThrough is not null || await write.Db.Credits.AnyAsync(credit => credit.StoreId == store.Id)))
            {
                return behind;
            }

            var changes = ChangesOf(store, wanted);
            if (changes.Any)
            {
                await ApplyAsync(write, store, wanted);
                store.CountChange();
                write.Audit(store.Name, store.Code, oldValues: changes.Before, newValues: changes.After);
            }

            return StoreView.Of(store);
        });

    private static async Task<Result<StoreSettings>> SettingsAsync(StoreCreditDbContext db, Store store, ChangeStoreRequest request)
    {
        var name = Texts.Clean(request.Name.Or(store.Name));
        var currency = CatalogueLookups.FindCurrency(request.Currency ?? store.CurrencyCode);
        var timeZone = request.TimeZone is null ? Result<string>.Of(store.TimeZone) : StoreRules.FindTimeZone(request.TimeZone);
        var address = StoreRules.ParseAddress(request.Address.Or(store.Address));
        var language = request.Language is null ? store.Language : Language.Find(request.Language);
        var minutes = request.AuthorizationMinutes ?? store.AuthorizationMinutes;
        var days = request.ReturnedValueDays.Or(store.ReturnedValueDays);
        var kinds = request.AutoInvoiceKinds is null ? Result<string>.Of(store.AutoInvoiceKinds) : StoreRules.ParseInvoiceKinds(request.AutoInvoiceKinds);
        if ((CatalogueRules.BadName(name) ?? currency.Refusal ?? timeZone.Refusal ?? address.Refusal ?? (language is null ? Language.Unknown(request.Language!) : null)
            ?? CatalogueRules.OutOfRange(minutes, 1, Store.MaxAuthorizationMinutes, "authorizationMinutes")
            ?? CatalogueRules.OutOfRange(days ?? 1, 1, Store.MaxReturnedValueDays, "returnedValueDays") ?? kinds.Refusal) is { } refusal)
        {
            return refusal;
        }

        var cap = CapOf(store, request, currency.Value);
        var type = await CreditLineTypeAsync(db, store, request.CreditLineType);
        var isDefault = request.IsDefault ?? store.IsDefault;
        var active = request.Active ?? store.Active;
        return (cap.Refusal ?? type.Refusal ?? DefaultRefusal(store, isDefault, active)) is { } refused
            ? refused
            : new StoreSettings(
                name!, currency.Value.Code, timeZone.Value, address.Value, language!, isDefault, active, request.ApplyAfterCheckout ?? store.ApplyAfterCheckout, minutes, days, kinds.Value, type.Value, cap.Value);
    }

    /// <summary>A cap is an amount of the store's currency: another currency needs it said again.</summary>
    private static Result<long?> CapOf(Store store, ChangeStoreRequest request, Currency currency) =>
        request.CapPerAccount.IsSet ? StoreRules.ParseCap(Texts.Clean(request.CapPerAccount.Value), currency)
        : store.CapPerAccountMinor is null || store.CurrencyCode == currency.Code ? Result<long?>.Of(store.CapPerAccountMinor)
        : new Refusal("amount-invalid", $"The limit for one account is in {store.CurrencyCode}. Give it in {currency} too, or clear it.", "capPerAccount");

    private static async Task<Result<string>> CreditLineTypeAsync(StoreCreditDbContext db, Store store, string? wanted)
    {
        if (wanted is null || wanted == store.CreditLineType)
        {
            return Result<string>.Of(store.CreditLineType);
        }

        var type = await db.FindCreditTypeAsync(wanted);
        return type.IsOk ? Result<string>.Of(type.Value.Code) : type.Refusal with { Field = "creditLineType" };
    }

    private static Refusal? DefaultRefusal(Store store, bool isDefault, bool active) =>
        store.IsDefault && !isDefault
            ? new Refusal("default-store", "There is always a default store. Make another store the default instead.", "isDefault")
        : isDefault && !active
            ? new Refusal("default-store", "The default store cannot be inactive. Make another store the default first.", "active")
        : null;

    private static FieldChanges ChangesOf(Store store, StoreSettings wanted) => new FieldChanges()
        .Note("name", store.Name, wanted.Name)
        .Note("currency", store.CurrencyCode, wanted.CurrencyCode)
        .Note("timeZone", store.TimeZone, wanted.TimeZone)
        .Note("address", store.Address, wanted.Address)
        .Note("language", store.Language, wanted.Language)
        .Note("isDefault", store.IsDefault, wanted.IsDefault)
        .Note("active", store.Active, wanted.Active)
        .Note("applyAfterCheckout", store.ApplyAfterCheckout, wanted.ApplyAfterCheckout)
        .Note("authorizationMinutes", store.AuthorizationMinutes, wanted.AuthorizationMinutes)
        .Note("returnedValueDays", store.ReturnedValueDays, wanted.ReturnedValueDays)
        .Note("autoInvoiceKinds", store.AutoInvoiceKinds, wanted.AutoInvoiceKinds)
        .Note("creditLineType", store.CreditLineType, wanted.CreditLineType)
        .Note("capPerAccount", CapText(store.CapPerAccountMinor, store.CurrencyCode), CapText(wanted.CapPerAccountMinor, wanted.CurrencyCode));

    private static string? CapText(long? capMinor, string currencyCode) => capMinor is { } minor ? Amount.Of(minor, Currency.Of(currencyCode)).ToString() : null;

    /// <summary>The old default is saved first: an index allows one default only.</summary>
    private static async Task ApplyAsync(WriteScope write, Store store, StoreSettings settings)
    {
        if (settings.IsDefault && !store.IsDefault)
        {
            var old = await write.Db.Stores.SingleAsync(one => one.IsDefault);
            old.IsDefault = false;
            old.CountChange();
            write.Audit(old.Name, old.Code, oldValues: new { isDefault = true }, newValues: new { isDefault = false });
            await write.Db.SaveChangesAsync();
        }

        store.Name = settings.Name;
        store.CurrencyCode = settings.CurrencyCode;
        store.TimeZone = settings.TimeZone;
        store.Address = settings.Address;
        store.Language = settings.Language;
        store.IsDefault = settings.IsDefault;
        store.Active = settings.Active;
        store.ApplyAfterCheckout = settings.ApplyAfterCheckout;
        store.AuthorizationMinutes = settings.AuthorizationMinutes;
        store.ReturnedValueDays = settings.ReturnedValueDays;
        store.AutoInvoiceKinds = settings.AutoInvoiceKinds;
        store.CreditLineType = settings.CreditLineType;
        store.CapPerAccountMinor = settings.CapPerAccountMinor;
    }

    private sealed record StoreSettings(
        string Name,
        string CurrencyCode,
        string TimeZone,
        string? Address,
        string Language,
        bool IsDefault,
        bool Active,
        bool ApplyAfterCheckout,
        int AuthorizationMinutes,
        int? ReturnedValueDays,
        string AutoInvoiceKinds,
        string CreditLineType,
        long? CapPerAccountMinor);
}
