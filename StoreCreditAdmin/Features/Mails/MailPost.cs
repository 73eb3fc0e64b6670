using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Mails;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>A mail that is to go out now.</summary>
internal sealed record DueMail(long Id, Guid PublicId, MailKind Kind, long AccountId, string Address, string Name, string Fields);

/// <summary>What came of handing a mail over; no error where it was taken.</summary>
internal sealed record MailAttempt(long Id, string? Subject, string? Error = null, bool ForGood = false);

/// <summary>
/// Which mail goes out next. A mail is taken before it is handed over and let go after, so that no two processes send it and none is sent twice by one that died
/// meanwhile. Nothing here waits for a mail server.
/// </summary>
internal sealed class MailPost(IDbContextFactory<StoreCreditDbContext> contexts, WriterLock writerLock, TimeProvider clock, MailTransport transport)
{
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Mails.Where(mail => mail.State == MailState.Waiting || mail.State == MailState.Sending).MinAsync(mail => (DateTimeOffset?)mail.NextTryAt, cancellationToken);
    }

    /// <summary>Whether anything may be due, without waiting for writers.</summary>
    public async Task<bool> IsDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return await db.Mails.AnyAsync(mail => (mail.State == MailState.Waiting || mail.State == MailState.Sending) && mail.NextTryAt <= now, cancellationToken);
    }

    /// <summary>Notes what came of the last mail and gives the next, in one transaction; null when none is due.</summary>
    /// <param name="takesNext">False to note only, as when the process stops.</param>
    public async Task<DueMail?> NextAsync(MailAttempt? last, bool takesNext = true)
    {
        using var held = await writerLock.EnterAsync();
        await using var db = await contexts.CreateDbContextAsync();
        db.HoldsWriterLock = true;
        var now = clock.GetUtcNow();
        if (last is not null && await db.Mails.SingleOrDefaultAsync(mail => mail.Id == last.Id && mail.State == MailState.Sending) is { } tried)
        {
            if (last.Error is null)
            {
                tried.Succeed(last.Subject!, now);
            }
            else
            {
                tried.Fail(last.Subject, last.Error, last.ForGood, now);
            }
        }

        foreach (var left in await db.Mails.Where(mail => mail.State == MailState.Sending && mail.NextTryAt <= now && (last == null || mail.Id != last.Id)).ToListAsync())
        {
            left.LeftBehind(transport.IsRepeatable, now);
        }

        await db.SaveChangesAsync();
        var next = !takesNext ? null : await FirstAsync(db, canWait: false, now) ?? await FirstAsync(db, canWait: true, now);
        next?.Begin(now + (transport.Timeout * 2));
        await db.SaveChangesAsync();
        return next is null ? null : new DueMail(next.Id, next.PublicId, next.Kind, next.AccountId, next.Address, next.Name, next.Fields);
    }

    /// <summary>Two questions, each of which the index answers with one row however many wait.</summary>
    private static Task<Mail?> FirstAsync(StoreCreditDbContext db, bool canWait, DateTimeOffset now) =>
        db.Mails.Where(mail => mail.State == MailState.Waiting && mail.CanWait == canWait && mail.NextTryAt <= now).OrderBy(mail => mail.NextTryAt).ThenBy(mail => mail.Id).FirstOrDefaultAsync();
}
