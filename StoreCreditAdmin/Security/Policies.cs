using Microsoft.AspNetCore.Authorization;

namespace StoreCreditAdmin.Security;

/// <summary>One policy for each permission, by its name, for pages: <c>[Authorize(Policy = nameof(Permission.View))]</c>. What names none asks for a sign-in.</summary>
public static class Policies
{
    /// <summary>For pages that everybody may open who is signed in, whatever their role.</summary>
    public const string SignedIn = nameof(SignedIn);

    public static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        var authorization = services.AddAuthorizationBuilder().SetFallbackPolicy(signedIn).AddPolicy(SignedIn, signedIn);
        foreach (var permission in Enum.GetValues<Permission>())
        {
            authorization.AddPolicy(permission.ToString(), policy => policy.RequireRole(Roles.With(permission)));
        }

        return services;
    }
}
