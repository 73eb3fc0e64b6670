namespace StoreCreditAdmin.Features.Exports;

public static class ExportsSetup
{
    public static IServiceCollection AddExports(this IServiceCollection services) => services
        .AddSingleton<ExportService>()
        .AddSingleton(CreditExport.List);
}
