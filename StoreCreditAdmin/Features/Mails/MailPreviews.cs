using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>With whose data a text is tried.</summary>
/// <param name="AccountId">Null for an invented customer, where there is none yet.</param>
/// <param name="IsOfMail">Whether the fields are those of the newest such mail that they got, not made of their account.</param>
public sealed record MailPreviewCustomer(Guid? AccountId, string Name, MailFields Fields, bool IsOfMail);

/// <summary>Shows a text that is being written as a customer would read it.</summary>
public sealed class MailPreviews(IDbContextFactory<StoreCreditDbContext> contexts, MailRenderer renderer, TimeProvider clock)
{
    /// <summary>The fields of the newest such mail to the customer, or made from their account as it is.</summary>
    /// <param name="accountId">Null for a customer to begin with: whoever got such a mail last, or received credit last.</param>
    public async Task<MailPreviewCustomer> CustomerAsync(Caller caller, MailKind kind, Guid? accountId = null, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        return await CustomerAsync(db, kind, accountId, cancellationToken);
    }

    /// <returns>The mail, or what is wrong with the text, at its field.</returns>
    public async Task<Result<RenderedMail>> PreviewAsync(Caller caller, MailKind kind, MailText text, MailFields fields, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        return renderer.Problem(kind, text) is { } problem ? problem : renderer.RenderOnce(text, fields);
    }

    internal async Task<MailPreviewCustomer> CustomerAsync(StoreCreditDbContext db, MailKind kind, Guid? accountId, CancellationToken cancellationToken)
    {
        var mail = await db.Mails.AsNoTracking().Include(one => one.Account)
            .Where(one => one.Kind == kind && (accountId == null || one.Account.PublicId == accountId))
            .OrderByDescending(one => one.Id).FirstOrDefaultAsync(cancellationToken);
        if (mail is not null)
        {
            return new MailPreviewCustomer(mail.Account.PublicId, mail.Account.Name, MailFields.Read(mail.Fields), true);
        }

        var account = accountId is null
            ? await db.Credits.AsNoTracking().OrderByDescending(credit => credit.Id).Select(credit => credit.Account).FirstOrDefaultAsync(cancellationToken)
            : await db.Accounts.AsNoTracking().SingleOrDefaultAsync(one => one.PublicId == accountId, cancellationToken);
        return account is null
            ? new MailPreviewCustomer(null, MailFields.Most.Customer.Name, MailFields.Most, false)
            : new MailPreviewCustomer(account.PublicId, account.Name, await FieldsAsync(db, kind, account, cancellationToken), false);
    }

    private async Task<MailFields> FieldsAsync(StoreCreditDbContext db, MailKind kind, Domain.Accounts.Account account, CancellationToken cancellationToken)
    {
        var credit = await db.Credits.AsNoTracking().Include(one => one.Type).Include(one => one.Store)
            .Where(one => one.AccountId == account.Id && one.DeletedAt == null)
            .OrderByDescending(one => kind == MailKind.CreditExpiring && one.ExpiresOn != null).ThenByDescending(one => one.Id)
            .FirstOrDefaultAsync(cancellationToken);
        var store = credit?.Store ?? (await db.FindStoreAsync(null, cancellationToken)).Value;
        var currency = credit is null ? store.Currency : Currency.Of(credit.CurrencyCode);
        var available = await db.AccountBalances
            .Where(balance => balance.AccountId == account.Id && balance.StoreId == store.Id && balance.CurrencyCode == currency.Code)
            .Select(balance => balance.Buckets.Available).FirstOrDefaultAsync(cancellationToken);
        var order = await db.Orders.Where(one => one.AccountId == account.Id).OrderByDescending(one => one.Id).Select(one => one.Number).FirstOrDefaultAsync(cancellationToken);
        var told = credit is null
            ? new MailCredit(MailOccasions.Text(0, currency))
            : new MailCredit(MailOccasions.Text(credit.OpeningMinor, currency), credit.Type.Name, credit.Name, credit.CustomerNote, MailOccasions.Text(credit.ExpiresOn));
        return MailOccasions.Fields(account, store, told, MailOccasions.Text(available, currency)) with
        {
            ExpiresOn = told.ExpiresOn,
            Order = new MailOrder(order),
            Statement = MailStatement.Of(MonthlyStatements.MonthOver(store, clock.GetUtcNow()), available, currency, store),
        };
    }
}
