using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Api;

/// <summary>A problem document (RFC 9457): how the API says no.</summary>
public sealed record ApiProblem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors)
{
    public const string ContentType = "application/problem+json";

    /// <summary>Codes that are not a business refusal, which is 422.</summary>
    private static readonly FrozenDictionary<string, int> StatusOf = new Dictionary<string, int>
    {
        ["approval-required"] = StatusCodes.Status202Accepted,
        ["invalid-request"] = StatusCodes.Status400BadRequest,
        ["idempotency-key-required"] = StatusCodes.Status400BadRequest,
        ["unauthorized"] = StatusCodes.Status401Unauthorized,
        ["session-ended"] = StatusCodes.Status401Unauthorized,
        ["forbidden"] = StatusCodes.Status403Forbidden,
        ["not-found"] = StatusCodes.Status404NotFound,
        ["method-not-allowed"] = StatusCodes.Status405MethodNotAllowed,
        ["idempotency-conflict"] = StatusCodes.Status409Conflict,
        ["changed-meanwhile"] = StatusCodes.Status409Conflict,
        ["external-id-taken"] = StatusCodes.Status409Conflict,
        ["email-taken"] = StatusCodes.Status409Conflict,
        ["code-taken"] = StatusCodes.Status409Conflict,
        ["already-captured"] = StatusCodes.Status409Conflict,
        ["already-voided"] = StatusCodes.Status409Conflict,
        ["rule-method-taken"] = StatusCodes.Status409Conflict,
        ["body-too-large"] = StatusCodes.Status413PayloadTooLarge,
        ["too-many-requests"] = StatusCodes.Status429TooManyRequests,
        ["internal-error"] = StatusCodes.Status500InternalServerError,
    }.ToFrozenDictionary();

    public static ApiProblem Of(Refusal refusal) => new(
        "urn:storecredit:problem:" + refusal.Code,
        char.ToUpperInvariant(refusal.Code[0]) + refusal.Code[1..].Replace('-', ' '),
        StatusOf.GetValueOrDefault(refusal.Code, StatusCodes.Status422UnprocessableEntity),
        refusal.Message,
        refusal.Code,
        refusal.Field is null ? null : new Dictionary<string, IReadOnlyList<string>> { [refusal.Field] = [refusal.Message] });

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = ContentType;
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options), context.RequestAborted).AsTask();
    }
}

/// <summary>A request that the API cannot even pass on to a service.</summary>
public sealed class ApiRequestException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;

    public static ApiRequestException Invalid(string message, string? field = null) => new(new Refusal("invalid-request", message, field));
}
