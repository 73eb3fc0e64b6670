namespace StoreCreditAdmin.Features.Credits;

public static class CreditsSetup
{
    public static IServiceCollection AddCredits(this IServiceCollection services) => services
        .AddSingleton<CreditService>()
        .AddSingleton<CreditQueries>();
}
