namespace StoreCreditAdmin.Features.Exports;

public static class ExportsSetup
{
    public static IServiceCollection AddExports(this IServiceCollection services)
    {
        foreach (var list in ListExports.All)
        {
            services.AddSingleton(list);
        }

        return services.AddSingleton<ExportService>();
    }
}
