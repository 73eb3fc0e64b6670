using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Features.Statements;

public static class StatementsSetup
{
    /// <param name="databasePath">The files of many statements lie beside it, unless the settings say otherwise.</param>
    public static IServiceCollection AddStatements(this IServiceCollection services, IConfiguration configuration, string databasePath)
    {
        var section = configuration.GetSection(StatementOptions.Section);
        services.AddOptions<StatementOptions>().Bind(section);
        return services
            .AddSingleton(new StatementFolder(section[nameof(StatementOptions.Folder)] ?? Path.Combine(Path.GetDirectoryName(databasePath)!, "statements")))
            .AddSingleton<StatementService>()
            .AddSingleton<StatementPdf>()
            .AddSingleton<StatementBatchService>()
            .AddSingleton<StatementBatchRun>()
            .AddSingleton<StatementBatchJobs>()
            .AddHostedService(provider => provider.GetRequiredService<StatementBatchJobs>())
            .AddSingleton<IDueJob, StatementBatchCare>()
            .AddSingleton(StatementBatchExport.List);
    }
}
