using Microsoft.AspNetCore.Authorization;

namespace StoreCreditAdmin.Features.Api;

/// <summary>The scopes of which a key needs one for a route; none where any valid key will do.</summary>
internal sealed record NeededScope(params IReadOnlyList<string> Scopes);

/// <summary>Denies by default: a route that names no scope is closed to every key.</summary>
internal sealed class NeededScopeRequirement : AuthorizationHandler<NeededScopeRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NeededScopeRequirement requirement)
    {
        var needed = (context.Resource as HttpContext)?.GetEndpoint()?.Metadata.GetMetadata<NeededScope>();
        if (needed is not null && (needed.Scopes.Count == 0 || needed.Scopes.Any(scope => context.User.HasClaim(ApiKeyAuthentication.ScopeClaim, scope))))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

public static class ApiScopes
{
    internal const string Policy = "Api";

    /// <summary>Opens a route of the API to keys that have the scope, or one of some.</summary>
    public static TBuilder NeedsScope<TBuilder>(this TBuilder route, params IReadOnlyList<string> scopes)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NeededScope(scopes));

    /// <summary>Opens a route of the API to every valid key.</summary>
    public static TBuilder NeedsAnyKey<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NeededScope());
}
