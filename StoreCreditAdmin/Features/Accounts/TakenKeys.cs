using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>
/// Which of some e-mail addresses and external ids belong to an account already, those of accounts not yet saved among them. Read inside a write, so
/// that nobody else takes one meanwhile.
/// </summary>
internal sealed class TakenKeys
{
    public static readonly Refusal EmailTaken = new("email-taken", "This e-mail address belongs to a person already. Use another.", "email");

    public static readonly Refusal ExternalIdTaken = new("external-id-taken", "This external id belongs to an account already. Use another.", "externalId");

    private readonly HashSet<string> emailKeys;
    private readonly HashSet<string> externalIds;

    private TakenKeys(HashSet<string> emailKeys, HashSet<string> externalIds)
    {
        this.emailKeys = emailKeys;
        this.externalIds = externalIds;
    }

    public static async Task<TakenKeys> LoadAsync(StoreCreditDbContext db, IEnumerable<string?> emails, IEnumerable<string?> externalIds)
    {
        var keys = emails.OfType<string>().Select(Contact.EmailKeyOf).Distinct().ToList();
        var ids = externalIds.OfType<string>().Distinct().ToList();
        return new TakenKeys(
            keys.Count == 0 ? [] : await db.Contacts.Where(contact => keys.Contains(contact.PersonEmailKey!)).Select(contact => contact.PersonEmailKey!).ToHashSetAsync(),
            ids.Count == 0 ? [] : await db.Accounts.Where(account => ids.Contains(account.ExternalId!)).Select(account => account.ExternalId!).ToHashSetAsync());
    }

    /// <summary>Takes both for an account of the kind, or says which is taken. Contacts of companies may share an address.</summary>
    public Refusal? Take(AccountKind kind, string? email, string? externalId)
    {
        var emailKey = email is not null && kind == AccountKind.Person ? Contact.EmailKeyOf(email) : null;
        if (externalId is not null && externalIds.Contains(externalId))
        {
            return ExternalIdTaken;
        }

        if (emailKey is not null && !emailKeys.Add(emailKey))
        {
            return EmailTaken;
        }

        if (externalId is not null)
        {
            externalIds.Add(externalId);
        }

        return null;
    }
}
