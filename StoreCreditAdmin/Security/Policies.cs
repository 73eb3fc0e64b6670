using Microsoft.AspNetCore.Authorization;

namespace StoreCreditAdmin.Security;

/// <summary>One policy for each permission, by its name, for pages: <c>[Authorize(Policy = nameof(Permission.View))]</c>. What names none asks for a sign-in.</summary>
public static class Policies
{
    public static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var permission in Enum.GetValues<Permission>())
        {
            authorization.AddPolicy(permission.ToString(), policy => policy.RequireRole(Roles.With(permission)));
        }

        return services;
    }
}
