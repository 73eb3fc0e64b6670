using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>Writes mails in the transaction of what they tell of.</summary>
internal static class MailQueue
{
    private static readonly Func<StoreCreditDbContext, Task<MailSettings>> Settings =
        EF.CompileAsyncQuery((StoreCreditDbContext db) => db.MailSettings.AsNoTracking().Single(settings => settings.Id == MailSettings.TheOne));

    private static readonly Func<StoreCreditDbContext, long, IAsyncEnumerable<Contact>> WithAddress = EF.CompileAsyncQuery((StoreCreditDbContext db, long accountId) =>
        db.Contacts.AsNoTracking().Where(contact => contact.AccountId == accountId && contact.Email != null));

    /// <summary>Only to go by.</summary>
    public static Task<MailSettings> ReadMailSettingsAsync(this StoreCreditDbContext db) => Settings(db);

    /// <summary>Those of many accounts who have an address, by account.</summary>
    public static async Task<ILookup<long, Contact>> ReadMailContactsAsync(this StoreCreditDbContext db, IReadOnlyCollection<long> accountIds) =>
        (await db.Contacts.AsNoTracking().Where(contact => accountIds.Contains(contact.AccountId) && contact.Email != null).ToListAsync()).ToLookup(contact => contact.AccountId);

    /// <inheritdoc cref="QueueMail"/>
    public static async Task QueueMailAsync(this WriteScope write, MailKind kind, string occasion, Account account, MailFields fields)
    {
        var contacts = new List<Contact>();
        await foreach (var contact in WithAddress(write.Db, account.Id))
        {
            contacts.Add(contact);
        }

        write.QueueMail(kind, occasion, account, contacts, fields);
    }

    /// <summary>
    /// Writes to everybody concerned, each address once: a person's first address, or those of a company's contacts who may use its credit. Nobody is written to
    /// whose address cannot be one.
    /// </summary>
    /// <param name="occasion">What it tells of; unique together with the address.</param>
    /// <returns>How many mails that is.</returns>
    public static int QueueMail(this WriteScope write, MailKind kind, string occasion, Account account, IEnumerable<Contact> contacts, MailFields fields)
    {
        var isPerson = account.Kind == AccountKind.Person;
        var readers = contacts.Where(contact => MailReaders.Includes(isPerson, contact.Email, contact.MayUseCredit)).OrderBy(contact => contact.Id);
        var addressed = (isPerson ? readers.Take(1) : readers.DistinctBy(reader => reader.EmailKey)).ToList();
        foreach (var reader in addressed)
        {
            var name = reader.Name.Length == 0 ? account.Name : reader.Name;
            write.Db.Mails.Add(new Mail(write.NewId(), kind, occasion, account, reader.Email!.Trim(), name, fields.To(name).ToJson(), write.Now));
        }

        return addressed.Count;
    }
}
