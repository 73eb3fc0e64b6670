using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>Adds and changes the people who act for an account, and says which of them may use its credit.</summary>
public sealed class ContactService(CommitGate gate)
{
    private static readonly Refusal NotFound = new("not-found", "There is no such contact.");

    public Task<Result<ContactView>> AddAsync(Caller caller, OperationKey key, string accountReference, AddContactRequest request) =>
        gate.ExecuteAsync<ContactView>(new OperationRequest("contact.add", key, caller, Permission.EditAccounts), async write =>
        {
            var found = await write.Db.FindAccountAsync(accountReference);
            if (!found.IsOk)
            {
                return found.Refusal;
            }

            var account = found.Value;
            write.About(account.Name, account.PublicId.ToString(), account.Id);
            var name = AccountTexts.Name(request.Name);
            var email = AccountTexts.Email(request.Email);
            var phone = AccountTexts.Phone(request.Phone);
            if ((name.Refusal ?? email.Refusal ?? phone.Refusal) is { } refusal)
            {
                return refusal;
            }

            var taken = await TakenKeys.LoadAsync(write.Db, [email.Value], []);
            if (taken.Take(account.Kind, email.Value, null) is { } emailTaken)
            {
                return emailTaken;
            }

            var isFirstOfPerson = account.Kind == AccountKind.Person && !await write.Db.Contacts.AnyAsync(one => one.AccountId == account.Id);
            var contact = account.AddContact(write.NewId(), name.Value, email.Value, phone.Value, request.MayUseCredit ?? isFirstOfPerson, write.Now);
            write.Audit(account.Name, contact.PublicId.ToString(), account.Id, newValues: new { contact.Name, contact.Email, contact.Phone, contact.MayUseCredit });
            return ContactView.Of(contact);
        });

    public Task<Result<ContactView>> ChangeAsync(Caller caller, OperationKey key, Guid contactId, ChangeContactRequest request) =>
        gate.ExecuteAsync<ContactView>(new OperationRequest("contact.change", key, caller, Permission.EditAccounts), async write =>
        {
            var contact = await write.Db.Contacts.Include(one => one.Account).SingleOrDefaultAsync(one => one.PublicId == contactId);
            if (contact is null)
            {
                return NotFound;
            }

            write.About(contact.Account.Name, contact.PublicId.ToString(), contact.AccountId);
            var name = AccountTexts.Name(request.Name.Or(contact.Name));
            var email = AccountTexts.Email(request.Email.Or(contact.Email));
            var phone = AccountTexts.Phone(request.Phone.Or(contact.Phone));
            var mayUseCredit = request.MayUseCredit.Or(contact.MayUseCredit) ?? contact.MayUseCredit;
            if ((name.Refusal ?? email.Refusal ?? phone.Refusal) is { } refusal)
            {
                return refusal;
            }

            if (email.Value is not null && Contact.EmailKeyOf(email.Value) != contact.EmailKey)
            {
                var taken = await TakenKeys.LoadAsync(write.Db, [email.Value], []);
                if (taken.Take(contact.Account.Kind, email.Value, null) is { } emailTaken)
                {
                    return emailTaken;
                }
            }

            var changes = new FieldChanges()
                .Note("name", contact.Name, name.Value)
                .Note("email", contact.Email, email.Value)
                .Note("phone", contact.Phone, phone.Value)
                .Note("mayUseCredit", contact.MayUseCredit, mayUseCredit);
            if (changes.Any)
            {
                contact.Describe(name.Value, email.Value, phone.Value);
                contact.AllowCredit(mayUseCredit);
                write.Audit(contact.Account.Name, contact.PublicId.ToString(), contact.AccountId, note: contact.Name, oldValues: changes.Before, newValues: changes.After);
            }

            return ContactView.Of(contact);
        });
}
