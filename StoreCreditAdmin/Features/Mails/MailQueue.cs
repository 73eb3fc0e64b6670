using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>Writes mails in the transaction of what they tell of.</summary>
internal static class MailQueue
{
    private static readonly EmailAddressAttribute Address = new();

    private static readonly Func<StoreCreditDbContext, Task<MailSettings>> Settings =
        EF.CompileAsyncQuery((StoreCreditDbContext db) => db.MailSettings.AsNoTracking().Single(settings => settings.Id == MailSettings.TheOne));

    private static readonly Func<StoreCreditDbContext, long, IAsyncEnumerable<Contact>> WithAddress = EF.CompileAsyncQuery((StoreCreditDbContext db, long accountId) =>
        db.Contacts.AsNoTracking().Where(contact => contact.AccountId == accountId && contact.Email != null));

    /// <summary>Only to go by.</summary>
    public static Task<MailSettings> ReadMailSettingsAsync(this StoreCreditDbContext db) => Settings(db);

    /// <summary>
    /// Writes to everybody concerned, each address once: a person's first address, or those of a company's contacts who may use its credit. Nobody is written to
    /// whose address cannot be one.
    /// </summary>
    /// <param name="occasion">What it tells of; unique together with the address.</param>
    public static async Task QueueMailAsync(this WriteScope write, MailKind kind, string occasion, Account account, MailFields fields)
    {
        var readers = new List<Contact>();
        await foreach (var contact in WithAddress(write.Db, account.Id))
        {
            if (Address.IsValid(contact.Email) && (account.Kind == AccountKind.Person || contact.MayUseCredit))
            {
                readers.Add(contact);
            }
        }

        readers.Sort((one, other) => one.Id.CompareTo(other.Id));
        foreach (var reader in account.Kind == AccountKind.Person ? readers.Take(1) : readers.DistinctBy(reader => reader.EmailKey))
        {
            var name = reader.Name.Length == 0 ? account.Name : reader.Name;
            write.Db.Mails.Add(new Mail(write.NewId(), kind, occasion, account, reader.Email!.Trim(), name, fields.To(name).ToJson(), write.Now));
        }
    }
}
