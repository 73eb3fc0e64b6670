using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using HandlebarsDotNet;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>Which mails a list shows.</summary>
public sealed record MailFilter
{
    public MailState? State { get; init; }

    public MailKind? Kind { get; init; }

    /// <summary>A mail address, or an account's id or <c>ext:</c> and its external id.</summary>
    public string? About { get; init; }
}

/// <summary>A mail as lists have it.</summary>
public record MailRow
{
    public required Guid Id { get; init; }

    public required MailKind Kind { get; init; }

    public required MailState State { get; init; }

    public required Guid AccountId { get; init; }

    public required string AccountName { get; init; }

    public required string Address { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>As it went out; as it would go out now before that.</summary>
    public required string Subject { get; init; }

    public required int Tries { get; init; }

    public required DateTimeOffset? LastTryAt { get; init; }

    /// <summary>Null when there is none to come.</summary>
    public required DateTimeOffset? NextTryAt { get; init; }

    public required DateTimeOffset? SentAt { get; init; }

    public required string? LastError { get; init; }
}

/// <summary>A mail as staff see it.</summary>
public sealed record MailView : MailRow
{
    [SetsRequiredMembers]
    internal MailView(MailRow row)
        : base(row)
    {
        Text = "";
    }

    /// <summary>The plain words of the mail.</summary>
    public string Text { get; init; }
}

/// <param name="NeedPeople">How many were given up, or may or may not have gone out.</param>
public sealed record MailPage(IReadOnlyList<MailView> Items, int TotalCount, int NeedPeople) : Page<MailView>(Items, TotalCount);

/// <summary>Reads the mails, newest first.</summary>
public sealed class MailQueries(IDbContextFactory<StoreCreditDbContext> contexts, MailRenderer renderer)
{
    private const int MailsAtOnce = 500;

    /// <summary>Of a mail that was never made, of a text that cannot be.</summary>
    private const string NoSubject = "(no subject)";

    public async Task<MailPage> ListAsync(Caller caller, MailFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        var matching = await MatchingAsync(db, filter, cancellationToken);
        var rows = await matching.AsNoTracking().Include(mail => mail.Account).OrderByDescending(mail => mail.Id).Skip(page.Skip).Take(page.Rows).ToListAsync(cancellationToken);
        var book = await BookAsync(db, rows, cancellationToken);
        return new MailPage(
            rows.ConvertAll(mail => ViewOf(mail, book)),
            await matching.CountAsync(cancellationToken),
            await db.Mails.CountAsync(mail => mail.State == MailState.Dead || mail.State == MailState.Unsure, cancellationToken));
    }

    /// <summary>All mails of a filter, newest first, for files: read in parts.</summary>
    public async IAsyncEnumerable<MailRow> ReadAllAsync(Caller caller, MailFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        var matching = await MatchingAsync(db, filter, cancellationToken);
        var before = long.MaxValue;
        while (true)
        {
            var rows = await matching.AsNoTracking().Include(mail => mail.Account).Where(mail => mail.Id < before).OrderByDescending(mail => mail.Id).Take(MailsAtOnce).ToListAsync(cancellationToken);
            var book = await BookAsync(db, rows, cancellationToken);
            foreach (var row in rows)
            {
                yield return RowOf(row, row.Subject ?? SubjectOf(row, book));
            }

            if (rows.Count < MailsAtOnce)
            {
                yield break;
            }

            before = rows[^1].Id;
        }
    }

    private static async Task<IQueryable<Mail>> MatchingAsync(StoreCreditDbContext db, MailFilter filter, CancellationToken cancellationToken)
    {
        IQueryable<Mail> mails = db.Mails;
        if (filter.State is { } state)
        {
            mails = mails.Where(mail => mail.State == state);
        }

        if (filter.Kind is { } kind)
        {
            mails = mails.Where(mail => mail.Kind == kind);
        }

        if (Texts.Clean(filter.About) is { } about)
        {
            var key = Domain.Accounts.Contact.EmailKeyOf(about);
            var accountId = await db.Accounts.WithReference(about).Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken);
            mails = accountId is null ? mails.Where(mail => mail.AddressKey == key) : mails.Where(mail => mail.AccountId == accountId);
        }

        return mails;
    }

    private static Task<MailTextBook> BookAsync(StoreCreditDbContext db, List<Mail> mails, CancellationToken cancellationToken) =>
        MailTextBook.ReadAsync(db, [.. mails.Select(mail => mail.Kind).Distinct()], [.. mails.SelectMany(mail => MailFields.Read(mail.Fields).Languages()).Distinct()], cancellationToken);

    private MailView ViewOf(Mail mail, MailTextBook book)
    {
        var fields = MailFields.Read(mail.Fields);
        try
        {
            var rendered = renderer.Render(book.Of(mail.Kind, fields), fields);
            return new MailView(RowOf(mail, mail.Subject ?? rendered.Subject)) { Text = rendered.Text };
        }
        catch (HandlebarsException exception)
        {
            return new MailView(RowOf(mail, mail.Subject ?? NoSubject)) { Text = $"The text is broken: {exception.Message}" };
        }
    }

    private string SubjectOf(Mail mail, MailTextBook book)
    {
        var fields = MailFields.Read(mail.Fields);
        try
        {
            return renderer.Subject(book.Of(mail.Kind, fields), fields);
        }
        catch (HandlebarsException)
        {
            return NoSubject;
        }
    }

    private static MailRow RowOf(Mail mail, string subject) => new()
    {
        Id = mail.PublicId,
        Kind = mail.Kind,
        State = mail.State,
        AccountId = mail.Account.PublicId,
        AccountName = mail.Account.Name,
        Address = mail.Address,
        CreatedAt = mail.CreatedAt,
        Subject = subject,
        Tries = mail.Tries,
        LastTryAt = mail.LastTryAt,
        NextTryAt = mail.State == MailState.Waiting ? mail.NextTryAt : null,
        SentAt = mail.SentAt,
        LastError = mail.LastError,
    };
}
