using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Features.Expiry;

public static class ExpirySetup
{
    /// <summary>Holds are freed before expiries are booked, so that value which came back expires in the same round.</summary>
    public static IServiceCollection AddExpiry(this IServiceCollection services) => services
        .AddSingleton<ExpiryExtension>()
        .AddSingleton<IDueJob, StaleAuthorizations>()
        .AddSingleton<IDueJob, ExpiryService>();
}
