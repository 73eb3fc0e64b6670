namespace StoreCreditAdmin.Features.Health;

public static class HealthSetup
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton<SystemQueries>();
}
