using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Features.Reminders;

public static class RemindersSetup
{
    /// <summary>Registered after expiry and invoices, so that nobody is told of what they take.</summary>
    public static IServiceCollection AddReminders(this IServiceCollection services) => services.AddSingleton<IDueJob, ExpiryReminders>();
}
