using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Messages;

/// <summary>Sends messages again by hand.</summary>
public sealed class MessageService(CommitGate gate)
{
    /// <summary>
    /// To those who have not got it; to all when all have; and to the webhooks of now when nobody was there to get it. It goes out under the same id, so that a
    /// receiver who has it knows it.
    /// </summary>
    public Task<Result<Done>> SendAgainAsync(Caller caller, OperationKey key, Guid id) =>
        gate.ExecuteAsync<Done>(new OperationRequest("message.send-again", key, caller, Permission.ManageMessages), async write =>
        {
            var message = await write.Db.OutboxMessages.Include(one => one.Deliveries).ThenInclude(delivery => delivery.Webhook).SingleOrDefaultAsync(one => one.PublicId == id);
            if (message is null)
            {
                return new Refusal("not-found", "There is no such message. Old ones are removed.");
            }

            var subject = message.OrderNumber is null ? message.Kind : $"{message.Kind}, order {message.OrderNumber}";
            write.About(subject, id.ToString(), message.AccountId);
            var before = message.State;
            if (!message.SendAgain(write.Now))
            {
                var webhooks = message.Kind == OutboxMessage.TestKind ? [] : await write.Db.Webhooks.Where(webhook => webhook.Active && webhook.RemovedAt == null).ToListAsync();
                if (webhooks.Count == 0)
                {
                    return new Refusal("no-receiver", "Nobody is there to get it: no webhook is switched on.");
                }

                foreach (var webhook in webhooks)
                {
                    message.HandTo(webhook, write.Now);
                }
            }

            write.Audit(subject, id.ToString(), message.AccountId, oldValues: new { state = before.ToString() }, newValues: new { state = message.State.ToString() });
            return Done.Instance;
        });
}
