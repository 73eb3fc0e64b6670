using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Orders;

/// <summary>An event as a shop or a billing system sends it, not yet checked.</summary>
public sealed record EventRequest
{
    public const int MaxIdLength = 200;

    /// <summary>The event's own idempotency key.</summary>
    public string? Id { get; init; }

    public string? Type { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public JsonElement Data { get; init; }
}

/// <summary>An event whose envelope is good. What its data says is for its type to read.</summary>
public sealed record ShopEvent(string Id, string Type, DateTimeOffset OccurredAt, JsonElement Data)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(24);

    /// <summary>The same however the sender spaces its JSON.</summary>
    public OperationKey Key => new($"event:{Id}", SHA256.HashData(Encoding.UTF8.GetBytes($"{Type}\n{JsonSerializer.Serialize(Data)}")));

    /// <exception cref="ApiRequestException">The data is not of this form.</exception>
    public T Read<T>()
        where T : class => ApiJson.Read<T>(JsonSerializer.SerializeToUtf8Bytes(Data));

    public static Refusal? InFuture(DateTimeOffset? at, DateTimeOffset now, string field) =>
        at > now + ClockTolerance ? new Refusal("time-in-future", "This time is more than a day ahead. Check the clock of the system that sent it.", field) : null;

    internal static Result<ShopEvent> Of(EventRequest request, DateTimeOffset now)
    {
        var (id, type) = (Texts.Clean(request.Id), Texts.Clean(request.Type));
        Refusal? refusal = id is null ? new("invalid-request", "Give the event's id.", "id")
            : type is null ? new("invalid-request", "Give the event's type.", "type")
            : request.OccurredAt is null ? new("invalid-request", "Say when it occurred, as 2026-11-22T10:15:00Z.", "occurredAt")
            : request.Data.ValueKind != JsonValueKind.Object ? new("invalid-request", "Send the event's data as an object.", "data")
            : !IsWhole(request.Data) ? new("invalid-request", "The event's data has a text that is broken Unicode. Send whole characters.", "data")
            : Texts.TooLong((id, "id", EventRequest.MaxIdLength), (type, "type", EventRequest.MaxIdLength))
                ?? Texts.NotOneLine(id, "id")
                ?? InFuture(request.OccurredAt, now, "occurredAt");
        return refusal is null ? new ShopEvent(id!, type!, request.OccurredAt!.Value, request.Data) : refusal;
    }

    /// <summary>A text may hold half a surrogate pair as an escape, which is read only when the text is.</summary>
    private static bool IsWhole(JsonElement data)
    {
        try
        {
            _ = JsonSerializer.Serialize(data);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>A type of event and how it takes effect, inside the write that the event is. Features add theirs to the services.</summary>
public sealed record ShopEventType(string Name, Func<WriteScope, ShopEvent, Task<Result<EventAnswer>>> ApplyAsync);

/// <summary>What an event did.</summary>
public sealed record EventAnswer
{
    public const string Processed = "processed";
    public const string Duplicate = "duplicate";
    public const string Ignored = "ignored";

    public required string Id { get; init; }

    /// <summary><c>processed</c>, <c>duplicate</c> or <c>ignored</c>.</summary>
    public required string Outcome { get; init; }

    public required IReadOnlyList<EventEffect> Effects { get; init; }

    public static EventAnswer Of(ShopEvent shopEvent, IReadOnlyList<EventEffect> effects, string outcome = Processed) =>
        new() { Id = shopEvent.Id, Outcome = outcome, Effects = effects };
}

/// <summary>One thing that an event did, or did not do and why.</summary>
public sealed record EventEffect
{
    public required string Kind { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? CreditId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Amount? Amount { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Currency { get; init; }

    /// <summary>The invoice that took the credit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InvoiceNumber { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }

    /// <summary>Why, where it is not plain: a refusal's code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    public static EventEffect Of(string kind, Credit credit, long amountMinor, string? invoiceNumber = null) => new()
    {
        Kind = kind,
        CreditId = credit.PublicId,
        Amount = Domain.Amount.Of(amountMinor, credit.Currency),
        Currency = credit.CurrencyCode,
        InvoiceNumber = invoiceNumber,
    };

    /// <summary>What an authorization that was captured at once took, credit by credit.</summary>
    public static IEnumerable<EventEffect> Of(string kind, Authorization taken) =>
        taken.Lines.OrderBy(line => line.Position).Select(line => Of(kind, line.Credit, line.CapturedMinor, taken.InvoiceNumber));
}
