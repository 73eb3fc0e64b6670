using System.Text.Json.Serialization;
using StoreCreditAdmin.Domain.Messages;

namespace StoreCreditAdmin.Features.Webhooks;

public sealed record AddWebhookRequest
{
    public string? Url { get; init; }
}

/// <summary>What is absent stays as it is.</summary>
public sealed record ChangeWebhookRequest
{
    public string? Url { get; init; }

    public bool? Active { get; init; }

    /// <summary>True for a new secret; the one before signs beside it for a day.</summary>
    public bool RotateSecret { get; init; }
}

/// <summary>A webhook as pages and the HTTP API show it.</summary>
public sealed record WebhookView
{
    public required Guid Id { get; init; }

    public required string Url { get; init; }

    public required bool Active { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>There in the answer that made it, and nowhere else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    internal static WebhookView Of(Webhook webhook) => new()
    {
        Id = webhook.PublicId,
        Url = webhook.Url,
        Active = webhook.Active,
        CreatedBy = webhook.CreatedBy,
        CreatedAt = webhook.CreatedAt,
    };
}

/// <summary>A webhook and how its messages stand.</summary>
public sealed record WebhookLine(WebhookView Webhook, int Waiting, int Dead, DateTimeOffset? LastDeliveredAt, string? LastError);
