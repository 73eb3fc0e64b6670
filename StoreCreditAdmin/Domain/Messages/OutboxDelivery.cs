namespace StoreCreditAdmin.Domain.Messages;

public enum DeliveryState
{
    Waiting,
    Delivered,

    /// <summary>Given up after the last try; a person may send it again.</summary>
    Dead,
}

/// <summary>The sending of one message to one webhook.</summary>
public sealed class OutboxDelivery
{
    public const int MaxErrorLength = 500;

    /// <summary>With the delays between them a receiver may be away for a day.</summary>
    public const int MaxTries = 12;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(8);

    private OutboxDelivery()
    {
    }

    internal OutboxDelivery(OutboxMessage message, Webhook webhook, DateTimeOffset nextTryAt)
    {
        Message = message;
        Webhook = webhook;
        WebhookId = webhook.Id;
        NextTryAt = nextTryAt;
    }

    public long Id { get; private set; }

    public long MessageId { get; private set; }

    public OutboxMessage Message { get; private set; } = null!;

    public int WebhookId { get; private set; }

    public Webhook Webhook { get; private set; } = null!;

    public DeliveryState State { get; private set; }

    /// <summary>Since it was first, or last by hand, set to be sent.</summary>
    public int Tries { get; private set; }

    public DateTimeOffset NextTryAt { get; private set; }

    public DateTimeOffset? LastTryAt { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    public string? LastError { get; private set; }

    /// <summary>How long to wait after so many tries that failed, doubling from a minute on; null to give up.</summary>
    public static TimeSpan? DelayAfter(int tries)
    {
        if (tries >= MaxTries)
        {
            return null;
        }

        var delay = FirstDelay * (1 << (tries - 1));
        return delay < LongestDelay ? delay : LongestDelay;
    }

    /// <summary>The receiver took it. Like <see cref="Fail"/> it needs the webhook, and the message with all its deliveries.</summary>
    public void Succeed(DateTimeOffset at)
    {
        Tries++;
        State = DeliveryState.Delivered;
        LastTryAt = at;
        DeliveredAt = at;
        LastError = null;
        Webhook.Tried(null, at);
        Message.Settle();
    }

    public void Fail(string error, DateTimeOffset at)
    {
        Tries++;
        LastTryAt = at;
        LastError = error.Length <= MaxErrorLength ? error : error[..MaxErrorLength];
        Webhook.Tried(LastError, at);
        var delay = DelayAfter(Tries);
        State = delay is null ? DeliveryState.Dead : DeliveryState.Waiting;
        NextTryAt = at + (delay ?? TimeSpan.Zero);
        Message.Settle();
    }

    internal void Retry(DateTimeOffset at)
    {
        State = DeliveryState.Waiting;
        Tries = 0;
        NextTryAt = at;
    }
}
