using Microsoft.AspNetCore.Authentication;

namespace StoreCreditAdmin.Features.Api;

public static class ApiSetup
{
    public const string BasePath = "/api/v1";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyThrottle>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder().AddPolicy(ApiScopes.Policy, policy => policy
            .AddAuthenticationSchemes(ApiKeyAuthentication.SchemeName)
            .RequireAuthenticatedUser()
            .AddRequirements(new NeededScopeRequirement()));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddApiDocument();
        return services;
    }

    /// <summary>Below <c>/api</c> everything that goes wrong is answered with a problem document.</summary>
    public static IApplicationBuilder UseApiProblems(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api => api.UseMiddleware<ApiProblems>());

    /// <summary>The group of all routes of the API. Each needs a valid key with the scope that it names; without a name it is closed.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app) =>
        app.MapGroup(BasePath).RequireAuthorization(ApiScopes.Policy).DisableAntiforgery();
}
