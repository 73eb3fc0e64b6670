using System.Threading.RateLimiting;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>Whom the mail went to, and where.</summary>
public sealed record TestMailSent(string Address, string Where);

/// <summary>Sends a text that is being written to the person who writes it, the way that customers' mails go.</summary>
/// <param name="transport">One of its own, since the sender's does one mail at a time.</param>
public sealed class MailTestService(
    CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, MailRenderer renderer, MailPreviews previews, MailTransport transport) : IDisposable
{
    public const int PerMinute = 5;

    private static readonly Refusal TooMany = new("too-many", $"You have sent {PerMinute} test e-mails within a minute. Wait a little.");

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(person => RateLimitPartition.GetFixedWindowLimiter(
        person, _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <param name="accountId">With whose data, as <see cref="MailPreviews.CustomerAsync(Caller, MailKind, Guid?, CancellationToken)"/>.</param>
    public async Task<Result<TestMailSent>> SendAsync(Caller caller, OperationKey key, MailKind kind, MailText text, Guid? accountId)
    {
        var noted = await gate.ExecuteAsync<TestMailSent>(new OperationRequest("mail-text.test", key, caller, Permission.ManageMessages), async write =>
        {
            var subject = $"{MailNames.Of(kind)} in {Language.NameOf(text.Language)}";
            write.About(subject, $"{MailNames.Of(kind)}:{text.Language}");
            var address = caller.Actor.Kind == ActorKind.Staff ? await write.Db.Users.Where(user => user.Id == caller.Actor.Id).Select(user => user.Email).SingleOrDefaultAsync() : null;
            var refusal = renderer.Problem(kind, text)
                ?? (string.IsNullOrEmpty(address) ? new Refusal("no-address", "You have no e-mail address here, so nothing can be sent to you.") : null)
                ?? (Admits(caller) ? null : TooMany);
            if (refusal is not null)
            {
                return refusal;
            }

            write.Audit(subject, $"{MailNames.Of(kind)}:{text.Language}", newValues: new { to = address });
            return new TestMailSent(address!, transport.Where);
        });
        return noted is { IsOk: true, Replayed: false } ? await HandOverAsync(caller, kind, text, accountId, noted.Value) : noted;
    }

    public void Dispose()
    {
        one.Dispose();
        limiter.Dispose();
        transport.Dispose();
    }

    private async Task<Result<TestMailSent>> HandOverAsync(Caller caller, MailKind kind, MailText text, Guid? accountId, TestMailSent to)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var customer = await previews.CustomerAsync(db, kind, accountId, default);
        var mail = renderer.RenderOnce(text, customer.Fields);
        await one.WaitAsync();
        try
        {
            await transport.SendAsync(Guid.NewGuid(), to.Address, caller.Actor.Name, customer.Fields.Store.Name, mail with { Subject = "[Test] " + mail.Subject }, null, CancellationToken.None);
            return to;
        }
        catch (MailRefusedException exception)
        {
            return new Refusal("mail-refused", $"It could not be sent ({to.Where}): {exception.Message}");
        }
        finally
        {
            one.Release();
        }
    }

    private bool Admits(Caller caller)
    {
        using var lease = limiter.AttemptAcquire(caller.Actor.Id);
        return lease.IsAcquired;
    }
}
