namespace StoreCreditAdmin.Domain.Messages;

public enum DeliveryState
{
    Waiting,
    Delivered,

    /// <summary>Given up after the last try; a person may send it again.</summary>
    Dead,
}

/// <summary>Something that others must act on or know, written in the transaction of what caused it and sent from there.</summary>
public sealed class OutboxMessage
{
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

    public long Id { get; private set; }

    public Guid PublicId { get; private set; }

    /// <summary>Noun and past participle: <c>card-refund.requested</c>, <c>balance.changed</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>JSON.</summary>
    public string Body { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public string? OrderNumber { get; init; }

    public long? AccountId { get; init; }

    public List<OutboxDelivery> Deliveries { get; } = [];
}

/// <summary>The sending of one message to one webhook.</summary>
public sealed class OutboxDelivery
{
    public const int MaxErrorLength = 500;

    private OutboxDelivery()
    {
    }

    public OutboxDelivery(OutboxMessage message, Webhook webhook, DateTimeOffset nextTryAt)
    {
        Message = message;
        Webhook = webhook;
        NextTryAt = nextTryAt;
    }

    public long Id { get; private set; }

    public long MessageId { get; private set; }

    public OutboxMessage Message { get; private set; } = null!;

    public int WebhookId { get; private set; }

    public Webhook Webhook { get; private set; } = null!;

    public DeliveryState State { get; private set; }

    public int Tries { get; private set; }

    public DateTimeOffset NextTryAt { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    public string? LastError { get; private set; }

    public void Succeed(DateTimeOffset at)
    {
        Tries++;
        State = DeliveryState.Delivered;
        DeliveredAt = at;
        LastError = null;
    }

    /// <param name="nextTryAt">Null to give up.</param>
    public void Fail(string error, DateTimeOffset? nextTryAt)
    {
        Tries++;
        LastError = error.Length <= MaxErrorLength ? error : error[..MaxErrorLength];
        State = nextTryAt is null ? DeliveryState.Dead : DeliveryState.Waiting;
        NextTryAt = nextTryAt ?? NextTryAt;
    }

    public void Retry(DateTimeOffset at)
    {
        State = DeliveryState.Waiting;
        NextTryAt = at;
    }
}

/// <summary>Where messages go: an address that gets them by signed POST.</summary>
public sealed class Webhook
{
    public const int MaxUrlLength = 500;

    private Webhook()
    {
    }

    public Webhook(Guid publicId, string url, string protectedSecret, string createdBy, DateTimeOffset createdAt)
    {
        PublicId = publicId;
        Url = url;
        ProtectedSecret = protectedSecret;
        CreatedBy = createdBy;
        CreatedAt = createdAt;
    }

    public int Id { get; private set; }

    public Guid PublicId { get; private set; }

    public string Url { get; set; } = "";

    /// <summary>The signing secret, encrypted with the application's data-protection keys.</summary>
    public string ProtectedSecret { get; private set; } = "";

    public bool Active { get; set; } = true;

    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }
}
