using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>
/// The idempotency key of a write and the hash of what was asked for. The same key with another request is refused.
/// </summary>
public sealed record OperationKey(string Key, byte[] RequestHash)
{
    /// <summary>A key for a form: made when it opens, and anew after each refusal, so that a double click finds the first answer.</summary>
    public static OperationKey ForForm() => new($"form:{Guid.NewGuid()}", []);

    /// <summary>A key that says what a job does, so that a second run finds that it is done.</summary>
    public static OperationKey ForJob(string key) => new($"job:{key}", []);

    /// <param name="apiKeyId">Keys of one caller never meet those of another.</param>
    public static OperationKey ForApi(string apiKeyId, string idempotencyKey, string method, string path, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{method}\n{path}\n"));
        hash.AppendData(body);
        return new($"api:{apiKeyId}:{idempotencyKey}", hash.GetHashAndReset());
    }
}

/// <summary>What a write is: its kind (noun and verb, as the audit names it), its key, who asks, and the permission that it needs.</summary>
public sealed record OperationRequest(string Kind, OperationKey Key, Caller Caller, Permission Permission);

/// <summary>How answers are kept and sent. One set of options, so that a remembered answer is the first one byte for byte.</summary>
public static class WireJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Default,
            AllowDuplicateProperties = false,
        };
        options.Converters.Add(new UtcInstantConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
