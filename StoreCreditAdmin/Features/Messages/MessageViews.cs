using StoreCreditAdmin.Domain.Messages;

namespace StoreCreditAdmin.Features.Messages;

/// <summary>Which messages a list shows.</summary>
public sealed record MessageFilter
{
    public MessageState? State { get; init; }

    public string? Kind { get; init; }

    /// <summary>An order's number, or an account's id or <c>ext:</c> and its external id.</summary>
    public string? About { get; init; }
}

/// <summary>A message to others, whatever way it goes.</summary>
public sealed record MessageView
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary><see cref="MessageState.Waiting"/> also for one that is about to be handed out.</summary>
    public required MessageState State { get; init; }

    public required string? OrderNumber { get; init; }

    public required Guid? AccountId { get; init; }

    public required string? AccountName { get; init; }

    /// <summary>JSON.</summary>
    public required string Body { get; init; }

    public required IReadOnlyList<DeliveryView> Deliveries { get; init; }
}

/// <summary>The way of a message to one receiver.</summary>
/// <param name="To">The receiver as people tell it from others.</param>
/// <param name="Tries">Those since it was last set to be sent.</param>
/// <param name="NextTryAt">Null when there is none to come.</param>
public sealed record DeliveryView(string To, DeliveryState State, int Tries, DateTimeOffset? LastTryAt, DateTimeOffset? NextTryAt, string? LastError);
