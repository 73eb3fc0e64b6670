using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Mails;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>The texts that count now: of each kind and language the newest, and in English at least the delivered one.</summary>
internal sealed class MailTextBook
{
    private readonly Dictionary<(MailKind Kind, string Language), MailTemplate> newest;

    private MailTextBook(IEnumerable<MailTemplate> texts) => newest = texts.ToDictionary(text => (text.Kind, text.Language));

    /// <param name="languages">Those that may be asked for; null for all.</param>
    public static async Task<MailTextBook> ReadAsync(StoreCreditDbContext db, IReadOnlyCollection<MailKind> kinds, IReadOnlyCollection<string>? languages, CancellationToken cancellationToken)
    {
        var all = languages is null;
        return new MailTextBook(await db.MailTemplates.AsNoTracking()
            .Where(text => kinds.Contains(text.Kind) && (all || languages!.Contains(text.Language)) && text.Subject != null)
            .Where(text => !db.MailTemplates.Any(later => later.Kind == text.Kind && later.Language == text.Language && later.Number > text.Number))
            .ToListAsync(cancellationToken));
    }

    /// <summary>In the best of the languages that has a text.</summary>
    public MailText Of(MailKind kind, MailFields fields) => fields.Languages().Select(language => Find(kind, language)).First(text => text is not null)!;

    /// <summary>The text in just this language, if there is one.</summary>
    public MailText? Find(MailKind kind, string language) =>
        newest.TryGetValue((kind, language), out var own) ? new MailText(own.Subject!, own.Body!, language)
        : language == Language.English ? DefaultMails.Of(kind)
        : null;
}

/// <summary>Finds the text that a mail goes out with.</summary>
internal sealed class MailTextLookup(IDbContextFactory<StoreCreditDbContext> contexts)
{
    public async Task<MailText> OfAsync(MailKind kind, MailFields fields)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return (await MailTextBook.ReadAsync(db, [kind], fields.Languages(), CancellationToken.None)).Of(kind, fields);
    }
}
