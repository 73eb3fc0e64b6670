using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounts;

public sealed record HistoryQuery
{
    /// <summary>Leaves out holds of money and their releases, internal memos, and what was done to the account itself.</summary>
    public bool ForCustomer { get; init; }

    /// <summary>Both inclusive: the date of effect of an entry, the date in the default store's zone of anything else.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Kinds of entries and actions of <see cref="AccountHistory.Actions"/> by name; empty for all.</summary>
    public IReadOnlyCollection<string> Kinds { get; init; } = [];

    public int Skip { get; init; }

    public int Take { get; init; } = 50;
}

public sealed record HistoryPage(IReadOnlyList<HistoryLine> Items, int Total);

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
        ["account.hold"] = "Put on hold",
        ["account.hold-lift"] = "Hold lifted",
        ["account.card"] = "Card number re-issued",
        ["contact.add"] = "Contact added",
        ["contact.change"] = "Contact changed",
    };

    /// <summary>The names of what can be done to an account, each with its label.</summary>
    public static IReadOnlyDictionary<string, string> Actions => Labels;

    public async Task<Result<HistoryPage>> ListAsync(Caller caller, string accountReference, HistoryQuery query, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.View, cancellationToken);
        var accountId = await db.Accounts.WithReference(accountReference).Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken);
        if (accountId is null)
        {
            return AccountLookups.NotFound;
        }

        var zone = (await db.FindStoreAsync(null, cancellationToken)).Value.TimeZone;
        var all = query.Kinds.Count == 0;
        var entryKinds = query.Kinds.Select(EntryWords.KindOf).OfType<EntryKind>().ToList();
        var actions = query.ForCustomer ? [] : Labels.Keys.Where(action => all || query.Kinds.Contains(action)).ToList();
        var (from, to) = (StartOf(query.From, zone), StartOf(query.To?.AddDays(1), zone));

        var entries = AccountEntries.Filter(db.LedgerEntries.Where(entry => entry.AccountId == accountId && (all || entryKinds.Count > 0)), query.ForCustomer, query.From, query.To, entryKinds);
        var events = db.AuditEntries.Where(line => line.AccountId == accountId && line.RefusalCode == null && actions.Contains(line.Action)
            && (from == null || line.At >= from) && (to == null || line.At < to));

        var lines = entries.Select(entry => new { At = entry.RecordedAt, IsEntry = true, Order = entry.Sequence, entry.Id })
            .Concat(events.Select(line => new { line.At, IsEntry = false, Order = line.Id, line.Id }));
        var total = await lines.CountAsync(cancellationToken);
        var page = await lines.OrderByDescending(line => line.At).ThenByDescending(line => line.IsEntry).ThenByDescending(line => line.Order)
            .Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, AccountEntries.MaxTake))
            .ToListAsync(cancellationToken);

        var entryIds = page.Where(line => line.IsEntry).Select(line => line.Id).ToList();
        var eventIds = page.Where(line => !line.IsEntry).Select(line => line.Id).ToList();
        var entryRows = await db.LedgerEntries.AsNoTracking().Where(entry => entryIds.Contains(entry.Id)).Select(EntryView.Row).ToDictionaryAsync(row => row.Entry.Id, cancellationToken);
        var eventRows = await db.AuditEntries.AsNoTracking().Where(line => eventIds.Contains(line.Id)).ToDictionaryAsync(line => line.Id, cancellationToken);
        return new HistoryPage(
            [
                .. page.Select(line =>
                {
                    if (line.IsEntry)
                    {
                        var view = EntryView.Of(entryRows[line.Id], query.ForCustomer);
                        return new HistoryLine(line.At, view.Kind, view.Actor, view, null);
                    }

                    var row = eventRows[line.Id];
                    return new HistoryLine(line.At, row.Action, row.ActorName, null, new AccountEvent(Labels[row.Action], row.Subject, row.Reason, row.Note, row.OldValues, row.NewValues));
                }),
            ],
            total);
    }

    private static DateTimeOffset? StartOf(DateOnly? day, string timeZone)
    {
        if (day is not { } date)
        {
            return null;
        }

        var midnight = date.ToDateTime(TimeOnly.MinValue);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
