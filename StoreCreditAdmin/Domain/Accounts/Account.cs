using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Domain.Accounts;

public enum AccountKind
{
    Person,
    Company,
}

/// <summary>Who owns credit: a person or a company. The row that a posting locks, and the head of the account's hash chain.</summary>
public sealed class Account
{
    public const int MaxNameLength = 200;
    public const int MaxExternalIdLength = 100;
    public const int MaxNoteLength = 2000;

    private readonly List<Contact> contacts = [];

    private Account()
    {
    }

    public Account(Guid publicId, string name, AccountKind kind, string? externalId, string cardNumber, DateTimeOffset createdAt)
    {
        PublicId = publicId;
        Kind = kind;
        ExternalId = externalId;
        CardNumber = cardNumber;
        CreatedAt = createdAt;
        Rename(name);
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public string? ExternalId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The name as lists sort by it and search finds it by its beginning; see <see cref="Accounts.SearchText.SortKey"/>.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>What search finds the account by, apart from its contacts and its card number.</summary>
    public string SearchText { get; private set; } = "";

    public AccountKind Kind { get; private set; }

    /// <summary>The membership card number: random, unguessable, can be re-issued.</summary>
    public string CardNumber { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public int? HoldReasonId { get; private set; }

    public Reason? HoldReason { get; private set; }

    public string? HoldNote { get; private set; }

    public DateTimeOffset? HeldSince { get; private set; }

    public string? HeldBy { get; private set; }

    /// <summary>What its owner is written in, a tag of <see cref="Domain.Language"/>; null for the store's.</summary>
    public string? Language { get; set; }

    public bool OnHold => HeldSince is not null;

    /// <summary>Since when the account asks for a statement by e-mail each month; null while it does not.</summary>
    public DateTimeOffset? StatementsSince { get; private set; }

    public IReadOnlyList<Contact> Contacts => contacts;

    public long LastSequence { get; private set; }

    public byte[] LastHash { get; private set; } = EntryHash.Genesis;

    public DateTimeOffset LastRecordedAt { get; private set; }

    public void Rename(string name)
    {
        Name = name;
        NameKey = Accounts.SearchText.SortKey(name);
        SearchText = Accounts.SearchText.OfAccount(name, ExternalId);
    }

    /// <summary>Takes the shop's id where the account has none yet, as when a customer known by e-mail address first orders.</summary>
    public void TakeExternalId(string externalId)
    {
        ExternalId ??= externalId;
        Rename(Name);
    }

    public void ReissueCard(string cardNumber) => CardNumber = cardNumber;

    public Contact AddContact(Guid publicId, string name, string? email, string? phone, bool mayUseCredit, DateTimeOffset createdAt)
    {
        var contact = new Contact(publicId, this, name, email, phone, mayUseCredit, createdAt);
        contacts.Add(contact);
        return contact;
    }

    /// <summary>An account that is on hold already gets the new reason and note; since when and by whom stays.</summary>
    public void Hold(Reason reason, string? note, Actor actor, DateTimeOffset since)
    {
        HoldReason = reason;
        HoldReasonId = reason.Id;
        HoldNote = note;
        HeldSince ??= since;
        HeldBy ??= actor.Name;
    }

    public void LiftHold()
    {
        HoldReason = null;
        HoldReasonId = null;
        HoldNote = null;
        HeldSince = null;
        HeldBy = null;
    }

    /// <param name="since">Null to ask for none.</param>
    public void AskForStatements(DateTimeOffset? since) => StatementsSince = since;

    internal void Advance(LedgerEntry entry)
    {
        LastSequence = entry.Sequence;
        LastHash = entry.Hash;
        LastRecordedAt = entry.RecordedAt;
    }
}

/// <summary>A person who acts for an account.</summary>
public sealed class Contact
{
    public const int MaxNameLength = 200;
    public const int MaxEmailLength = 254;
    public const int MaxPhoneLength = 50;

    private Contact()
    {
    }

    internal Contact(Guid publicId, Account account, string name, string? email, string? phone, bool mayUseCredit, DateTimeOffset createdAt)
    {
        PublicId = publicId;
        Account = account;
        CreatedAt = createdAt;
        Describe(name, email, phone);
        MayUseCredit = mayUseCredit;
    }

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    public long AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    public string Name { get; private set; } = "";

    public string? Email { get; private set; }

    /// <summary>The e-mail address as it is compared: without regard to case.</summary>
    public string? EmailKey { get; private set; }

    /// <summary>The same where the account is a person's: an address belongs to one person, while contacts of companies may share it.</summary>
    public string? PersonEmailKey { get; private set; }

    public string? Phone { get; private set; }

    /// <summary>What search finds the contact by.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>"Allow this contact to use Account Credit".</summary>
    public bool MayUseCredit { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static string EmailKeyOf(string email) => email.Trim().ToUpperInvariant();

    public void Describe(string name, string? email, string? phone)
    {
        Name = name;
        Email = email;
        EmailKey = email is null ? null : EmailKeyOf(email);
        PersonEmailKey = Account.Kind == AccountKind.Person ? EmailKey : null;
        Phone = phone;
        SearchText = Accounts.SearchText.OfContact(name, email, phone);
    }

    public void AllowCredit(bool mayUseCredit) => MayUseCredit = mayUseCredit;
}
