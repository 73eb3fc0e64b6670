using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Audit;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>Which lines of an account's history.</summary>
public sealed record HistoryFilter
{
    /// <summary>Leaves out holds of money and their releases, internal memos, and what was done to the account itself.</summary>
    public bool ForCustomer { get; init; }

    /// <summary>Both inclusive: the date of effect of an entry, the date in the default store's zone of anything else.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Kinds of entries and actions of <see cref="AccountHistory.Actions"/> by name; empty for all.</summary>
    public IReadOnlyCollection<string> Kinds { get; init; } = [];
}

/// <summary>One line of an account's history: a ledger entry or something done to the account, never both.</summary>
/// <param name="Kind">The entry's kind or the action's name.</param>
public sealed record HistoryLine(DateTimeOffset At, string Kind, string Actor, EntryView? Entry, AccountEvent? Event);

/// <summary>Something done to the account or its contacts, as the audit has it.</summary>
/// <param name="Subject">Whom it was done to: the account, or the contact by name.</param>
/// <param name="OldValues">A JSON object of the fields that changed.</param>
public sealed record AccountEvent(string Label, string? Subject, string? Reason, string? Note, string? OldValues, string? NewValues);

/// <summary>The whole history of an account, newest first: its ledger entries and what was done to the account and its contacts.</summary>
public sealed class AccountHistory(IDbContextFactory<StoreCreditDbContext> contexts)
{
    private static readonly Dictionary<string, string> Labels = new()
    {
        ["account.create"] = "Account created",
        ["account.rename"] = "Account renamed",
        ["account.language"] = "Language changed",
        ["account.hold"] = "Put on hold",
        ["account.hold-lift"] = "Hold lifted",
        ["account.card"] = "Card number re-issued",
        ["account.statements"] = "Monthly statement by e-mail switched",
        ["contact.add"] = "Contact added",
        ["contact.change"] = "Contact changed",
        ["customer-link.make"] = "Customer link made",
        ["customer-link.revoke"] = "Customer link revoked",
    };

    /// <summary>The names of what can be done to an account, each with its label.</summary>
    public static IReadOnlyDictionary<string, string> Actions => Labels;

    public async Task<Result<Page<HistoryLine>>> ListAsync(Caller caller, string accountReference, HistoryFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        if (await FindAsync(db, accountReference, filter, cancellationToken) is not var (entries, events))
        {
            return AccountLookups.NotFound;
        }

        var lines = entries.Select(entry => new { At = entry.RecordedAt, IsEntry = true, Order = entry.Sequence, entry.Id })
            .Concat(events.Select(line => new { line.At, IsEntry = false, Order = line.Id, line.Id }));
        var total = await lines.CountAsync(cancellationToken);
        var keys = await lines.OrderByDescending(line => line.At).ThenByDescending(line => line.IsEntry).ThenByDescending(line => line.Order)
            .Skip(page.Skip).Take(page.Rows)
            .ToListAsync(cancellationToken);

        var entryIds = keys.Where(line => line.IsEntry).Select(line => line.Id).ToList();
        var eventIds = keys.Where(line => !line.IsEntry).Select(line => line.Id).ToList();
        var entryRows = await db.LedgerEntries.AsNoTracking().Where(entry => entryIds.Contains(entry.Id)).Select(EntryView.Row).ToDictionaryAsync(row => row.Entry.Id, cancellationToken);
        var eventRows = await db.AuditEntries.AsNoTracking().Where(line => eventIds.Contains(line.Id)).ToDictionaryAsync(line => line.Id, cancellationToken);
        return new Page<HistoryLine>(
            [
                .. keys.Select(line => line.IsEntry ? LineOf(entryRows[line.Id], filter) : LineOf(eventRows[line.Id])),
            ],
            total);
    }

    /// <summary>All lines, newest first, one after the other, for files. None where there is no such account.</summary>
    public async IAsyncEnumerable<HistoryLine> ReadAllAsync(Caller caller, string accountReference, HistoryFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        if (await FindAsync(db, accountReference, filter, cancellationToken) is not var (entries, events))
        {
            yield break;
        }

        // What is done to an account is little beside its entries, which are recorded in the order of their numbers.
        var others = new Queue<AuditEntry>(await events.AsNoTracking().OrderByDescending(line => line.At).ThenByDescending(line => line.Id).ToListAsync(cancellationToken));
        await foreach (var row in entries.AsNoTracking().OrderByDescending(entry => entry.Sequence).Select(EntryView.Row).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            while (others.TryPeek(out var other) && other.At > row.Entry.RecordedAt)
            {
                yield return LineOf(others.Dequeue());
            }

            yield return LineOf(row, filter);
        }

        foreach (var other in others)
        {
            yield return LineOf(other);
        }
    }

    /// <summary>Null where there is no such account.</summary>
    private static async Task<(IQueryable<LedgerEntry> Entries, IQueryable<AuditEntry> Events)?> FindAsync(
        StoreCreditDbContext db, string accountReference, HistoryFilter filter, CancellationToken cancellationToken)
    {
        var accountId = await db.Accounts.WithReference(accountReference).Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken);
        if (accountId is null)
        {
            return null;
        }

        var store = (await db.FindStoreAsync(null, cancellationToken)).Value;
        var all = filter.Kinds.Count == 0;
        var entryKinds = filter.Kinds.Select(EntryWords.KindOf).OfType<EntryKind>().ToList();
        var actions = filter.ForCustomer ? [] : Labels.Keys.Where(action => all || filter.Kinds.Contains(action)).ToList();
        DateTimeOffset? from = filter.From is { } first ? store.StartOf(first) : null;
        DateTimeOffset? to = filter.To is { } last && last < DateOnly.MaxValue ? store.StartOf(last.AddDays(1)) : null;
        return (
            AccountEntries.Filtered(
                db.LedgerEntries.Where(entry => entry.AccountId == accountId && (all || entryKinds.Count > 0)),
                new EntryFilter { ForCustomer = filter.ForCustomer, From = filter.From, To = filter.To, Kinds = entryKinds }),
            db.AuditEntries.Where(line => line.AccountId == accountId && line.RefusalCode == null && actions.Contains(line.Action)
                && (from == null || line.At >= from) && (to == null || line.At < to)));
    }

    private static HistoryLine LineOf(EntryRow row, HistoryFilter filter)
    {
        var view = EntryView.Of(row, filter.ForCustomer);
        return new HistoryLine(view.RecordedAt, view.Kind, view.Actor, view, null);
    }

    private static HistoryLine LineOf(AuditEntry line) =>
        new(line.At, line.Action, line.ActorName, null, new AccountEvent(Labels[line.Action], line.Subject, line.Reason, line.Note, line.OldValues, line.NewValues));
}
