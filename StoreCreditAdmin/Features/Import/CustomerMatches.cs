using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Features.Import;

/// <summary>Whether customers of a file are there already: found by external id, then by e-mail address (docs/import.md).</summary>
internal sealed class CustomerMatches
{
    private readonly HashSet<string> externalIds;
    private readonly Dictionary<string, string?> externalIdOfPerson;
    private readonly HashSet<(string EmailKey, string Name)> companies;

    private CustomerMatches(HashSet<string> externalIds, Dictionary<string, string?> externalIdOfPerson, HashSet<(string EmailKey, string Name)> companies)
    {
        this.externalIds = externalIds;
        this.externalIdOfPerson = externalIdOfPerson;
        this.companies = companies;
    }

    public static async Task<CustomerMatches> LoadAsync(StoreCreditDbContext db, IReadOnlyCollection<CustomerRow> rows, CancellationToken cancellationToken = default)
    {
        var ids = rows.Select(row => row.ExternalId).OfType<string>().ToList();
        var personKeys = rows.Where(row => row is { Kind: AccountKind.Person, Email: not null }).Select(row => Contact.EmailKeyOf(row.Email!)).ToList();
        var companyKeys = rows.Where(row => row is { Kind: AccountKind.Company, Email: not null, ExternalId: null }).Select(row => Contact.EmailKeyOf(row.Email!)).ToList();
        var externalIds = ids.Count == 0 ? [] : await db.Accounts
            .Where(account => ids.Contains(account.ExternalId!))
            .Select(account => account.ExternalId!)
            .ToHashSetAsync(cancellationToken);
        var persons = personKeys.Count == 0 ? [] : await db.Contacts
            .Where(contact => personKeys.Contains(contact.PersonEmailKey!))
            .Select(contact => new { Key = contact.PersonEmailKey!, contact.Account.ExternalId })
            .ToDictionaryAsync(one => one.Key, one => one.ExternalId, cancellationToken);
        var companies = companyKeys.Count == 0 ? [] : await db.Contacts
            .Where(contact => companyKeys.Contains(contact.EmailKey!) && contact.Account.Kind == AccountKind.Company)
            .Select(contact => new { Key = contact.EmailKey!, contact.Account.Name })
            .ToListAsync(cancellationToken);
        return new CustomerMatches(externalIds, persons, [.. companies.Select(one => (one.Key, one.Name.ToUpperInvariant()))]);
    }

    public bool IsThere(CustomerRow row)
    {
        if (row.ExternalId is { } id && externalIds.Contains(id))
        {
            return true;
        }

        if (row.Email is not { } email)
        {
            return false;
        }

        var key = Contact.EmailKeyOf(email);
        return row.Kind == AccountKind.Person
            ? externalIdOfPerson.TryGetValue(key, out var externalId) && (externalId is null || row.ExternalId is null)
            : row.ExternalId is null && companies.Contains((key, row.Name.ToUpperInvariant()));
    }

    /// <summary>Why a customer who is not there cannot be added, in a sentence.</summary>
    public string? Problem(CustomerRow row) =>
        row is { Kind: AccountKind.Person, Email: { } email } && externalIdOfPerson.TryGetValue(Contact.EmailKeyOf(email), out var owner)
            ? $"The e-mail address belongs to another account, with the external id {owner}. Correct the address or the external id."
            : null;
}
