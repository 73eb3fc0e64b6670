using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Features.Messages;

/// <summary>
/// Removes messages that have had their time. What is yet to be sent to a webhook that is switched on stays, and so does what names an order, since it is part of
/// the order's story. The ledger is not touched.
/// </summary>
internal sealed partial class MessageRetention(
    IDbContextFactory<StoreCreditDbContext> contexts, WriterLock writerLock, TimeProvider clock, IOptions<MessageOptions> options, ILogger<MessageRetention> logger) : IDueJob
{
    /// <summary>So many at a time keep the writer's lock only shortly.</summary>
    private const int RemovedAtOnce = 500;

    public string Name => "old-messages";

    public string Title => "Remove old messages";

    public string Purpose =>
        "Removes messages to others that have had their time. What is yet to be sent stays, and so does what names an order.";

    public string Schedule => "01:00:00";

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset? first = null;
        foreach (var (state, days) in Kept())
        {
            var oldest = await (await PassingAsync(db, state, cancellationToken)).MinAsync(message => (DateTimeOffset?)message.CreatedAt, cancellationToken);
            first = new[] { first, oldest?.AddDays(days) }.Min();
        }

        return first;
    }

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var (state, days) in Kept())
        {
            int atOnce;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                atOnce = await RemoveAsync(state, clock.GetUtcNow().AddDays(-days));
                removed += atOnce;
            }
            while (atOnce == RemovedAtOnce);
        }

        if (removed > 0)
        {
            LogRemoved(removed);
        }

        return JobReport.Of(removed, "1 message was removed.", "{0} messages were removed.");
    }

    private (MessageState State, int Days)[] Kept() =>
    [
        (MessageState.Unsent, options.Value.KeepDays),
        (MessageState.Delivered, options.Value.KeepDays),
        (MessageState.Dead, options.Value.KeepDeadDays),
    ];

    private static async Task<IQueryable<OutboxMessage>> PassingAsync(StoreCreditDbContext db, MessageState state, CancellationToken cancellationToken)
    {
        var handedOut = await db.Webhooks.Where(webhook => webhook.Active && webhook.RemovedAt == null)
            .MinAsync(webhook => (long?)webhook.LastMessageId, cancellationToken) ?? long.MaxValue;
        return db.OutboxMessages.Where(message => message.OrderNumber == null && message.State == state && message.Id <= handedOut);
    }

    private async Task<int> RemoveAsync(MessageState state, DateTimeOffset before)
    {
        using var held = await writerLock.EnterAsync();
        await using var db = await contexts.CreateDbContextAsync();
        db.HoldsWriterLock = true;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var old = await (await PassingAsync(db, state, CancellationToken.None))
            .Where(message => message.CreatedAt <= before)
            .OrderBy(message => message.CreatedAt).Take(RemovedAtOnce)
            .Select(message => message.Id)
            .ToListAsync();
        await db.OutboxDeliveries.Where(delivery => old.Contains(delivery.MessageId)).ExecuteDeleteAsync();
        var removed = await db.OutboxMessages.Where(message => old.Contains(message.Id)).ExecuteDeleteAsync();
        await transaction.CommitAsync();
        return removed;
    }

    [LoggerMessage(LogLevel.Information, "Removed {Count} messages that have had their time")]
    private partial void LogRemoved(int count);
}
