using Microsoft.AspNetCore.Authorization;

namespace StoreCreditAdmin.Features.Api;

/// <summary>The scope that a key needs for a route; null where any valid key will do.</summary>
internal sealed record NeededScope(string? Scope);

/// <summary>Denies by default: a route that names no scope is closed to every key.</summary>
internal sealed class NeededScopeRequirement : AuthorizationHandler<NeededScopeRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NeededScopeRequirement requirement)
    {
        var needed = (context.Resource as HttpContext)?.GetEndpoint()?.Metadata.GetMetadata<NeededScope>();
        if (needed is not null && (needed.Scope is null || context.User.HasClaim(ApiKeyAuthentication.ScopeClaim, needed.Scope)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

public static class ApiScopes
{
    internal const string Policy = "Api";

    /// <summary>Opens a route of the API to keys that have the scope.</summary>
    public static TBuilder NeedsScope<TBuilder>(this TBuilder route, string scope)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NeededScope(scope));

    /// <summary>Opens a route of the API to every valid key.</summary>
    public static TBuilder NeedsAnyKey<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NeededScope(null));
}
