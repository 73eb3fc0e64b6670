using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Features.Messages;

public static class MessagesSetup
{
    public static IServiceCollection AddMessages(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MessageOptions>().Bind(configuration.GetSection(MessageOptions.Section));
        return services
            .AddSingleton<MessageQueries>()
            .AddSingleton<MessageService>()
            .AddSingleton<IDueJob, MessageRetention>();
    }
}
