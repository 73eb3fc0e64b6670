namespace StoreCreditAdmin.Features.Jobs;

public static class JobsSetup
{
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<JobOptions>().Bind(configuration.GetSection(JobOptions.Section));
        return services
            .AddSingleton<JobLeases>()
            .AddSingleton<JobRunner>()
            .AddSingleton<DueJobs>()
            .AddSingleton<JobQueries>()
            .AddSingleton<JobService>()
            .AddSingleton<JobTimetable>()
            .AddHostedService(provider => provider.GetRequiredService<JobTimetable>());
    }
}
