using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>
/// Says what a checkout would do. It loads and decides as a checkout does, in a view of the data that is never saved, so nothing is written and no lock is held.
/// </summary>
public sealed partial class CheckoutQuotes(IDbContextFactory<StoreCreditDbContext> contexts, CheckoutOwners owners, TimeProvider clock)
{
    private const string AmountInvalid = "amount-invalid";

    /// <summary>Refusals of the owner that a shop shows beside what is due, as it does those of the credit.</summary>
    private static readonly string[] OwnerRefusals = ["card-not-accepted", "contact-not-permitted", CheckoutOwners.ModuleDisabled.Code];

    /// <exception cref="TooManyRequestsException">There were too many wrong card numbers lately.</exception>
    public async Task<Result<QuoteView>> QuoteAsync(Caller caller, QuoteRequest request, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.Checkout, cancellationToken);
        var asked = await AskAsync(db, request, cancellationToken);
        if (!asked.IsOk)
        {
            return asked.Refusal;
        }

        var (store, ask) = asked.Value;
        var owner = await owners.FindAsync(db, caller, request);
        return owner.IsOk ? (await RehearseAsync(db, caller, owner.Value.Account, store, ask)).Map(rehearsal => rehearsal.Quote)
            : OwnerRefusals.Contains(owner.Refusal.Code) ? QuoteView.Nothing(ask.Total, 0, owner.Refusal.Code)
            : owner.Refusal;
    }

    private static async Task<Result<(Store Store, AuthorizationAsk Ask)>> AskAsync(StoreCreditDbContext db, QuoteRequest request, CancellationToken cancellationToken)
    {
        var store = await db.FindStoreAsync(request.Store, cancellationToken);
        var total = (request.OrderTotal ?? new()).ParseSigned("orderTotal");
        if ((store.Refusal ?? total.Refusal) is { } refusal)
        {
            return refusal;
        }

        var amount = request.Amount?.Parse(total.Value.Currency);
        return amount?.Refusal is { } badAmount ? badAmount : (store.Value, new AuthorizationAsk { Total = total.Value, AmountMinor = amount?.Value });
    }

    /// <returns>The quote, the refusal that stands in it, and the authorization that it shows; a refusal of its own where the amounts are none.</returns>
    private async Task<Result<Rehearsal>> RehearseAsync(StoreCreditDbContext db, Caller caller, Account account, Store store, AuthorizationAsk ask)
    {
        var now = clock.GetUtcNow();
        var loaded = await CheckoutCase.LoadAsync(db, account, store, ask, now);
        if (!loaded.IsOk)
        {
            return loaded.Refusal;
        }

        var available = account.OnHold ? 0 : loaded.Value.Wallet.Spendable(store.DateOf(now)).Sum(credit => credit.Buckets.Available);
        if ((ask.AmountMinor ?? ask.Total.Minor) == 0 && ask.Total.Minor >= 0)
        {
            var onHold = account.OnHold ? LedgerRefusals.AccountOnHold : null;
            return new Rehearsal(QuoteView.Nothing(ask.Total, available, onHold?.Code), onHold, null);
        }

        var authorized = await loaded.Value.AuthorizeAsync(LedgerService.Rehearsal(caller.Actor, store, now));
        return authorized.IsOk ? new Rehearsal(QuoteView.Of(ask.Total, available, authorized.Value!), null, authorized.Value)
            : authorized.Refusal.Code == AmountInvalid ? authorized.Refusal
            : new Rehearsal(QuoteView.Nothing(ask.Total, available, authorized.Refusal.Code), authorized.Refusal, null);
    }

    private sealed record Rehearsal(QuoteView Quote, Refusal? Why, Authorization? Authorization);
}
