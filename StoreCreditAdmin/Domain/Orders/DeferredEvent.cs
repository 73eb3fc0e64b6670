namespace StoreCreditAdmin.Domain.Orders;

/// <summary>
/// An event that came before the order or invoice that it is about. It takes effect when that arrives.
/// </summary>
public sealed class DeferredEvent
{
    private DeferredEvent()
    {
    }

    public DeferredEvent(string eventId, string type, string number, string data, DateTimeOffset occurredAt, DateTimeOffset receivedAt)
    {
        EventId = eventId;
        Type = type;
        Number = number;
        Data = data;
        OccurredAt = occurredAt;
        ReceivedAt = receivedAt;
    }

    public long Id { get; private set; }

    public string EventId { get; private set; } = "";

    public string Type { get; private set; } = "";

    /// <summary>Of the order or, as its type says, of the invoice.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The event's data as JSON.</summary>
    public string Data { get; private set; } = "";

    public DateTimeOffset OccurredAt { get; private set; }

    public DateTimeOffset ReceivedAt { get; private set; }

    public DateTimeOffset? AppliedAt { get; private set; }

    public void MarkApplied(DateTimeOffset at) => AppliedAt = at;
}
