using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>Which of an account's entries: a page of a grid by <see cref="Skip"/> and <see cref="Take"/>, or what follows <see cref="Cursor"/>.</summary>
public sealed record EntriesQuery
{
    /// <summary>Leaves out holds and their releases, and internal memos.</summary>
    public bool ForCustomer { get; init; }

    /// <summary>Dates of effect, both inclusive.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public Guid? CreditId { get; init; }

    /// <summary>Empty for all kinds.</summary>
    public IReadOnlyCollection<EntryKind> Kinds { get; init; } = [];

    public int Skip { get; init; }

    public int Take { get; init; } = 50;

    /// <summary>The <see cref="EntryPage.NextCursor"/> of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }
}

/// <param name="Total">Of the whole filter; null where the query has a cursor.</param>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record EntryPage(IReadOnlyList<EntryView> Items, int? Total, string? NextCursor);

/// <summary>Reads the ledger entries of an account or of a credit, newest first.</summary>
public sealed class AccountEntries(IDbContextFactory<StoreCreditDbContext> contexts)
{
    public const int MaxTake = 200;

    private static readonly Refusal NoSuchCredit = new("not-found", "There is no such credit.");

    public async Task<Result<EntryPage>> ListAsync(Caller caller, string accountReference, EntriesQuery query, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var accountId = await db.Accounts.WithReference(accountReference).Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken);
        if (accountId is null)
        {
            return AccountLookups.NotFound;
        }

        var entries = db.LedgerEntries.Where(entry => entry.AccountId == accountId);
        if (query.CreditId is { } creditId)
        {
            var id = await db.Credits.Where(credit => credit.PublicId == creditId && credit.AccountId == accountId).Select(credit => (long?)credit.Id).SingleOrDefaultAsync(cancellationToken);
            if (id is null)
            {
                return NoSuchCredit;
            }

            entries = db.LedgerEntries.Where(entry => entry.CreditId == id);
        }

        return await PageAsync(entries, query, cancellationToken);
    }

    /// <summary>The entries of one credit, whoever owns it.</summary>
    public async Task<Result<EntryPage>> ListOfCreditAsync(Caller caller, Guid creditId, EntriesQuery query, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var id = await db.Credits.Where(credit => credit.PublicId == creditId).Select(credit => (long?)credit.Id).SingleOrDefaultAsync(cancellationToken);
        return id is null ? NoSuchCredit : await PageAsync(db.LedgerEntries.Where(entry => entry.CreditId == id), query, cancellationToken);
    }

    /// <summary>Sentences that add up to what the credit has now; see <see cref="BalanceStory"/>.</summary>
    public async Task<Result<IReadOnlyList<string>>> ExplainAsync(Caller caller, Guid creditId, CultureInfo culture, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var credit = await db.Credits.AsNoTracking().SingleOrDefaultAsync(one => one.PublicId == creditId, cancellationToken);
        if (credit is null)
        {
            return NoSuchCredit;
        }

        var entries = await db.LedgerEntries.AsNoTracking().Include(entry => entry.Reason)
            .Where(entry => entry.CreditId == credit.Id).OrderBy(entry => entry.Sequence)
            .ToListAsync(cancellationToken);
        return Result<IReadOnlyList<string>>.Of(BalanceStory.Of(credit.Currency, entries, culture));
    }

    internal static IQueryable<LedgerEntry> Filter(IQueryable<LedgerEntry> entries, bool forCustomer, DateOnly? from, DateOnly? to, IReadOnlyCollection<EntryKind> kinds)
    {
        if (forCustomer)
        {
            entries = entries.Where(entry => EntryWords.CustomerKinds.Contains(entry.Kind));
        }

        if (kinds.Count > 0)
        {
            entries = entries.Where(entry => kinds.Contains(entry.Kind));
        }

        return entries.Where(entry => (from == null || entry.EffectiveOn >= from) && (to == null || entry.EffectiveOn <= to));
    }

    private static async Task<Result<EntryPage>> PageAsync(IQueryable<LedgerEntry> entries, EntriesQuery query, CancellationToken cancellationToken)
    {
        entries = Filter(entries, query.ForCustomer, query.From, query.To, query.Kinds);
        var take = Math.Clamp(query.Take, 1, MaxTake);
        int? total = null;
        if (query.Cursor is null)
        {
            total = await entries.CountAsync(cancellationToken);
        }
        else if (long.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var before))
        {
            entries = entries.Where(entry => entry.Sequence < before);
        }
        else
        {
            return new Refusal("cursor-invalid", "Use the cursor as the page before gave it.", "cursor");
        }

        var rows = await entries.AsNoTracking().OrderByDescending(entry => entry.Sequence)
            .Skip(Math.Max(0, query.Skip)).Take(take + 1)
            .Select(EntryView.Row)
            .ToListAsync(cancellationToken);
        var items = rows.Take(take).Select(row => EntryView.Of(row, query.ForCustomer)).ToList();
        return new EntryPage(items, total, rows.Count > take ? items[^1].Seq.ToString(CultureInfo.InvariantCulture) : null);
    }
}
