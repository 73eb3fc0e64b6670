using System.Globalization;
using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.Metadata;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Api;

/// <summary>A reading request: who calls. Routes take it as a parameter.</summary>
public sealed class ApiRead
{
    private ApiRead(Caller caller) => Caller = caller;

    public Caller Caller { get; }

    public static ValueTask<ApiRead> BindAsync(HttpContext context) => ValueTask.FromResult(new ApiRead(context.User.ToApiCaller()));

    public async Task<IResult> AnswerAsync<T>(Task<T> read) => new ApiAnswer<T>(Result<T>.Of(await read), StatusCodes.Status200OK);

    public async Task<IResult> AnswerAsync<T>(Task<Result<T>> result) => new ApiAnswer<T>(await result, StatusCodes.Status200OK);

    /// <summary>What was read, or 404 with a sentence where there is none.</summary>
    public async Task<IResult> AnswerAsync<T>(Task<T?> found, string notFound)
        where T : class =>
        new ApiAnswer<T>(await found is { } value ? value : new Refusal("not-found", notFound), StatusCodes.Status200OK);
}

/// <summary>The part of a list that <c>?limit=</c> and <c>?cursor=</c> ask for. Routes take it as a parameter.</summary>
public sealed class ApiList : IEndpointParameterMetadataProvider
{
    private ApiList(KeysetRequest page) => Page = page;

    public KeysetRequest Page { get; }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new ListMetadata());

    public static ValueTask<ApiList> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = PageRequest.DefaultSize;
        if (query.TryGetValue("limit", out var limitText)
            && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > PageRequest.MaxSize))
        {
            throw ApiRequestException.Invalid($"The limit is a whole number from 1 to {PageRequest.MaxSize}.", "limit");
        }

        Cursor? after = null;
        if (query.TryGetValue("cursor", out var cursorText) && !string.IsNullOrEmpty(cursorText))
        {
            after = Cursor.Parse(cursorText.ToString()) ?? throw new BadCursorException();
        }

        return ValueTask.FromResult(new ApiList(new KeysetRequest(limit, after)));
    }
}

/// <summary>Says of a route that it answers a list part by part.</summary>
internal sealed record ListMetadata;

/// <summary>Reads what a query string says.</summary>
public static class ApiQuery
{
    /// <exception cref="ApiRequestException">It is not a date.</exception>
    public static DateOnly? Date(string? text, string field) =>
        string.IsNullOrEmpty(text) ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : throw ApiRequestException.Invalid("Write the date as 2026-11-22.", field);

    /// <exception cref="ApiRequestException">It is none of the names.</exception>
    public static T? OneOf<T>(string? text, string field, Func<T, string> nameOf)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var all = Enum.GetValues<T>();
        return all.Any(value => nameOf(value) == text)
            ? all.First(value => nameOf(value) == text)
            : throw ApiRequestException.Invalid($"Write one of {string.Join(", ", all.Select(nameOf))}.", field);
    }
}

/// <summary>An id in an address. What is no id at all is the id of nothing.</summary>
public readonly record struct ApiId(Guid Value) : IParsable<ApiId>
{
    public static ApiId Parse(string s, IFormatProvider? provider) => new(Guid.TryParse(s, out var id) ? id : Guid.Empty);

    public static bool TryParse(string? s, IFormatProvider? provider, out ApiId result)
    {
        result = Parse(s ?? "", provider);
        return true;
    }
}

internal static class ApiCallers
{
    /// <exception cref="AccessDeniedException">Not a key's principal.</exception>
    public static Caller ToApiCaller(this ClaimsPrincipal principal) =>
        principal.Identities.FirstOrDefault(identity => identity.AuthenticationType == ApiKeyAuthentication.SchemeName) is { } identity
            ? Caller.ApiKey(
                Guid.Parse(identity.FindFirst(ClaimTypes.NameIdentifier)!.Value),
                identity.Name!,
                identity.FindAll(ApiKeyAuthentication.ScopeClaim).Select(claim => claim.Value))
            : throw new AccessDeniedException(CallerCheck.SessionEnded);
}
