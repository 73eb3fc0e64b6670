using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Features.Webhooks;

public static class WebhooksSetup
{
    /// <summary>Registered after the other jobs, so that none of them waits for a receiver.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection(WebhookOptions.Section));
        return services
            .AddSingleton<WebhookService>()
            .AddSingleton<WebhookSecrets>()
            .AddSingleton<WebhookClient>()
            .AddSingleton<DeliveryQueue>()
            .AddSingleton<WebhookSender>()
            .AddSingleton<IDueJob>(provider => provider.GetRequiredService<WebhookSender>())
            .AddHostedService(provider => provider.GetRequiredService<WebhookSender>());
    }
}
