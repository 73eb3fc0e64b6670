using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>The same rehearsal as staff ask for it: of a checkout, or of an order that a card paid already.</summary>
public sealed partial class CheckoutQuotes
{
    public const int MostOthers = 100;

    public async Task<Result<SimulationView>> SimulateAsync(Caller caller, SimulationRequest request, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var email = Texts.Clean(request.Email);
        var found = await FindAsync(db, request.Account, email);
        var quote = new QuoteRequest { Store = request.Store, OrderTotal = request.OrderTotal, Amount = request.PaidByCard ? null : request.Amount };
        var asked = await AskAsync(db, quote, cancellationToken);
        if ((found.Refusal ?? asked.Refusal) is { } refusal)
        {
            return refusal;
        }

        var (account, (store, ask)) = (found.Value, asked.Value);
        var rehearsed = await RehearseAsync(db, caller, account, store, ask);
        if (!rehearsed.IsOk)
        {
            return rehearsed.Refusal;
        }

        var rehearsal = rehearsed.Value;
        if (rehearsal.Why is null && await NothingAsync(db, account, store, email, request.PaidByCard) is { } why)
        {
            rehearsal = new Rehearsal(QuoteView.Nothing(ask.Total, rehearsal.Quote.Available.Minor, why.Code), why, null);
        }

        return await ViewAsync(db, account, store, ask.Total, rehearsal, request.PaidByCard, cancellationToken);
    }

    /// <summary>A guest is who the e-mail address of the order says, as when the order comes.</summary>
    private static async Task<Result<Account>> FindAsync(StoreCreditDbContext db, string? reference, string? email)
    {
        if (reference is not null)
        {
            return await db.FindAccountAsync(reference);
        }

        if (email is null)
        {
            return new Refusal("invalid-request", "Choose a user, or write the e-mail address that the order names.");
        }

        return await Owner.FindAsync(db, null, email) is { } account
            ? account
            : new Refusal("not-found", "No person has this e-mail address, so other means would pay the whole order. For somebody who acts for a company, choose the company as the user too.", "email");
    }

    /// <summary>Why an order would draw on no credit, whatever there is.</summary>
    private static async Task<Refusal?> NothingAsync(StoreCreditDbContext db, Account account, Store store, string? email, bool paidByCard) =>
        paidByCard && !store.ApplyAfterCheckout
            ? new Refusal("not-applied-after-checkout", $"{store.Name} does not apply credit to orders that are paid already. A setting of the store can switch it on.")
            : await Owner.WhyNotByItselfAsync(db, account, email);

    private async Task<SimulationView> ViewAsync(
        StoreCreditDbContext db, Account account, Store store, Money total, Rehearsal rehearsal, bool paidByCard, CancellationToken cancellationToken)
    {
        Amount In(long minor) => Amount.Of(minor, total.Currency);
        var (quote, why, authorization) = rehearsal;
        List<PayingCredit> paying =
        [
            .. (authorization?.Lines ?? []).OrderBy(line => line.Position).Select(line => new PayingCredit(
                line.Credit.PublicId,
                line.Credit.Type.Name,
                line.Credit.Name,
                line.Credit.ExpiresOn,
                In(line.Credit.Buckets.Available + line.AuthorizedMinor),
                In(line.AuthorizedMinor))),
        ];
        var ids = paying.ConvertAll(credit => credit.CreditId);
        var others = db.Credits.AsNoTracking().Where(credit => credit.AccountId == account.Id && credit.DeletedAt == null && !ids.Contains(credit.PublicId));
        var shown = await others.Include(credit => credit.Store).Include(credit => credit.Type)
            .OrderByDescending(credit => credit.Buckets.Available > 0).ThenByDescending(credit => credit.IssuedAt).ThenByDescending(credit => credit.Id)
            .Take(MostOthers).ToListAsync(cancellationToken);
        return new SimulationView
        {
            AccountId = account.PublicId,
            AccountName = account.Name,
            OnHold = account.OnHold,
            OrderTotal = total,
            PaidByCard = paidByCard,
            Quote = quote,
            Why = why?.Message,
            Paying = paying,
            Others = shown.ConvertAll(credit => Idle(credit, store, total.Currency, why)),
            OthersCount = shown.Count < MostOthers ? shown.Count : await others.CountAsync(cancellationToken),
        };
    }

    private IdleCredit Idle(Credit credit, Store store, Currency currency, Refusal? refused)
    {
        Amount In(long minor) => Amount.Of(minor, credit.Currency);
        var reason = credit.WhyNot(store, currency, clock.GetUtcNow()) switch
        {
            Unspendable.Invalidated => IdleReason.Invalidated,
            Unspendable.UsedUp => IdleReason.UsedUp,
            Unspendable.Held => IdleReason.Held,
            Unspendable.Expired => IdleReason.Expired,
            Unspendable.NotEffectiveYet => IdleReason.NotEffectiveYet,
            Unspendable.OtherStore => IdleReason.OtherStore,
            Unspendable.OtherCurrency => IdleReason.OtherCurrency,
            _ when refused?.Code == LedgerRefusals.AccountOnHold.Code => IdleReason.OnHold,
            _ => refused is null ? IdleReason.NotNeeded : IdleReason.Refused,
        };
        DateOnly? on = reason switch
        {
            IdleReason.Expired => credit.ExpiresOn,
            IdleReason.NotEffectiveYet => credit.EffectiveOn,
            _ => null,
        };
        return new IdleCredit(
            credit.PublicId, credit.Type.Name, credit.Name, credit.Store.Code, credit.CurrencyCode, In(credit.Buckets.Available), In(credit.Buckets.Authorized), credit.ExpiresOn, reason, on);
    }
}
