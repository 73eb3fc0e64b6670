using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>Creates accounts, renames them, keeps the language of each, puts them on hold and gives them new card numbers.</summary>
public sealed class AccountService(CommitGate gate)
{
    /// <summary>The most accounts that one call of <see cref="CreateManyAsync"/> creates.</summary>
    public const int MaxBatch = 500;

    /// <summary>The kind of the operations that create accounts, and what the audit calls a creation.</summary>
    public const string Create = "account.create";

    public Task<Result<AccountView>> CreateAsync(Caller caller, OperationKey key, CreateAccountRequest request) =>
        gate.ExecuteAsync<AccountView>(new OperationRequest(Create, key, caller, Permission.EditAccounts), async write =>
        {
            write.About(Texts.Clean(request.Name), null);
            var taken = await TakenKeys.LoadAsync(write.Db, [Texts.Clean(request.Email)], [Texts.Clean(request.ExternalId)]);
            var added = Add(write, request, taken);
            if (!added.IsOk)
            {
                return added.Refusal;
            }

            await write.Db.SaveChangesAsync();
            AuditCreation(write, added.Value);
            return await write.Db.LoadViewAsync(added.Value.Id);
        });

    /// <summary>Creates many accounts in one transaction, by the same rules as one. A request that is refused is left out; the others are created.</summary>
    /// <param name="requests">At most <see cref="MaxBatch"/>.</param>
    public Task<Result<CreatedAccounts>> CreateManyAsync(Caller caller, OperationKey key, IReadOnlyList<CreateAccountRequest> requests)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requests.Count, MaxBatch);
        return gate.ExecuteAsync<CreatedAccounts>(new OperationRequest(Create, key, caller, Permission.Import), async write =>
        {
            var added = await AddManyAsync(write, requests);
            return new CreatedAccounts([.. added.Select(one => one.IsOk ? new CreatedAccount(one.Value.PublicId, null) : new CreatedAccount(null, one.Refusal))]);
        });
    }

    /// <summary>As <see cref="CreateManyAsync"/>, as a part of a larger write of the kind <see cref="Create"/>.</summary>
    /// <returns>For each request its account, saved, or its refusal.</returns>
    internal static async Task<IReadOnlyList<Result<Account>>> AddManyAsync(WriteScope write, IReadOnlyList<CreateAccountRequest> requests)
    {
        var taken = await TakenKeys.LoadAsync(
            write.Db, requests.Select(request => Texts.Clean(request.Email)), requests.Select(request => Texts.Clean(request.ExternalId)));
        var added = requests.Select(request => Add(write, request, taken)).ToList();
        await write.Db.SaveChangesAsync();
        foreach (var account in added.Where(one => one.IsOk))
        {
            AuditCreation(write, account.Value);
        }

        return added;
    }

    public Task<Result<AccountView>> RenameAsync(Caller caller, OperationKey key, string accountReference, RenameAccountRequest request) =>
        OnAccountAsync("account.rename", Permission.EditAccounts, caller, key, accountReference, (write, account) =>
        {
            var name = AccountTexts.Name(request.Name);
            if (!name.IsOk)
            {
                return Task.FromResult<Refusal?>(name.Refusal);
            }

            if (name.Value != account.Name)
            {
                var before = account.Name;
                account.Rename(name.Value);
                Audit(write, account, oldValues: new { name = before }, newValues: new { name = account.Name });
            }

            return Task.FromResult<Refusal?>(null);
        });

    /// <param name="language">A tag of <see cref="Language"/>; null for the language of the store.</param>
    public Task<Result<AccountView>> SetLanguageAsync(Caller caller, OperationKey key, string accountReference, string? language) =>
        OnAccountAsync("account.language", Permission.EditAccounts, caller, key, accountReference, (write, account) =>
        {
            var wanted = Texts.Clean(language);
            var found = Language.Find(wanted);
            if (wanted is not null && found is null)
            {
                return Task.FromResult<Refusal?>(Language.Unknown(wanted));
            }

            if (found != account.Language)
            {
                Audit(write, account, oldValues: new { language = account.Language }, newValues: new { language = found });
                account.Language = found;
            }

            return Task.FromResult<Refusal?>(null);
        });

    /// <summary>Pauses spending. An account that is on hold already gets the new reason and note.</summary>
    public Task<Result<AccountView>> HoldAsync(Caller caller, OperationKey key, string accountReference, HoldRequest request) =>
        OnAccountAsync("account.hold", Permission.HoldAccounts, caller, key, accountReference, async (write, account) =>
        {
            var note = Texts.Clean(request.Note);
            var reason = await write.Db.FindReasonAsync(request.Reason, ReasonPurposes.Hold);
            if ((reason.Refusal ?? Texts.TooLong((note, "note", Account.MaxNoteLength)) ?? Texts.NotPlain(note, "note")) is { } refusal)
            {
                return refusal;
            }

            var before = account.OnHold ? new { reason = account.HoldReason!.Code, note = account.HoldNote } : null;
            var after = new { reason = reason.Value.Code, note };
            if (!Equals(before, after))
            {
                account.Hold(reason.Value, note, write.Actor, write.Now);
                Audit(write, account, reason.Value.Name, note, before, after);
            }

            return null;
        });

    /// <summary>Lifts the hold. An account that is not on hold stays as it is.</summary>
    public Task<Result<AccountView>> LiftHoldAsync(Caller caller, OperationKey key, string accountReference) =>
        OnAccountAsync("account.hold-lift", Permission.HoldAccounts, caller, key, accountReference, (write, account) =>
        {
            if (account.OnHold)
            {
                Audit(write, account, oldValues: new { reason = account.HoldReason!.Code, note = account.HoldNote, since = account.HeldSince, by = account.HeldBy });
                account.LiftHold();
                write.Freed(account);
            }

            return Task.FromResult<Refusal?>(null);
        });

    /// <summary>Has a statement sent to the account each month, or no longer.</summary>
    public Task<Result<AccountView>> AskForStatementsAsync(Caller caller, OperationKey key, string accountReference, MonthlyStatementRequest request) =>
        OnAccountAsync("account.statements", Permission.EditAccounts, caller, key, accountReference, async (write, account) =>
        {
            var isAsking = account.StatementsSince is not null;
            if (request.Send == isAsking)
            {
                return null;
            }

            var contacts = await write.Db.ReadMailContactsAsync([account.Id]);
            if (request.Send && !contacts[account.Id].Any(contact => MailReaders.Includes(account.Kind == AccountKind.Person, contact.Email, contact.MayUseCredit)))
            {
                return new Refusal("no-address", "There is no e-mail address to send statements to. Add one to a contact who may use the credit.", "send");
            }

            account.AskForStatements(request.Send ? write.Now : null);
            Audit(write, account, oldValues: new { monthlyStatement = isAsking }, newValues: new { monthlyStatement = request.Send });
            return null;
        });

    /// <summary>Gives a new membership card number; the old one is dead at once. The audit keeps the last four characters of each.</summary>
    public Task<Result<AccountView>> ReissueCardAsync(Caller caller, OperationKey key, string accountReference) =>
        OnAccountAsync("account.card", Permission.EditAccounts, caller, key, accountReference, (write, account) =>
        {
            var before = account.CardNumber;
            account.ReissueCard(CardNumber.NewNumber());
            Audit(write, account, oldValues: new { cardNumberEnd = before[^4..] }, newValues: new { cardNumberEnd = account.CardNumber[^4..] });
            return Task.FromResult<Refusal?>(null);
        });

    /// <summary>The one place where accounts come to be: checks the request and adds the account with its first contact.</summary>
    private static Result<Account> Add(WriteScope write, CreateAccountRequest request, TakenKeys taken)
    {
        var name = AccountTexts.Name(request.Name);
        var externalId = AccountTexts.ExternalId(request.ExternalId);
        var email = AccountTexts.Email(request.Email);
        var phone = AccountTexts.Phone(request.Phone);
        var kind = KindOf(request.Kind);
        if ((name.Refusal ?? kind.Refusal ?? externalId.Refusal ?? email.Refusal ?? phone.Refusal ?? taken.Take(kind.Value, email.Value, externalId.Value)) is { } refusal)
        {
            return refusal;
        }

        var account = new Account(write.NewId(), name.Value, kind.Value, externalId.Value, CardNumber.NewNumber(), write.Now);
        if (email.Value is not null || phone.Value is not null)
        {
            account.AddContact(write.NewId(), name.Value, email.Value, phone.Value, mayUseCredit: kind.Value == AccountKind.Person, write.Now);
        }

        write.Db.Accounts.Add(account);
        return account;
    }

    private static Result<AccountKind> KindOf(string? kind) => kind switch
    {
        "person" => AccountKind.Person,
        "company" => AccountKind.Company,
        _ => new Refusal("kind-unknown", "Choose person or company.", "kind"),
    };

    private static void AuditCreation(WriteScope write, Account account)
    {
        var first = account.Contacts.Count > 0 ? account.Contacts[0] : null;
        Audit(write, account, newValues: new { account.Name, kind = AccountView.NameOf(account.Kind), account.ExternalId, first?.Email, first?.Phone });
    }

    private Task<Result<AccountView>> OnAccountAsync(
        string kind, Permission permission, Caller caller, OperationKey key, string accountReference, Func<WriteScope, Account, Task<Refusal?>> deed) =>
        gate.ExecuteAsync<AccountView>(new OperationRequest(kind, key, caller, permission), async write =>
        {
            var account = await write.Db.Accounts.Include(one => one.HoldReason).WithReference(accountReference).SingleOrDefaultAsync();
            if (account is null)
            {
                return AccountLookups.NotFound;
            }

            write.About(account.Name, account.PublicId.ToString(), account.Id);
            if (await deed(write, account) is { } refusal)
            {
                return refusal;
            }

            await write.Db.SaveChangesAsync();
            await write.HandleArrivalsAsync();
            return await write.Db.LoadViewAsync(account.Id);
        });

    private static void Audit(WriteScope write, Account account, string? reason = null, string? note = null, object? oldValues = null, object? newValues = null) =>
        write.Audit(account.Name, account.PublicId.ToString(), account.Id, reason, note, oldValues, newValues);
}
