using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>Makes statements of accounts, each from one snapshot of the ledger and proven before anybody sees it.</summary>
public sealed class StatementService(IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    /// <param name="accountReference">The account's id, or <c>ext:</c> and its external id.</param>
    public async Task<Result<Statement>> GetAsync(Caller caller, string accountReference, StatementRequest request, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var account = await db.Accounts.AsNoTracking().WithReference(accountReference).SingleOrDefaultAsync(cancellationToken);
        if (account is null)
        {
            return AccountLookups.NotFound;
        }

        var store = await FindStoreAsync(db, request.Store, cancellationToken);
        if (!store.IsOk)
        {
            return store.Refusal;
        }

        var now = clock.GetUtcNow();
        var currency = request.Currency is null ? store.Value.Currency : CatalogueLookups.FindCurrency(request.Currency);
        var period = StatementPeriod.Of(request.From, request.To, store.Value.DateOf(now));
        return (currency.Refusal ?? period.Refusal) is { } refusal
            ? refusal
            : await StatementReading.ReadAsync(db, Head(account, store.Value, currency.Value, period.Value, request.ForCustomer, now, await AnchorAsync(db, cancellationToken)), account.Id, store.Value.Id, cancellationToken);
    }

    internal static StatementHead Head(Account account, Store store, Currency currency, StatementPeriod period, bool forCustomer, DateTimeOffset now, StatementAnchor? anchor) => new()
    {
        StoreCode = store.Code,
        StoreName = store.Name,
        StoreAddress = store.Address,
        TimeZone = store.TimeZone,
        AccountId = account.PublicId,
        ExternalId = account.ExternalId,
        AccountName = account.Name,
        CardNumber = account.CardNumber,
        Currency = currency,
        From = period.From,
        To = period.To,
        ForCustomer = forCustomer,
        MadeOn = store.DateOf(now),
        MadeAt = now,
        LedgerSequence = account.LastSequence,
        LedgerHead = Convert.ToHexStringLower(account.LastHash),
        Anchor = anchor,
    };

    internal static async Task<StatementAnchor?> AnchorAsync(StoreCreditDbContext db, CancellationToken cancellationToken) =>
        await LedgerAnchors.LastAsync(db, cancellationToken) is { } anchor ? new StatementAnchor(anchor.Day, Convert.ToHexStringLower(anchor.Hash)) : null;

    /// <summary>Stores that are no longer in use have statements too.</summary>
    internal static async Task<Result<Store>> FindStoreAsync(StoreCreditDbContext db, string? code, CancellationToken cancellationToken) =>
        await db.Stores.AsNoTracking().SingleOrDefaultAsync(store => code == null ? store.IsDefault : store.Code == code, cancellationToken) is { } found
            ? found
            : new Refusal("store-unknown", string.Create(CultureInfo.InvariantCulture, $"There is no store '{code}'."), "store");
}
