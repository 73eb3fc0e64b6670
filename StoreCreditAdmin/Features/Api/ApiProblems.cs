using System.Globalization;
using Microsoft.AspNetCore.Routing.Template;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Paging;

namespace StoreCreditAdmin.Features.Api;

/// <summary>Answers everything that goes wrong below <c>/api</c> with a problem document, so that no caller ever gets a page.</summary>
internal sealed partial class ApiProblems(RequestDelegate next, EndpointDataSource routes, ILogger<ApiProblems> logger)
{
    private static readonly Refusal InternalError = new("internal-error", "The request failed and has been logged.");

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away: nobody reads an answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var refusal = RefusalFor(exception);
            if (refusal == InternalError)
            {
                LogUnhandled(exception, context.Request.Method, context.Request.Path);
            }

            context.Response.Clear();
            if (exception is TooManyRequestsException { RetryAfter: var wait })
            {
                context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            }

            await ApiProblem.Of(refusal).WriteAsync(context);
        }
    }

    /// <summary>What matched no route has no policy either, so it is answered before the policies are asked.</summary>
    private async Task AnswerAsync(HttpContext context)
    {
        if (context.GetEndpoint() is RouteEndpoint)
        {
            RestoreSlashes(context.Request.RouteValues);
            await next(context);
            return;
        }

        var methods = MethodsAt(context.Request.Path);
        if (methods.Count > 0)
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
        }

        await ApiProblem.Of(methods.Count > 0
            ? new Refusal("method-not-allowed", $"This route does not take {context.Request.Method}. It takes {string.Join(" and ", methods)}.")
            : new Refusal("not-found", "There is no such route.")).WriteAsync(context);
    }

    /// <summary>External ids and order numbers may have slashes. The server decodes everything of a path but these.</summary>
    private static void RestoreSlashes(RouteValueDictionary values)
    {
        foreach (var (name, value) in values.ToArray())
        {
            if (value is string text)
            {
                values[name] = text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    private SortedSet<string> MethodsAt(PathString path) => new(
        routes.Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<NeededScope>() is not null)
            .Where(route => new TemplateMatcher(TemplateParser.Parse(route.RoutePattern.RawText!), []).TryMatch(path, []))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []),
        StringComparer.Ordinal);

    private static Refusal RefusalFor(Exception exception) => exception switch
    {
        ApiRequestException request => request.Refusal,
        AccessDeniedException denied => denied.Refusal,
        TooManyRequestsException tooMany => tooMany.Refusal,
        BadCursorException cursor => new Refusal("invalid-request", cursor.Message, "cursor"),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Refusal("body-too-large", "The body is larger than 1 MiB."),
        BadHttpRequestException => new Refusal("invalid-request", "The request is malformed. Compare it with /openapi/v1.json."),
        _ => InternalError,
    };

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogUnhandled(Exception exception, string method, string path);
}
