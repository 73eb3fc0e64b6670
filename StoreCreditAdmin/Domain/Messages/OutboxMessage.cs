namespace StoreCreditAdmin.Domain.Messages;

/// <summary>How a message stands over all its receivers: the worst of them counts.</summary>
public enum MessageState
{
    /// <summary>Nobody gets it yet: there was no receiver, or it is about to be handed out.</summary>
    Unsent,
    Waiting,
    Delivered,
    Dead,
}

/// <summary>Something that others must act on or know, written in the transaction of what caused it and sent from there.</summary>
public sealed class OutboxMessage
{
    /// <summary>The kind of a message that an administrator sends to one webhook to try it.</summary>
    public const string TestKind = "webhook.test";

    private OutboxMessage()
    {
    }

    public OutboxMessage(Guid publicId, string kind, string body, DateTimeOffset createdAt)
    {
        PublicId = publicId;
        Kind = kind;
        Body = body;
        CreatedAt = createdAt;
    }

    /// <summary>Rises in the order of commits.</summary>
    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    /// <summary>Noun and past participle: <c>card-refund.requested</c>, <c>balance.changed</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>JSON.</summary>
    public string Body { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public string? OrderNumber { get; init; }

    public long? AccountId { get; init; }

    public MessageState State { get; private set; }

    public List<OutboxDelivery> Deliveries { get; } = [];

    /// <summary>Gives it to a receiver, once; needs <see cref="Deliveries"/>.</summary>
    public void HandTo(Webhook webhook, DateTimeOffset at)
    {
        if (Deliveries.All(delivery => delivery.WebhookId != webhook.Id))
        {
            Deliveries.Add(new OutboxDelivery(this, webhook, at));
            Settle();
        }
    }

    /// <summary>
    /// Sends it again: to those who have not got it, or to all where all have. Each gets the whole number of tries anew. Needs the deliveries' webhooks.
    /// </summary>
    /// <returns>False where nobody is left who could get it.</returns>
    public bool SendAgain(DateTimeOffset at)
    {
        var there = Deliveries.Where(delivery => delivery.Webhook.RemovedAt is null).ToList();
        var missing = there.Where(delivery => delivery.State != DeliveryState.Delivered).ToList();
        foreach (var delivery in missing.Count > 0 ? missing : there)
        {
            delivery.Retry(at);
        }

        Settle();
        return there.Count > 0;
    }

    internal void Settle() => State =
        Deliveries.Count == 0 ? MessageState.Unsent
        : Deliveries.Any(delivery => delivery.State == DeliveryState.Dead) ? MessageState.Dead
        : Deliveries.Any(delivery => delivery.State == DeliveryState.Waiting) ? MessageState.Waiting
        : MessageState.Delivered;
}
