namespace StoreCreditAdmin.Features.Catalogue;

public static class CatalogueSetup
{
    public static IServiceCollection AddCatalogue(this IServiceCollection services) => services
        .AddSingleton<CreditTypeService>()
        .AddSingleton<ReasonService>()
        .AddSingleton<StoreService>();
}
