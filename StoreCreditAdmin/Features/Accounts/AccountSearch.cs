using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>
/// Finds accounts as one types part of a name, e-mail address, telephone number, external id, order number or card number: what is exactly it first, then
/// names that begin so, then words that begin so, then the rest, each by name. Without text it lists all accounts by name.
/// The number of queries is the same whatever the result.
/// </summary>
public sealed class AccountSearch(IDbContextFactory<StoreCreditDbContext> contexts)
{
    private const string ByNameList = "accounts";
    private const string MatchingList = "accounts-found";

    /// <summary>Results for a list that a person picks from.</summary>
    public async Task<AccountHitPage> SearchAsync(Caller caller, string? text, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        if (string.IsNullOrWhiteSpace(text))
        {
            var total = await db.Accounts.CountAsync(cancellationToken);
            var ids = await ByName(db).Skip(page.Skip).Take(page.Rows).Select(account => account.Id).ToListAsync(cancellationToken);
            return new AccountHitPage(await AccountHits.LoadAsync(db, ids, null, cancellationToken), total, false);
        }

        if (SearchTerms.Of(text) is not { } terms)
        {
            return new AccountHitPage([], 0, false);
        }

        var matches = await new AccountMatcher(db, terms, cancellationToken).FindAsync(page.Skip, page.Rows);
        return new AccountHitPage(await AccountHits.LoadAsync(db, matches.Ids, terms, cancellationToken), matches.Total, matches.MoreThanTotal);
    }

    /// <summary>The same accounts as whole views.</summary>
    public async Task<KeysetPage<AccountView>> ListAsync(Caller caller, string? text, KeysetRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var (ids, next) = string.IsNullOrWhiteSpace(text) ? await ByNameAsync(db, page, cancellationToken)
            : SearchTerms.Of(text) is { } terms ? await MatchingAsync(db, terms, page, cancellationToken)
            : ([], null);
        return new KeysetPage<AccountView>(await db.LoadViewsAsync(ids, cancellationToken), next?.ToString());
    }

    /// <summary>All accounts that a search finds, or all there are, by name, for files: one row for each store and currency in which an account has a balance, or one without.</summary>
    public async IAsyncEnumerable<AccountBalanceRow> ReadAllAsync(Caller caller, string? text, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var accounts = db.Accounts.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(text))
        {
            var ids = SearchTerms.Of(text) is { } terms ? (await new AccountMatcher(db, terms, cancellationToken).FindAsync(0, int.MaxValue)).Ids : [];
            accounts = accounts.Where(account => ids.Contains(account.Id));
        }

        var rows = accounts
            .GroupJoin(db.AccountBalances, account => account.Id, balance => balance.AccountId, (account, balances) => new { account, balances })
            .SelectMany(one => one.balances.DefaultIfEmpty(), (one, balance) => new { one.account, balance })
            .OrderBy(one => one.account.NameKey).ThenBy(one => one.account.Id).ThenBy(one => one.balance!.Store.Code).ThenBy(one => one.balance!.CurrencyCode)
            .Select(one => new
            {
                one.account.PublicId,
                one.account.ExternalId,
                one.account.Name,
                one.account.Kind,
                OnHold = one.account.HeldSince != null,
                one.account.CardNumber,
                Email = db.Contacts.Where(contact => contact.AccountId == one.account.Id).OrderBy(contact => contact.Id).Select(contact => contact.Email).FirstOrDefault(),
                Store = (string?)one.balance!.Store.Code,
                Currency = (string?)one.balance.CurrencyCode,
                Available = (long?)one.balance.Buckets.Available,
                Authorized = (long?)one.balance.Buckets.Authorized,
            });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            Amount? In(long? minor) => row.Currency is { } code && minor is { } value ? Amount.Of(value, Currency.Of(code)) : null;
            yield return new AccountBalanceRow(
                row.PublicId, row.ExternalId, row.Name, row.Kind == AccountKind.Company ? "company" : "person", row.Email, row.CardNumber, row.OnHold, row.Store, row.Currency, In(row.Available), In(row.Authorized));
        }
    }

    private static IQueryable<Account> ByName(StoreCreditDbContext db) => db.Accounts.OrderBy(account => account.NameKey).ThenBy(account => account.Id);

    private static async Task<(IReadOnlyList<long> Ids, Cursor? Next)> ByNameAsync(StoreCreditDbContext db, KeysetRequest page, CancellationToken cancellationToken)
    {
        var accounts = ByName(db);
        if (page.After is { } after)
        {
            var (name, id) = (after.Text(ByNameList), after.Number(ByNameList, 1));
            accounts = accounts
                .Where(account => account.NameKey.CompareTo(name) >= 0 && (account.NameKey != name || account.Id > id))
                .OrderBy(account => account.NameKey).ThenBy(account => account.Id);
        }

        var rows = await accounts.Take(page.Limit + 1).Select(account => new { account.Id, account.NameKey }).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Limit).ToList();
        return ([.. shown.Select(row => row.Id)], rows.Count > page.Limit ? Cursor.After(ByNameList, shown[^1].NameKey, shown[^1].Id) : null);
    }

    /// <summary>The order of a search's results has no key that a cursor could hold, so it holds how many were shown.</summary>
    private static async Task<(IReadOnlyList<long> Ids, Cursor? Next)> MatchingAsync(
        StoreCreditDbContext db, SearchTerms terms, KeysetRequest page, CancellationToken cancellationToken)
    {
        var shown = page.After?.Number(MatchingList) ?? 0;
        if (shown is < 0 or > int.MaxValue)
        {
            throw new BadCursorException();
        }

        var ids = (await new AccountMatcher(db, terms, cancellationToken).FindAsync((int)shown, page.Limit + 1)).Ids;
        return ([.. ids.Take(page.Limit)], ids.Count > page.Limit ? Cursor.After(MatchingList, shown + page.Limit) : null);
    }
}
