using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>Which entries of an account or a credit.</summary>
public sealed record EntryFilter
{
    /// <summary>Leaves out holds and their releases, and internal memos.</summary>
    public bool ForCustomer { get; init; }

    /// <summary>Dates of effect, both inclusive.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public Guid? CreditId { get; init; }

    /// <summary>Empty for all kinds.</summary>
    public IReadOnlyCollection<EntryKind> Kinds { get; init; } = [];
}

/// <summary>Reads the ledger entries of an account or of a credit, newest first.</summary>
public sealed class AccountEntries(IDbContextFactory<StoreCreditDbContext> contexts)
{
    private const string ListName = "entries";

    private static readonly Refusal NoSuchCredit = new("not-found", "There is no such credit.");

    public async Task<Result<Page<EntryView>>> ListAsync(Caller caller, string accountReference, EntryFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var entries = await OfAccountAsync(db, caller, accountReference, filter, cancellationToken);
        return entries.IsOk ? await PageAsync(entries.Value, filter, page, cancellationToken) : entries.Refusal;
    }

    public async Task<Result<KeysetPage<EntryView>>> ListAsync(Caller caller, string accountReference, EntryFilter filter, KeysetRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var entries = await OfAccountAsync(db, caller, accountReference, filter, cancellationToken);
        if (!entries.IsOk)
        {
            return entries.Refusal;
        }

        var rest = entries.Value;
        if (page.After is { } after)
        {
            var before = after.Number(ListName);
            rest = rest.Where(entry => entry.Sequence < before);
        }

        var rows = await NewestFirst(rest).Take(page.Limit + 1).Select(EntryView.Row).ToListAsync(cancellationToken);
        return KeysetPage<EntryView>.Of(rows, page.Limit, row => EntryView.Of(row, filter.ForCustomer), row => Cursor.After(ListName, row.Entry.Sequence));
    }

    /// <summary>The entries of one credit, whoever owns it.</summary>
    public async Task<Result<Page<EntryView>>> ListOfCreditAsync(Caller caller, Guid creditId, EntryFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var id = await db.Credits.Where(credit => credit.PublicId == creditId).Select(credit => (long?)credit.Id).SingleOrDefaultAsync(cancellationToken);
        return id is null ? NoSuchCredit : await PageAsync(Filtered(db.LedgerEntries.Where(entry => entry.CreditId == id), filter), filter, page, cancellationToken);
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

    internal static IQueryable<LedgerEntry> Filtered(IQueryable<LedgerEntry> entries, EntryFilter filter)
    {
        if (filter.ForCustomer)
        {
            entries = entries.Where(entry => EntryWords.CustomerKinds.Contains(entry.Kind));
        }

        if (filter.Kinds.Count > 0)
        {
            entries = entries.Where(entry => filter.Kinds.Contains(entry.Kind));
        }

        return entries.Where(entry => (filter.From == null || entry.EffectiveOn >= filter.From) && (filter.To == null || entry.EffectiveOn <= filter.To));
    }

    private static async Task<Result<IQueryable<LedgerEntry>>> OfAccountAsync(
        StoreCreditDbContext db, Caller caller, string accountReference, EntryFilter filter, CancellationToken cancellationToken)
    {
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var accountId = await db.Accounts.WithReference(accountReference).Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken);
        if (accountId is null)
        {
            return AccountLookups.NotFound;
        }

        if (filter.CreditId is not { } creditId)
        {
            return Result<IQueryable<LedgerEntry>>.Of(Filtered(db.LedgerEntries.Where(entry => entry.AccountId == accountId), filter));
        }

        var id = await db.Credits.Where(credit => credit.PublicId == creditId && credit.AccountId == accountId).Select(credit => (long?)credit.Id).SingleOrDefaultAsync(cancellationToken);
        return id is null ? NoSuchCredit : Result<IQueryable<LedgerEntry>>.Of(Filtered(db.LedgerEntries.Where(entry => entry.CreditId == id), filter));
    }

    private static async Task<Page<EntryView>> PageAsync(IQueryable<LedgerEntry> entries, EntryFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var total = await entries.CountAsync(cancellationToken);
        var rows = await NewestFirst(entries).Skip(page.Skip).Take(page.Rows).Select(EntryView.Row).ToListAsync(cancellationToken);
        return new Page<EntryView>([.. rows.Select(row => EntryView.Of(row, filter.ForCustomer))], total);
    }

    private static IQueryable<LedgerEntry> NewestFirst(IQueryable<LedgerEntry> entries) => entries.AsNoTracking().OrderByDescending(entry => entry.Sequence);
}
