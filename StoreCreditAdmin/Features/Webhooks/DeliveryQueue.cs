using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Messages;

namespace StoreCreditAdmin.Features.Webhooks;

/// <summary>A message that is due at a webhook now.</summary>
internal sealed record DueDelivery(
    long Id, long Sequence, Guid MessageId, string Kind, string Body, DateTimeOffset CreatedAt, string Url, IReadOnlyList<string> ProtectedSecrets);

/// <summary>What came of a try; no error when the receiver took it.</summary>
internal sealed record Attempt(long DeliveryId, string? Error);

/// <summary>
/// Who sends what next. A webhook is taken by one process at a time, for a short time that each message renews, so messages go out in order and by one process,
/// and one that died leaves its webhooks to the others. Nothing here waits for a receiver.
/// </summary>
internal sealed class DeliveryQueue(IDbContextFactory<StoreCreditDbContext> contexts, WriterLock writerLock, TimeProvider clock, IOptions<WebhookOptions> options)
{
    private const int MessagesHandedOutAtOnce = 100;

    /// <summary>Longer than any receiver may take.</summary>
    private readonly TimeSpan takenFor = options.Value.Timeout + TimeSpan.FromSeconds(20);

    /// <summary>The webhooks to which this process may send something now.</summary>
    public async Task<IReadOnlyList<int>> DueWebhooksAsync(Guid sender, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return await Open(db)
            .Where(webhook => webhook.SendingBy == null || webhook.SendingBy == sender || webhook.SendingUntil <= now)
            .Where(webhook => db.OutboxMessages.Any(message => message.Id > webhook.LastMessageId)
                || db.OutboxDeliveries.Any(delivery => delivery.WebhookId == webhook.Id && delivery.State == DeliveryState.Waiting && delivery.NextTryAt <= now))
            .Select(webhook => webhook.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>When the first message falls due at a webhook that nobody sends to.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var webhooks = await Open(db).AsNoTracking().ToListAsync(cancellationToken);
        DateTimeOffset? first = null;
        foreach (var webhook in webhooks.Where(one => one.SendingBy is null || one.SendingUntil <= now))
        {
            var handedOut = await db.OutboxMessages.Where(message => message.Id > webhook.LastMessageId)
                .OrderBy(message => message.Id).Select(message => (DateTimeOffset?)message.CreatedAt).FirstOrDefaultAsync(cancellationToken);
            var retried = await db.OutboxDeliveries.Where(delivery => delivery.WebhookId == webhook.Id && delivery.State == DeliveryState.Waiting)
                .MinAsync(delivery => (DateTimeOffset?)delivery.NextTryAt, cancellationToken);
            first = new[] { first, handedOut, retried }.Min();
        }

        return first;
    }

    /// <summary>
    /// Notes what came of the last try and gives the next message, in one transaction. Null when nothing more is due, or when another process has the webhook.
    /// </summary>
    public async Task<DueDelivery?> NextAsync(int webhookId, Guid sender, Attempt? last)
    {
        using var held = await writerLock.EnterAsync();
        await using var db = await contexts.CreateDbContextAsync();
        db.HoldsWriterLock = true;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = clock.GetUtcNow();
        await NoteAsync(db, last, now);
        DueDelivery? next = null;
        var webhook = await db.Webhooks.SingleAsync(one => one.Id == webhookId);
        if (webhook.MayBeSentTo(sender, now))
        {
            next = await FirstDueAsync(db, webhook, now);
            if (next is null)
            {
                webhook.LetGo();
            }
            else
            {
                webhook.Take(sender, now + takenFor);
            }
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return next;
    }

    /// <summary>Notes what came of the last try and leaves the webhook to others, as when the process stops.</summary>
    public async Task LeaveAsync(int webhookId, Guid sender, Attempt? last)
    {
        using var held = await writerLock.EnterAsync();
        await using var db = await contexts.CreateDbContextAsync();
        db.HoldsWriterLock = true;
        await NoteAsync(db, last, clock.GetUtcNow());
        var webhook = await db.Webhooks.SingleAsync(one => one.Id == webhookId);
        if (webhook.SendingBy == sender)
        {
            webhook.LetGo();
        }

        await db.SaveChangesAsync();
    }

    private static IQueryable<Webhook> Open(StoreCreditDbContext db) => db.Webhooks.Where(webhook => webhook.Active && webhook.RemovedAt == null);

    private static async Task NoteAsync(StoreCreditDbContext db, Attempt? last, DateTimeOffset now)
    {
        if (last is null)
        {
            return;
        }

        var delivery = await db.OutboxDeliveries.Include(one => one.Webhook).Include(one => one.Message).ThenInclude(message => message.Deliveries)
            .SingleOrDefaultAsync(one => one.Id == last.DeliveryId);
        if (last.Error is null)
        {
            delivery?.Succeed(now);
        }
        else if (delivery?.State == DeliveryState.Waiting)
        {
            delivery.Fail(last.Error, now);
        }

        await db.SaveChangesAsync();
    }

    private static async Task<DueDelivery?> FirstDueAsync(StoreCreditDbContext db, Webhook webhook, DateTimeOffset now)
    {
        do
        {
            var due = await db.OutboxDeliveries
                .Where(delivery => delivery.WebhookId == webhook.Id && delivery.State == DeliveryState.Waiting && delivery.NextTryAt <= now)
                .OrderBy(delivery => delivery.NextTryAt).ThenBy(delivery => delivery.Id)
                .Select(delivery => new { delivery.Id, delivery.Message })
                .AsNoTracking()
                .FirstOrDefaultAsync();
            if (due is not null)
            {
                var message = due.Message;
                return new DueDelivery(due.Id, message.Id, message.PublicId, message.Kind, message.Body, message.CreatedAt, webhook.Url, webhook.SecretsAt(now));
            }
        }
        while (await HandOutAsync(db, webhook));

        return null;
    }

    /// <summary>Makes deliveries of the oldest messages that the webhook has not had yet. The time of a message keeps its place among those tried again.</summary>
    private static async Task<bool> HandOutAsync(StoreCreditDbContext db, Webhook webhook)
    {
        var messages = await db.OutboxMessages.Include(message => message.Deliveries)
            .Where(message => message.Id > webhook.LastMessageId)
            .OrderBy(message => message.Id).Take(MessagesHandedOutAtOnce)
            .ToListAsync();
        if (messages.Count == 0)
        {
            return false;
        }

        foreach (var message in messages.Where(message => message.Kind != OutboxMessage.TestKind))
        {
            message.HandTo(webhook, message.CreatedAt);
        }

        webhook.HandedOut(messages[^1].Id);
        await db.SaveChangesAsync();
        return true;
    }
}
