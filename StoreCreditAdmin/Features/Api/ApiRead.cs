using System.Globalization;
using System.Security.Claims;
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

    /// <summary>What was read, or 404 where there is none.</summary>
    public async Task<IResult> AnswerAsync<T>(Task<T?> found, string notFound = "There is no such thing.")
        where T : class =>
        await found is { } value ? new ApiAnswer<T>(value, StatusCodes.Status200OK) : new ApiAnswer<T>(new Refusal("not-found", notFound), StatusCodes.Status200OK);

    public async Task<IResult> AnswerAsync<T>(Task<Result<T>> result) => new ApiAnswer<T>(await result, StatusCodes.Status200OK);
}

/// <summary>The part of a list that <c>?limit=</c> and <c>?cursor=</c> ask for. Routes take it as a parameter.</summary>
public sealed class ApiList
{
    private ApiList(KeysetRequest page) => Page = page;

    public KeysetRequest Page { get; }

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
