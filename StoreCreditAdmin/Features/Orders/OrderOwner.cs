using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>The account that a customer of an event has. Null where it is a guest whom nobody knows.</summary>
internal readonly record struct Owner(Account? Account, bool Created)
{
    /// <summary>
    /// By external id, else by e-mail address among people; where there is none, created from the event unless the customer is a guest.
    /// </summary>
    public static async Task<Result<Owner>> FindOrCreateAsync(WriteScope write, CustomerInput customer, bool guest)
    {
        var (externalId, email) = (Texts.Clean(customer.ExternalId), Texts.Clean(customer.Email));
        if (externalId is null && email is null)
        {
            return guest ? new Owner(null, false) : new Refusal("invalid-request", "Give the customer's external id or e-mail address.", "customer");
        }

        if (await FindAsync(write.Db, externalId, email) is { } known)
        {
            if (externalId is not null && known.ExternalId is null && !guest)
            {
                known.TakeExternalId(externalId);
            }

            return new Owner(known, false);
        }

        if (guest)
        {
            return new Owner(null, false);
        }

        var request = new CreateAccountRequest
        {
            ExternalId = externalId,
            Name = Texts.Clean(customer.Name) ?? email ?? externalId,
            Kind = "person",
            Email = email,
            Phone = customer.Phone,
        };
        var added = (await AccountService.AddManyAsync(write, [request]))[0];
        return added.IsOk ? new Owner(added.Value, true) : added.Refusal;
    }

    /// <summary>Why an order that names this customer takes no credit of the account by itself; null where it does. A company's customers are its contacts.</summary>
    public static async Task<Refusal?> WhyNotByItselfAsync(StoreCreditDbContext db, Account account, string? email)
    {
        if (!await db.IsModuleEnabledAsync())
        {
            return CheckoutOwners.ModuleDisabled;
        }

        if (email is null)
        {
            return null;
        }

        var key = Contact.EmailKeyOf(email);
        var may = await db.Contacts.Where(contact => contact.AccountId == account.Id && contact.EmailKey == key).Select(contact => (bool?)contact.MayUseCredit).FirstOrDefaultAsync();
        return may ?? account.Kind == AccountKind.Person
            ? null
            : new Refusal("contact-not-permitted", $"{email} may not use the credit of {account.Name}. Switch it on at the contact first.");
    }

    /// <summary>A guest's order belongs to the person account with its e-mail address, also where that was opened after the order came.</summary>
    public static async Task FindForGuestAsync(StoreCreditDbContext db, Order order)
    {
        if (order.AccountId is null && await FindAsync(db, order.CustomerExternalId, order.CustomerEmail) is { } account)
        {
            order.BelongsTo(account);
        }
    }

    public static async Task<Account?> FindAsync(StoreCreditDbContext db, string? externalId, string? email)
    {
        if (externalId is not null && await db.Accounts.SingleOrDefaultAsync(account => account.ExternalId == externalId) is { } byId)
        {
            return byId;
        }

        var key = email is null ? null : Contact.EmailKeyOf(email);
        return key is null ? null : await db.Contacts.Where(contact => contact.PersonEmailKey == key).Select(contact => contact.Account).SingleOrDefaultAsync();
    }
}
