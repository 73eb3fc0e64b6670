using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Invoices;

public static class InvoicesSetup
{
    public static IServiceCollection AddInvoices(this IServiceCollection services)
    {
        foreach (var type in InvoiceEvents.All)
        {
            services.AddSingleton(type);
        }

        return services
            .AddSingleton(new ArrivalHandler((write, arrival) => write.SettleAsync(arrival)))
            .AddSingleton<InvoiceService>()
            .AddSingleton<InvoiceQueries>()
            .AddSingleton<IDueJob, InvoiceSettlement>();
    }
}
