using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>Loads the lines of a search's results in three queries, however many they are.</summary>
internal static class AccountHits
{
    /// <summary>In the order of the ids.</summary>
    public static async Task<IReadOnlyList<AccountHit>> LoadAsync(
        StoreCreditDbContext db, IReadOnlyList<long> accountIds, SearchTerms? terms, CancellationToken cancellationToken)
    {
        List<string> words = [.. (terms?.Alternatives ?? []).SelectMany(alternative => alternative)];
        var accounts = await db.Accounts.AsNoTracking().Where(account => accountIds.Contains(account.Id)).ToDictionaryAsync(account => account.Id, cancellationToken);
        var contacts = await db.Contacts.AsNoTracking()
            .Where(contact => accountIds.Contains(contact.AccountId))
            .Where(contact => words.Any(word => contact.SearchText.Contains(word))
                || !db.Contacts.Any(earlier => earlier.AccountId == contact.AccountId && earlier.Id < contact.Id))
            .OrderBy(contact => contact.Id)
            .ToListAsync(cancellationToken);
        var balances = await db.BalancesOfAsync(accountIds, cancellationToken);

        var contactsOf = contacts.ToLookup(contact => contact.AccountId);
        return
        [
            .. accountIds.Where(accounts.ContainsKey).Select(id => accounts[id]).Select(account => new AccountHit
            {
                Id = account.PublicId,
                ExternalId = account.ExternalId,
                Name = account.Name,
                Kind = AccountView.NameOf(account.Kind),
                Email = contactsOf[account.Id].FirstOrDefault()?.Email,
                MatchedContact = terms is null ? null : MatchedContactOf(account, contactsOf[account.Id], terms),
                Available =
                [
                    .. balances[account.Id].Where(balance => balance.Available.Minor > 0)
                        .Select(balance => new AvailableCredit(balance.Store, balance.StoreName, balance.Currency, balance.Available)),
                ],
                OnHold = account.OnHold,
            }),
        ];
    }

    private static MatchedContact? MatchedContactOf(Account account, IEnumerable<Contact> contacts, SearchTerms terms)
    {
        bool HasAll(string text, IReadOnlyList<string> alternative) => alternative.All(term => text.Contains(term, StringComparison.Ordinal));
        bool AddsTo(Contact contact, IReadOnlyList<string> alternative) =>
            alternative.Any(term => !account.SearchText.Contains(term, StringComparison.Ordinal) && contact.SearchText.Contains(term, StringComparison.Ordinal));

        if (terms.Alternatives.Any(alternative => HasAll(account.SearchText, alternative)))
        {
            return null;
        }

        var some = contacts.ToList();
        var matched = some.Find(contact => terms.Alternatives.Any(alternative => HasAll(contact.SearchText, alternative)))
            ?? some.Find(contact => terms.Alternatives.Any(alternative => AddsTo(contact, alternative)));
        return matched is null ? null : new MatchedContact(matched.PublicId, matched.Name, matched.Email, matched.Phone);
    }
}
