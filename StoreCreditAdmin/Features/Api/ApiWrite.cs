using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Api;

/// <summary>
/// A writing request without a body: who calls and the operation that its <c>Idempotency-Key</c> names. Routes take it as a parameter.
/// </summary>
public class ApiWrite : IEndpointParameterMetadataProvider
{
    public const string KeyHeader = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    private const int MaxKeyLength = 200;
    private const long MaxBodyBytes = 1024 * 1024;

    private protected ApiWrite(Caller caller, OperationKey key)
    {
        Caller = caller;
        Key = key;
    }

    public Caller Caller { get; }

    public OperationKey Key { get; }

    public static async ValueTask<ApiWrite> BindAsync(HttpContext context)
    {
        var (caller, key, _) = await ReadAsync(context);
        return new ApiWrite(caller, key);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new WriteMetadata(null));

    /// <summary>The service's answer as the route's: the given status, or the refusal's problem document.</summary>
    public async Task<IResult> AnswerAsync<T>(Task<Result<T>> result, int status = StatusCodes.Status200OK) => new ApiAnswer<T>(await result, status);

    private protected static async Task<(Caller Caller, OperationKey Key, ReadOnlyMemory<byte> Body)> ReadAsync(HttpContext context)
    {
        var caller = context.User.ToApiCaller();
        if (context.Request.Headers[KeyHeader] is not [{ Length: > 0 and <= MaxKeyLength } name] || name.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ApiRequestException(new Refusal("idempotency-key-required", $"Send the header {KeyHeader} with 1 to {MaxKeyLength} printable ASCII characters, one for each thing that you want done."));
        }

        var body = await ReadBodyAsync(context);
        return (caller, OperationKey.ForApi(caller.Actor.Id, name, context.Request.Method, context.Request.Path, body.Span), body);
    }

    internal static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBodyBytes;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}

/// <summary>A writing request with a JSON body.</summary>
public sealed class ApiWrite<TRequest> : ApiWrite, IEndpointParameterMetadataProvider
    where TRequest : class
{
    private ApiWrite(Caller caller, OperationKey key, TRequest body)
        : base(caller, key) => Body = body;

    public TRequest Body { get; }

    public static new async ValueTask<ApiWrite<TRequest>> BindAsync(HttpContext context)
    {
        var (caller, key, body) = await ReadAsync(context);
        return new ApiWrite<TRequest>(caller, key, ApiJson.Read<TRequest>(body.Span));
    }

    public static new void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new WriteMetadata(typeof(TRequest)));
}

/// <summary>The JSON body of a request that needs no idempotency key, since doing it again does nothing more.</summary>
public sealed class ApiBody<TRequest> : IEndpointParameterMetadataProvider
    where TRequest : class
{
    private ApiBody(TRequest value) => Value = value;

    public TRequest Value { get; }

    public static async ValueTask<ApiBody<TRequest>> BindAsync(HttpContext context) => new(ApiJson.Read<TRequest>((await ApiWrite.ReadBodyAsync(context)).Span));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new WriteMetadata(typeof(TRequest), NeedsKey: false));
}

/// <summary>Says of a route that it needs an idempotency key and which body it reads.</summary>
internal sealed record WriteMetadata(Type? Body, bool NeedsKey = true);

internal sealed class ApiAnswer<T>(Result<T> result, int status) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (result.Replayed)
        {
            response.Headers[ApiWrite.ReplayedHeader] = "true";
        }

        if (!result.IsOk)
        {
            await ApiProblem.Of(result.Refusal).WriteAsync(httpContext);
            return;
        }

        response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent)
        {
            response.ContentType = "application/json; charset=utf-8";
            await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(result.Value, WireJson.Options), httpContext.RequestAborted);
        }
    }
}
