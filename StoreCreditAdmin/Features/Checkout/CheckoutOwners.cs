using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>Whose credit is to pay: named in exactly one way.</summary>
public abstract record CheckoutOwnerRequest
{
    /// <summary>An account's id, or <c>ext:</c> and its external id.</summary>
    public string? AccountId { get; init; }

    /// <summary>The contact who acts for the account: only one who may use its credit can.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>As <see cref="ContactId"/>, by e-mail address.</summary>
    public string? ContactEmail { get; init; }

    /// <summary>A membership card number, as people read it out and type it.</summary>
    public string? CardNumber { get; init; }
}

/// <param name="Contact">One who may use the account's credit, where the shop named a contact.</param>
internal readonly record struct CheckoutOwner(Account Account, Contact? Contact);

/// <summary>Finds whose credit a shop means. Card numbers that are not any account's get one answer, whatever is wrong with them, and guessing is slowed down.</summary>
public sealed class CheckoutOwners(CardThrottle cards)
{
    private static readonly Refusal NotOne =
        new("invalid-request", "Name the owner by exactly one of accountId, contactId, contactEmail and cardNumber.", "accountId");

    /// <summary>The storefront shows no balance while the module is off; a card number still pays.</summary>
    internal static readonly Refusal ModuleDisabled = new("module-disabled", "Store credit is switched off. It still pays by membership card number.");

    private static readonly Refusal CardNotAccepted = new("card-not-accepted", "This card number is not accepted. Check it and type it again.", "cardNumber");

    /// <summary>For writes, before they take the lock: whoever guesses keeps nobody waiting.</summary>
    /// <exception cref="TooManyRequestsException">There were too many wrong card numbers lately.</exception>
    internal void DemandOpen(Caller caller, CheckoutOwnerRequest request)
    {
        if (request.CardNumber is not null)
        {
            cards.DemandOpen(caller);
        }
    }

    /// <exception cref="TooManyRequestsException">There were too many wrong card numbers lately.</exception>
    internal async Task<Result<CheckoutOwner>> FindAsync(StoreCreditDbContext db, Caller caller, CheckoutOwnerRequest request)
    {
        var (account, email, card) = (Texts.Clean(request.AccountId), Texts.Clean(request.ContactEmail), Texts.Clean(request.CardNumber));
        if (card is null && !await db.IsModuleEnabledAsync())
        {
            return ModuleDisabled;
        }

        return (account, request.ContactId, email, card) switch
        {
            ({ } reference, null, null, null) => (await db.FindAccountAsync(reference)).Map(found => new CheckoutOwner(found, null)),
            (null, { } id, null, null) => await OfContactAsync(db, id),
            (null, null, { } address, null) => await OfEmailAsync(db, address),
            (null, null, null, { } number) => await OfCardAsync(db, caller, number),
            _ => NotOne,
        };
    }

    /// <summary>A contact of an account that is known already.</summary>
    internal static async Task<Result<CheckoutOwner>> FindAsync(StoreCreditDbContext db, string accountReference, Guid? contactId)
    {
        var account = await db.FindAccountAsync(accountReference);
        if (!account.IsOk || contactId is null)
        {
            return account.Map(found => new CheckoutOwner(found, null));
        }

        var contact = await db.Contacts.SingleOrDefaultAsync(one => one.PublicId == contactId && one.AccountId == account.Value.Id);
        return contact is null ? new Refusal("not-found", "The account has no such contact.", "contactId") : Permitted(contact, account.Value, "contactId");
    }

    private static async Task<Result<CheckoutOwner>> OfContactAsync(StoreCreditDbContext db, Guid id)
    {
        const string Field = "contactId";
        var contact = await db.Contacts.Include(one => one.Account).SingleOrDefaultAsync(one => one.PublicId == id);
        return contact is null ? new Refusal("not-found", "There is no such contact.", Field) : Permitted(contact, contact.Account, Field);
    }

    /// <summary>Contacts of several accounts may share an address. It names the one who may use credit, where only one may.</summary>
    private static async Task<Result<CheckoutOwner>> OfEmailAsync(StoreCreditDbContext db, string email)
    {
        const string Field = "contactEmail";
        var key = Contact.EmailKeyOf(email);
        var contacts = await db.Contacts.Include(one => one.Account).Where(one => one.EmailKey == key).OrderBy(one => one.Id).ToListAsync();
        if (contacts.Count == 0)
        {
            return new Refusal("not-found", "No contact has this e-mail address.", Field);
        }

        var permitted = contacts.Where(contact => contact.MayUseCredit).DistinctBy(contact => contact.AccountId).ToList();
        return permitted.Count > 1
            ? new Refusal("contact-ambiguous", "Contacts of several accounts have this e-mail address and may use credit. Name one by contactId.", Field)
            : Permitted(permitted.Count == 1 ? permitted[0] : contacts[0], null, Field);
    }

    private async Task<Result<CheckoutOwner>> OfCardAsync(StoreCreditDbContext db, Caller caller, string typed)
    {
        cards.DemandOpen(caller);
        var number = CardNumber.Normalize(typed);
        if (await db.Accounts.SingleOrDefaultAsync(account => account.CardNumber == number) is { } account)
        {
            return new CheckoutOwner(account, null);
        }

        cards.CountWrong(caller);
        return CardNotAccepted;
    }

    private static Result<CheckoutOwner> Permitted(Contact contact, Account? account, string field) => contact.MayUseCredit
        ? new CheckoutOwner(account ?? contact.Account, contact)
        : new Refusal("contact-not-permitted", "This contact may not use the account's credit. Switch it on at the contact first.", field);
}
