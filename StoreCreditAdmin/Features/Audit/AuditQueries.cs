using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Audit;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Audit;

/// <summary>Reads the audit, newest first.</summary>
public sealed class AuditQueries(IDbContextFactory<StoreCreditDbContext> contexts)
{
    private const string ListName = "audit";

    /// <summary>Goes from one action to the next in the index, so it costs as much as there are actions, not lines.</summary>
    private const string EachAction =
        """
        WITH RECURSIVE "Found"("Value") AS (
            SELECT MIN("Action") FROM "AuditEntries"
            UNION ALL
            SELECT (SELECT MIN("Action") FROM "AuditEntries" WHERE "Action" > "Value") FROM "Found" WHERE "Value" IS NOT NULL)
        SELECT "Value" FROM "Found" WHERE "Value" IS NOT NULL
        """;

    public async Task<KeysetPage<AuditLine>> ListAsync(Caller caller, AuditFilter filter, KeysetRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewAudit, cancellationToken);
        var matching = await MatchingAsync(db, filter, cancellationToken);
        if (page.After is { } after)
        {
            var (at, id) = (after.Instant(ListName, 0), after.Number(ListName, 1));
            matching = matching.Where(entry => entry.At < at || (entry.At == at && entry.Id < id));
        }

        var rows = await Lines(db, matching).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return KeysetPage<AuditLine>.Of(rows, page.Limit, line => line, line => Cursor.After(ListName, line.At.UtcTicks, line.Id));
    }

    /// <summary>All lines of a filter, one after the other, for files.</summary>
    public async IAsyncEnumerable<AuditLine> ReadAllAsync(Caller caller, AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewAudit, cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await foreach (var line in Lines(db, await MatchingAsync(db, filter, cancellationToken)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return line;
        }
    }

    /// <summary>The actions that the audit knows of, by name.</summary>
    public async Task<IReadOnlyList<string>> ActionsAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewAudit, cancellationToken);
        return await db.Database.SqlQueryRaw<string>(EachAction).ToListAsync(cancellationToken);
    }

    private static IQueryable<AuditLine> Lines(StoreCreditDbContext db, IQueryable<AuditEntry> entries) =>
        entries.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Select(entry => new AuditLine
        {
            Id = entry.Id,
            At = entry.At,
            ActorKind = entry.ActorKind,
            ActorName = entry.ActorName,
            Action = entry.Action,
            Subject = entry.Subject,
            SubjectId = entry.SubjectId,
            AccountId = db.Accounts.Where(account => account.Id == entry.AccountId).Select(account => (Guid?)account.PublicId).FirstOrDefault(),
            Reason = entry.Reason,
            Note = entry.Note,
            OldValues = entry.OldValues,
            NewValues = entry.NewValues,
            RefusalCode = entry.RefusalCode,
            OperationId = entry.OperationId,
        });

    private static async Task<IQueryable<AuditEntry>> MatchingAsync(StoreCreditDbContext db, AuditFilter filter, CancellationToken cancellationToken)
    {
        var entries = db.AuditEntries.AsNoTracking();
        if (filter.Person is { } person)
        {
            var actors = await ActorsAsync(db, person, cancellationToken);
            entries = entries.Where(entry => actors.Contains(entry.ActorId));
        }

        if (filter.Action is { } action)
        {
            entries = entries.Where(entry => entry.Action == action);
        }

        if (filter.Subject is { } subject)
        {
            var pattern = Containing(subject);
            entries = Guid.TryParse(subject, out var id)
                ? entries.Where(entry => entry.SubjectId == id.ToString())
                : entries.Where(entry => EF.Functions.Like(entry.Subject!, pattern, "\\"));
        }

        if (filter.Outcome is { } outcome)
        {
            entries = outcome == AuditOutcome.Done ? entries.Where(entry => entry.RefusalCode == null) : entries.Where(entry => entry.RefusalCode != null);
        }

        if (filter.From is null && filter.To is null)
        {
            return entries;
        }

        var store = await db.Stores.AsNoTracking().SingleAsync(one => one.IsDefault, cancellationToken);
        var start = filter.From is { } from ? store.StartOf(from) : DateTimeOffset.MinValue;
        var end = filter.To is { } to ? store.StartOf(to.AddDays(1)) : DateTimeOffset.MaxValue;
        return entries.Where(entry => entry.At >= start && entry.At < end);
    }

    /// <summary>Who is meant: the few who match are found first, so that their lines are found by index.</summary>
    private static async Task<List<string>> ActorsAsync(StoreCreditDbContext db, string person, CancellationToken cancellationToken)
    {
        var pattern = Containing(person);
        var people = await db.Users
            .Where(user => EF.Functions.Like(user.DisplayName, pattern, "\\") || EF.Functions.Like(user.Email!, pattern, "\\"))
            .Select(user => user.Id)
            .ToListAsync(cancellationToken);
        var keys = await db.ApiKeys.Where(key => EF.Functions.Like(key.Name, pattern, "\\")).Select(key => key.PublicId).ToListAsync(cancellationToken);
        return [.. people, .. keys.Select(key => key.ToString()), person];
    }

    private static string Containing(string text) =>
        "%" + text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
