using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>Which text a kind has in a language.</summary>
/// <param name="Number">The newest version's number; 0 where nobody saved any.</param>
/// <param name="IsOwn">Whether somebody wrote it. If not, it is the delivered one, or the language has none.</param>
public sealed record MailTextLine(MailKind Kind, string Language, int Number, bool IsOwn, string? By, DateTimeOffset? At);

/// <summary>The text that counts, to be edited.</summary>
/// <param name="Text">Where the language has none: what its customers get now, to begin with.</param>
public sealed record MailTextView(MailTextLine Line, MailText Text);

/// <param name="Text">Null where the language went back to what it had when the product came.</param>
public sealed record MailTextVersion(int Number, MailText? Text, string By, DateTimeOffset At);

/// <param name="More">Whether there are older ones.</param>
public sealed record MailTextHistory(IReadOnlyList<MailTextVersion> Versions, bool More);

/// <summary>The version that is the newest now.</summary>
public sealed record SavedMailText(int Number);

public sealed record SaveMailTextRequest
{
    public MailKind Kind { get; init; }

    public string Language { get; init; } = Domain.Language.English;

    public string? Subject { get; init; }

    public string? Body { get; init; }

    /// <summary>The number of the version that the person saw.</summary>
    public int Version { get; init; }

    internal MailText Text => new(Subject?.Trim() ?? "", (Body ?? "").ReplaceLineEndings("\n").Trim(), Language);
}

/// <summary>Keeps what e-mails say: each change is a new version, and an old one comes back as a new one.</summary>
public sealed class MailTextService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, MailRenderer renderer)
{
    private static readonly Refusal Stale = new("changed-meanwhile", "Somebody else saved a newer version meanwhile. What you wrote stands here still: copy it, show the newest version, then make your change there.");

    private static readonly Refusal NotFound = new("not-found", "There is no such version.");

    /// <summary>Each kind in English, and in every language that it has or had a text in.</summary>
    public async Task<IReadOnlyList<MailTextLine>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        var newest = await db.MailTemplates
            .Where(text => !db.MailTemplates.Any(later => later.Kind == text.Kind && later.Language == text.Language && later.Number > text.Number))
            .Select(text => new MailTextLine(text.Kind, text.Language, text.Number, text.Subject != null, text.ActorName, text.At))
            .ToListAsync(cancellationToken);
        var delivered = MailNames.Kinds.Where(kind => !newest.Exists(line => line.Kind == kind && line.Language == Language.English))
            .Select(kind => new MailTextLine(kind, Language.English, 0, false, null, null));
        return [.. newest.Concat(delivered).OrderBy(line => line.Kind).ThenBy(line => line.Language != Language.English).ThenBy(line => Language.NameOf(line.Language), StringComparer.Ordinal)];
    }

    public async Task<MailTextView> GetAsync(Caller caller, MailKind kind, string language, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        var own = await db.NewestTextAsync(kind, language, cancellationToken);
        var book = await MailTextBook.ReadAsync(db, [kind], null, cancellationToken);
        var text = Language.Widening(language).Append(Language.English).Select(one => book.Find(kind, one)).First(one => one is not null)!;
        return new MailTextView(
            new MailTextLine(kind, language, own?.Number ?? 0, own?.Subject is not null, own?.ActorName, own?.At),
            text with { Language = language });
    }

    /// <param name="most">The newest so many.</param>
    public async Task<MailTextHistory> HistoryAsync(Caller caller, MailKind kind, string language, int most, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        var rows = await db.MailTemplates.AsNoTracking().Where(text => text.Kind == kind && text.Language == language)
            .OrderByDescending(text => text.Number).Take(most + 1).ToListAsync(cancellationToken);
        return new MailTextHistory(
            [.. rows.Take(most).Select(row => new MailTextVersion(row.Number, row.Subject is null ? null : new MailText(row.Subject, row.Body!, language), row.ActorName, row.At))],
            rows.Count > most);
    }

    public Task<Result<SavedMailText>> SaveAsync(Caller caller, OperationKey key, SaveMailTextRequest request) =>
        ChangeAsync("mail-text.save", caller, key, request.Kind, request.Language, request.Version, (_, now) => Task.FromResult(
            renderer.Problem(request.Kind, request.Text) is { } problem ? problem
            : Result<MailText?>.Of(now.IsOwn || now.Text != request.Text ? request.Text : null)));

    /// <summary>Makes a new version equal to an old one.</summary>
    /// <param name="number">Of the version to come back; 0 for what the product came with.</param>
    /// <param name="seen">The newest that the person saw.</param>
    public Task<Result<SavedMailText>> RestoreAsync(Caller caller, OperationKey key, MailKind kind, string language, int number, int seen) =>
        ChangeAsync("mail-text.restore", caller, key, kind, language, seen, async (db, _) =>
        {
            var old = await db.MailTemplates.AsNoTracking().SingleOrDefaultAsync(text => text.Kind == kind && text.Language == language && text.Number == number);
            if (number == 0 || old is { Subject: null })
            {
                return Result<MailText?>.Of(null);
            }

            var text = old is null ? null : new MailText(old.Subject, old.Body!, language);
            return text is null ? NotFound
                : renderer.Problem(kind, text) is { } problem ? problem with { Message = $"Version {number} cannot come back as it is. {problem.Message}", Field = null }
                : Result<MailText?>.Of(text);
        });

    /// <param name="wanted">The text that shall count from now on; null for what the product came with.</param>
    private Task<Result<SavedMailText>> ChangeAsync(
        string deed, Caller caller, OperationKey key, MailKind kind, string language, int seen, Func<StoreCreditDbContext, (bool IsOwn, MailText? Text), Task<Result<MailText?>>> wanted) =>
        gate.ExecuteAsync<SavedMailText>(new OperationRequest(deed, key, caller, Permission.ManageMessages), async write =>
        {
            if (!Enum.IsDefined(kind) || Language.Find(language) != language)
            {
                return Language.Unknown(language);
            }

            var (subject, subjectId) = ($"{MailNames.Of(kind)} in {Language.NameOf(language)}", $"{MailNames.Of(kind)}:{language}");
            write.About(subject, subjectId);
            var newest = await write.Db.NewestTextAsync(kind, language);
            var number = newest?.Number ?? 0;
            if (number != seen)
            {
                return Stale;
            }

            var own = newest?.Subject is null ? null : new MailText(newest.Subject, newest.Body!, language);
            var delivered = language == Language.English ? DefaultMails.Of(kind) : null;
            var text = await wanted(write.Db, (own is not null, own ?? delivered));
            if (!text.IsOk)
            {
                return text.Refusal;
            }

            if (text.Value == own)
            {
                return new SavedMailText(number);
            }

            var version = new MailTemplate(kind, language, number + 1, text.Value?.Subject, text.Value?.Body, write.Actor, write.Now);
            write.Db.MailTemplates.Add(version);
            write.Audit(subject, subjectId, oldValues: Values(number, own ?? delivered), newValues: Values(version.Number, text.Value ?? delivered));
            return new SavedMailText(version.Number);
        });

    private static object Values(int version, MailText? text) => new { version, text?.Subject, text?.Body };
}

internal static class MailTextQueries
{
    public static Task<MailTemplate?> NewestTextAsync(this StoreCreditDbContext db, MailKind kind, string language, CancellationToken cancellationToken = default) =>
        db.MailTemplates.AsNoTracking().Where(text => text.Kind == kind && text.Language == language).OrderByDescending(text => text.Number).FirstOrDefaultAsync(cancellationToken);
}
