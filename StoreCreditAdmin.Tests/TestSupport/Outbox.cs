using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Webhooks;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Messages and webhooks as tests lay them out and look at them.</summary>
internal static class Outbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<WebhookView> AddWebhookAsync(this TestDatabase database, string url) =>
        (await database.Get<WebhookService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), new AddWebhookRequest { Url = url })).Value;

    /// <summary>A message by a write of its own.</summary>
    public static async Task SendAsync(this TestDatabase database, string kind = "stock.counted", string? orderNumber = null, long? accountId = null, object? body = null)
    {
        var request = new OperationRequest("test.send", OperationKey.ForForm(), TestDatabase.Robot, Permission.RunJobs);
        await database.Get<CommitGate>().ExecuteAsync<Done>(request, write =>
        {
            write.Send(kind, body ?? new { what = "a test" }, orderNumber, accountId);
            return Task.FromResult<Result<Done>>(Done.Instance);
        });
    }

    /// <summary>Sends what is due, and waits until all of it was tried.</summary>
    public static async Task SendDueAsync(this TestDatabase database, WebhookSender? sender = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        await (sender ?? database.Get<WebhookSender>()).SendDueAsync(limit.Token);
    }

    public static async Task<OutboxMessage[]> ReadMessagesAsync(this TestDatabase database)
    {
        await using var db = database.Open();
        return await db.OutboxMessages.AsNoTracking().Include(message => message.Deliveries).OrderBy(message => message.Id).ToArrayAsync();
    }

    public static async Task<OutboxDelivery> ReadDeliveryAsync(this TestDatabase database) =>
        Assert.Single(Assert.Single(await database.ReadMessagesAsync()).Deliveries);
}
