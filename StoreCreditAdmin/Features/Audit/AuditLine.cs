using System.Text.Json;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Audit;

/// <summary>A line of the audit as people read it.</summary>
public sealed record AuditLine
{
    public required long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ActorKind ActorKind { get; init; }

    public required string ActorName { get; init; }

    public required string Action { get; init; }

    public string? Subject { get; init; }

    public string? SubjectId { get; init; }

    /// <summary>The account that it concerns.</summary>
    public Guid? AccountId { get; init; }

    public string? Reason { get; init; }

    public string? Note { get; init; }

    public string? OldValues { get; init; }

    public string? NewValues { get; init; }

    /// <summary>Null when it was done.</summary>
    public string? RefusalCode { get; init; }

    public Guid? OperationId { get; init; }

    public bool IsRefused => RefusalCode is not null;

    /// <summary>The fields that changed, each with its value before and after, in the order in which they were written.</summary>
    public IReadOnlyList<AuditChange> Changes()
    {
        var (before, after) = (Fields(OldValues), Fields(NewValues));
        return [.. before.Keys.Union(after.Keys).Select(field => new AuditChange(field, before.GetValueOrDefault(field), after.GetValueOrDefault(field)))];
    }

    private static Dictionary<string, string?> Fields(string? json)
    {
        if (json is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => Text(field.Value))
            : new() { [""] = Text(document.RootElement) };
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(field => $"{field.Name}: {Text(field.Value)}")),
        _ => value.GetRawText(),
    };
}

public sealed record AuditChange(string Field, string? Before, string? After);
