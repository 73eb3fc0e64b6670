using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Features.Webhooks;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Messages;

/// <summary>Reads the messages to others, newest first.</summary>
public sealed class MessageQueries(IDbContextFactory<StoreCreditDbContext> contexts)
{
    /// <summary>Goes from one kind to the next in the index, so it costs as much as there are kinds, not messages.</summary>
    private const string EachKind =
        """
        WITH RECURSIVE "Found"("Value") AS (
            SELECT MIN("Kind") FROM "OutboxMessages"
            UNION ALL
            SELECT (SELECT MIN("Kind") FROM "OutboxMessages" WHERE "Kind" > "Value") FROM "Found" WHERE "Value" IS NOT NULL)
        SELECT "Value" FROM "Found" WHERE "Value" IS NOT NULL
        """;

    private const int MessagesAtOnce = 500;

    public async Task<Page<MessageView>> ListAsync(Caller caller, MessageFilter filter, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        var handedOut = await HandedOutAsync(db, cancellationToken);
        var matching = await MatchingAsync(db, filter, handedOut, cancellationToken);
        var total = await matching.CountAsync(cancellationToken);
        return new Page<MessageView>(await ViewsAsync(db, matching.OrderByDescending(message => message.Id).Skip(page.Skip).Take(page.Rows), handedOut, cancellationToken), total);
    }

    /// <summary>All messages of a filter, one after the other, for files: read in parts, each with the ways of its messages.</summary>
    public async IAsyncEnumerable<MessageView> ReadAllAsync(Caller caller, MessageFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        var handedOut = await HandedOutAsync(db, cancellationToken);
        var matching = await MatchingAsync(db, filter, handedOut, cancellationToken);
        var before = long.MaxValue;
        while (true)
        {
            var ids = await matching.Where(message => message.Id < before).OrderByDescending(message => message.Id).Take(MessagesAtOnce).Select(message => message.Id).ToListAsync(cancellationToken);
            foreach (var view in await ViewsAsync(db, db.OutboxMessages.Where(message => ids.Contains(message.Id)).OrderByDescending(message => message.Id), handedOut, cancellationToken))
            {
                yield return view;
            }

            if (ids.Count < MessagesAtOnce)
            {
                yield break;
            }

            before = ids[^1];
        }
    }

    private static async Task<List<MessageView>> ViewsAsync(StoreCreditDbContext db, IQueryable<OutboxMessage> messages, long handedOut, CancellationToken cancellationToken)
    {
        var rows = await messages.AsNoTracking()
            .Select(message => new
            {
                Message = message,
                Account = db.Accounts.Where(account => account.Id == message.AccountId).Select(account => (Guid?)account.PublicId).FirstOrDefault(),
                AccountName = db.Accounts.Where(account => account.Id == message.AccountId).Select(account => account.Name).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.Message.Id).ToList();
        var deliveries = ids.Count == 0 ? [] : await db.OutboxDeliveries.AsNoTracking().Include(delivery => delivery.Webhook)
            .Where(delivery => ids.Contains(delivery.MessageId)).OrderBy(delivery => delivery.Id)
            .ToListAsync(cancellationToken);
        var deliveriesOf = deliveries.ToLookup(delivery => delivery.MessageId);
        return
        [
            .. rows.Select(row => new MessageView
                {
                    Id = row.Message.PublicId,
                    Kind = row.Message.Kind,
                    CreatedAt = row.Message.CreatedAt,
                    State = row.Message.State == MessageState.Unsent && row.Message.Id > handedOut ? MessageState.Waiting : row.Message.State,
                    OrderNumber = row.Message.OrderNumber,
                    AccountId = row.Account,
                    AccountName = row.AccountName,
                    Body = row.Message.Body,
                    Deliveries = [.. deliveriesOf[row.Message.Id].Select(ViewOf)],
            }),
        ];
    }

    /// <summary>How many messages were given up and wait for a person.</summary>
    public async Task<int> CountDeadAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        return await db.OutboxMessages.CountAsync(message => message.State == MessageState.Dead, cancellationToken);
    }

    /// <summary>The kinds of the messages that there are, by name.</summary>
    public async Task<IReadOnlyList<string>> KindsAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageMessages, cancellationToken);
        return await db.Database.SqlQueryRaw<string>(EachKind).ToListAsync(cancellationToken);
    }

    private static async Task<IQueryable<OutboxMessage>> MatchingAsync(
        StoreCreditDbContext db, MessageFilter filter, long handedOut, CancellationToken cancellationToken)
    {
        IQueryable<OutboxMessage> messages = db.OutboxMessages;
        if (filter.State is { } state)
        {
            messages = state switch
            {
                MessageState.Unsent => messages.Where(message => message.State == MessageState.Unsent && message.Id <= handedOut),
                MessageState.Waiting => messages.Where(message => message.State == MessageState.Waiting || (message.State == MessageState.Unsent && message.Id > handedOut)),
                _ => messages.Where(message => message.State == state),
            };
        }

        if (filter.Kind is { } kind)
        {
            messages = messages.Where(message => message.Kind == kind);
        }

        if (Texts.Clean(filter.About) is { } about)
        {
            var accountId = await db.Accounts.WithReference(about).Select(account => (long?)account.Id).SingleOrDefaultAsync(cancellationToken);
            messages = accountId is null ? messages.Where(message => message.OrderNumber == about) : messages.Where(message => message.AccountId == accountId);
        }

        return messages;
    }

    /// <summary>Messages after this one are about to be handed to a webhook that has not had them.</summary>
    private static async Task<long> HandedOutAsync(StoreCreditDbContext db, CancellationToken cancellationToken) =>
        await db.Webhooks.Where(webhook => webhook.RemovedAt == null).MinAsync(webhook => (long?)webhook.LastMessageId, cancellationToken) ?? long.MaxValue;

    private static DeliveryView ViewOf(OutboxDelivery delivery) => new(
        WebhookAddress.Shown(delivery.Webhook.Url),
        delivery.State,
        delivery.Tries,
        delivery.LastTryAt,
        delivery.State == DeliveryState.Waiting && delivery.Webhook.Active ? delivery.NextTryAt : null,
        delivery.LastError);
}
