namespace StoreCreditAdmin.Domain.Orders;

/// <summary>
/// An event that came before the order that it is about. It takes effect when the order arrives.
/// </summary>
public sealed class DeferredEvent
{
    private DeferredEvent()
    {
    }

    public DeferredEvent(string eventId, string type, string orderNumber, string data, DateTimeOffset occurredAt, DateTimeOffset receivedAt)
    {
        EventId = eventId;
        Type = type;
        OrderNumber = orderNumber;
        Data = data;
        OccurredAt = occurredAt;
        ReceivedAt = receivedAt;
    }

    public long Id { get; private set; }

    public string EventId { get; private set; } = "";

    public string Type { get; private set; } = "";

    public string OrderNumber { get; private set; } = "";

    /// <summary>The event's data as JSON.</summary>
    public string Data { get; private set; } = "";

    public DateTimeOffset OccurredAt { get; private set; }

    public DateTimeOffset ReceivedAt { get; private set; }

    public DateTimeOffset? AppliedAt { get; private set; }

    public void MarkApplied(DateTimeOffset at) => AppliedAt = at;
}
