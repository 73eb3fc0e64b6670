using System.Net.Mail;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Mails;

public static class MailsSetup
{
    /// <param name="databaseFolder">Where mails go as files when nothing else is said.</param>
    public static IServiceCollection AddMails(this IServiceCollection services, IConfiguration configuration, string databaseFolder)
    {
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section))
            .ValidateDataAnnotations()
            .Validate(options => options.Transport != MailTransportKind.Smtp || !string.IsNullOrWhiteSpace(options.Host), "Mail:Transport is Smtp, so Mail:Host must name a mail server.")
            .Validate(options => MailAddress.TryCreate(options.From, out _), "Mail:From must be one e-mail address.")
            .ValidateOnStart();
        return services
            .AddSingleton(new ClosingHandler(MailOccasions.TellAsync))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<MailTransport>(provider, databaseFolder))
            .AddSingleton<MailRenderer>()
            .AddSingleton<MailTextLookup>()
            .AddSingleton<StatementAttachments>()
            .AddSingleton<IDueJob, MonthlyStatements>()
            .AddSingleton<MailPost>()
            .AddSingleton<MailSender>()
            .AddSingleton<IDueJob>(provider => provider.GetRequiredService<MailSender>())
            .AddHostedService(provider => provider.GetRequiredService<MailSender>())
            .AddSingleton<MailSettingsService>()
            .AddSingleton<MailTextService>()
            .AddSingleton<MailPreviews>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<MailTestService>(provider, ActivatorUtilities.CreateInstance<MailTransport>(provider, databaseFolder)))
            .AddSingleton<MailQueries>()
            .AddSingleton<MailService>();
    }
}
