using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Webhooks;

/// <summary>Adds, changes, tries and removes webhooks.</summary>
public sealed class WebhookService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, WebhookSecrets secrets, IOptions<WebhookOptions> options)
{
    public const int MaxWebhooks = 20;

    /// <summary>How long the secret before signs beside a new one, so that receivers can change theirs at leisure.</summary>
    public static readonly TimeSpan OldSecretSigns = TimeSpan.FromDays(1);

    private const string ListName = "webhooks";

    private static readonly Refusal NotFound = new("not-found", "There is no such webhook.");

    /// <summary>A webhook gets what happens from now on. A repeat of the request gets the secret again.</summary>
    public async Task<Result<WebhookView>> AddAsync(Caller caller, OperationKey key, AddWebhookRequest request)
    {
        var added = await gate.ExecuteAsync<WebhookView>(new OperationRequest("webhook.add", key, caller, Permission.ManageWebhooks), async write =>
        {
            var url = WebhookAddress.Check(request.Url, options.Value.AllowPrivateAddresses);
            if (!url.IsOk)
            {
                return url.Refusal;
            }

            if (await TakenAsync(write.Db, url.Value, null) is { } taken)
            {
                return taken;
            }

            if (await write.Db.Webhooks.CountAsync(one => one.RemovedAt == null) >= MaxWebhooks)
            {
                return new Refusal("too-many-webhooks", string.Create(CultureInfo.InvariantCulture, $"There are {MaxWebhooks} webhooks, which is the most. Remove one first."));
            }

            var newest = await write.Db.OutboxMessages.MaxAsync(message => (long?)message.Id) ?? 0;
            var webhook = new Webhook(write.NewId(), url.Value, secrets.Protect(WebhookSecrets.New()), newest, caller.Actor.Name, write.Now);
            write.Db.Webhooks.Add(webhook);
            write.Audit(webhook.Url, webhook.PublicId.ToString(), newValues: new { webhook.Url, webhook.Active });
            return WebhookView.Of(webhook);
        });
        return added.IsOk ? await WithSecretAsync(added) : added;
    }

    public async Task<Result<WebhookView>> ChangeAsync(Caller caller, OperationKey key, Guid id, ChangeWebhookRequest request)
    {
        var changed = await gate.ExecuteAsync<WebhookView>(new OperationRequest("webhook.change", key, caller, Permission.ManageWebhooks), async write =>
        {
            var webhook = await FindAsync(write.Db, id);
            if (webhook is null)
            {
                return NotFound;
            }

            write.About(webhook.Url, id.ToString());
            var changes = new FieldChanges();
            if (request.Url is not null)
            {
                var url = WebhookAddress.Check(request.Url, options.Value.AllowPrivateAddresses);
                if (!url.IsOk)
                {
                    return url.Refusal;
                }

                if (await TakenAsync(write.Db, url.Value, id) is { } taken)
                {
                    return taken;
                }

                changes.Note("url", webhook.Url, url.Value);
                webhook.Url = url.Value;
            }

            if (request.Active is { } active)
            {
                changes.Note("active", webhook.Active, active);
                webhook.Active = active;
            }

            if (request.RotateSecret)
            {
                webhook.ChangeSecret(secrets.Protect(WebhookSecrets.New()), write.Now + OldSecretSigns);
                changes.Note("secret", "the one before", "a new one");
            }

            if (changes.Any)
            {
                write.Audit(webhook.Url, id.ToString(), oldValues: changes.Before, newValues: changes.After);
            }

            return WebhookView.Of(webhook);
        });
        return changed.IsOk && request.RotateSecret ? await WithSecretAsync(changed) : changed;
    }

