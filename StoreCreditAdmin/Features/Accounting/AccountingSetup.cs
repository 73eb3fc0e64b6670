namespace StoreCreditAdmin.Features.Accounting;

public static class AccountingSetup
{
    public static IServiceCollection AddAccounting(this IServiceCollection services) => services
        .AddSingleton<OutstandingQueries>();
}
