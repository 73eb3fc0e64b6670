namespace StoreCreditAdmin.Features.Statements;

public static class StatementsSetup
{
    public static IServiceCollection AddStatements(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StatementOptions>().Bind(configuration.GetSection(StatementOptions.Section));
        return services
            .AddSingleton<StatementService>()
            .AddSingleton<StatementPdf>();
    }
}