    /// <summary>It gets nothing more, and what it has not got yet is dropped. What it got stays in the list of messages.</summary>
    public Task<Result<Done>> RemoveAsync(Caller caller, OperationKey key, Guid id) =>
        gate.ExecuteAsync<Done>(new OperationRequest("webhook.remove", key, caller, Permission.ManageWebhooks), async write =>
        {
            var webhook = await FindAsync(write.Db, id);
            if (webhook is null)
            {
                return NotFound;
            }

            webhook.Remove(write.Now);
            await write.Db.OutboxDeliveries.Where(delivery => delivery.WebhookId == webhook.Id && delivery.State != DeliveryState.Delivered).ExecuteDeleteAsync();
            await write.Db.OutboxMessages
                .Where(message => message.State == MessageState.Waiting || message.State == MessageState.Dead)
                .ExecuteUpdateAsync(change => change.SetProperty(
                    message => message.State,
                    message => message.Deliveries.Any(delivery => delivery.State == DeliveryState.Dead) ? MessageState.Dead
                        : message.Deliveries.Any(delivery => delivery.State == DeliveryState.Waiting) ? MessageState.Waiting
                        : message.Deliveries.Any() ? MessageState.Delivered
                        : MessageState.Unsent));
            write.Audit(webhook.Url, id.ToString(), oldValues: new { webhook.Url });
            return Done.Instance;
        });

    /// <summary>Sends a message to this webhook alone that says nothing but that it is a try.</summary>
    public Task<Result<Done>> SendTestAsync(Caller caller, OperationKey key, Guid id) =>
        gate.ExecuteAsync<Done>(new OperationRequest("webhook.test", key, caller, Permission.ManageWebhooks), async write =>
        {
            var webhook = await FindAsync(write.Db, id);
            if (webhook is null)
            {
                return NotFound;
            }

            write.About(webhook.Url, id.ToString());
            if (!webhook.Active)
            {
                return new Refusal("webhook-off", "This webhook is switched off. Switch it on to try it.");
            }

            var message = write.Send(OutboxMessage.TestKind, new { webhookId = webhook.PublicId, sentBy = caller.Actor.Name });
            message.HandTo(webhook, write.Now);
            write.Audit(webhook.Url, id.ToString());
            return Done.Instance;
        });

    /// <summary>Oldest first.</summary>
    public async Task<KeysetPage<WebhookView>> ListAsync(Caller caller, KeysetRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageWebhooks, cancellationToken);
        var after = page.After?.Number(ListName) ?? 0;
        var webhooks = await db.Webhooks.AsNoTracking().Where(one => one.RemovedAt == null && one.Id > after)
            .OrderBy(one => one.Id).Take(page.Limit + 1)
            .ToListAsync(cancellationToken);
        return KeysetPage<WebhookView>.Of(webhooks, page.Limit, WebhookView.Of, one => Cursor.After(ListName, one.Id));
    }

    /// <summary>All of them, each with how its messages stand.</summary>
    public async Task<IReadOnlyList<WebhookLine>> OverviewAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageWebhooks, cancellationToken);
        var lines = await db.Webhooks.AsNoTracking().Where(one => one.RemovedAt == null).OrderBy(one => one.Id)
            .Select(webhook => new
            {
                Webhook = webhook,
                Waiting = db.OutboxDeliveries.Count(delivery => delivery.WebhookId == webhook.Id && delivery.State == DeliveryState.Waiting)
                    + db.OutboxMessages.Count(message => message.Id > webhook.LastMessageId && message.Kind != OutboxMessage.TestKind),
                Dead = db.OutboxDeliveries.Count(delivery => delivery.WebhookId == webhook.Id && delivery.State == DeliveryState.Dead),
            })
            .ToListAsync(cancellationToken);
        return [.. lines.Select(line => new WebhookLine(WebhookView.Of(line.Webhook), line.Waiting, line.Dead, line.Webhook.LastDeliveredAt, line.Webhook.LastError))];
    }

    private static Task<Webhook?> FindAsync(StoreCreditDbContext db, Guid id) => db.Webhooks.SingleOrDefaultAsync(one => one.PublicId == id && one.RemovedAt == null);

    private static async Task<Refusal?> TakenAsync(StoreCreditDbContext db, string url, Guid? except) =>
        await db.Webhooks.AnyAsync(one => one.RemovedAt == null && one.Url == url && one.PublicId != except)
            ? new Refusal("webhook-address-taken", "There is a webhook with this address already.", "url")
            : null;

    /// <summary>The secret is kept in no remembered answer; it is read from the webhook, where only this application can.</summary>
    private async Task<Result<WebhookView>> WithSecretAsync(Result<WebhookView> made)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var kept = await db.Webhooks.Where(one => one.PublicId == made.Value.Id).Select(one => one.ProtectedSecret).SingleAsync();
        var answer = Result<WebhookView>.Of(made.Value with { Secret = secrets.Read(kept) });
        return made.Replayed ? answer.AsReplay() : answer;
    }
}
