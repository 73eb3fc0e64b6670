using StoreCreditAdmin.Features.CommandLine;

namespace StoreCreditAdmin.Features.ApiKeys;

public static class ApiKeysSetup
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services) => services
        .AddSingleton<ApiKeyService>()
        .AddCommand(ApiKeyCommands.Create)
        .AddCommand(ApiKeyCommands.List)
        .AddCommand(ApiKeyCommands.Revoke);
}
