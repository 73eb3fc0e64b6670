using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>
/// Finds accounts as one types: what is exactly it first, then names that begin so, then words that begin so, then the rest, each by name.
/// The same number of queries whatever the result.
/// </summary>
public sealed class AccountSearch(IDbContextFactory<StoreCreditDbContext> contexts)
{
    public const int MaxTake = 200;

    /// <summary>Results for a list that a person picks from.</summary>
    public Task<Result<AccountPage<AccountHit>>> SearchAsync(Caller caller, AccountQuery query, CancellationToken cancellationToken = default) =>
        PageAsync(caller, query, AccountHits.LoadAsync, cancellationToken);

    /// <summary>The same accounts as whole views.</summary>
    public Task<Result<AccountPage<AccountView>>> ListAsync(Caller caller, AccountQuery query, CancellationToken cancellationToken = default) =>
        PageAsync(caller, query, (db, ids, _, cancellation) => db.LoadViewsAsync(ids, cancellation), cancellationToken);

    private async Task<Result<AccountPage<T>>> PageAsync<T>(
        Caller caller,
        AccountQuery query,
        Func<StoreCreditDbContext, IReadOnlyList<long>, SearchTerms?, CancellationToken, Task<IReadOnlyList<T>>> load,
        CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var take = Math.Clamp(query.Take, 1, MaxTake);
        var terms = SearchTerms.Of(query.Text);
        var found = terms is not null ? await MatchingAsync(db, terms, query, take, cancellationToken)
            : string.IsNullOrWhiteSpace(query.Text) ? await ByNameAsync(db, query, take, cancellationToken)
            : new AccountMatches([], 0, false, null);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var matches = found.Value;
        return new AccountPage<T>(await load(db, matches.Ids, terms, cancellationToken), matches.Total, matches.MoreThanTotal, matches.NextCursor);
    }

    /// <summary>All accounts, along the index of names. The cursor is the id of the last account shown.</summary>
    private static async Task<Result<AccountMatches>> ByNameAsync(StoreCreditDbContext db, AccountQuery query, int take, CancellationToken cancellationToken)
    {
        var total = await db.Accounts.CountAsync(cancellationToken);
        var accounts = db.Accounts.AsQueryable();
        if (query.Cursor is not null)
        {
            var last = Guid.TryParse(query.Cursor, out var lastId)
                ? await db.Accounts.Where(account => account.PublicId == lastId).Select(account => new { account.NameKey, account.Id }).SingleOrDefaultAsync(cancellationToken)
                : null;
            if (last is null)
            {
                return AccountMatches.CursorInvalid;
            }

            accounts = accounts.Where(account => account.NameKey.CompareTo(last.NameKey) >= 0 && (account.NameKey != last.NameKey || account.Id > last.Id));
        }

        var rows = await accounts.OrderBy(account => account.NameKey).ThenBy(account => account.Id)
            .Skip(Math.Max(0, query.Skip)).Take(take + 1)
            .Select(account => new { account.Id, account.PublicId })
            .ToListAsync(cancellationToken);
        return new AccountMatches([.. rows.Take(take).Select(row => row.Id)], total, false, rows.Count > take ? rows[take - 1].PublicId.ToString() : null);
    }

    /// <summary>What matches the terms. The cursor is how many were shown.</summary>
    private static async Task<Result<AccountMatches>> MatchingAsync(StoreCreditDbContext db, SearchTerms terms, AccountQuery query, int take, CancellationToken cancellationToken)
    {
        var skip = Math.Max(0, query.Skip);
        if (query.Cursor is not null && !(int.TryParse(query.Cursor, out skip) && skip >= 0))
        {
            return AccountMatches.CursorInvalid;
        }

        return await new AccountMatcher(db, terms, cancellationToken).FindAsync(skip, take);
    }
}

/// <summary>The accounts of one page of a search, in order, and how many there are in all.</summary>
internal sealed record AccountMatches(IReadOnlyList<long> Ids, int Total, bool MoreThanTotal, string? NextCursor)
{
    public static readonly Refusal CursorInvalid = new("cursor-invalid", "Use the cursor as the page before gave it.", "cursor");
}
