namespace StoreCreditAdmin.Features.Jobs;

public static class JobsSetup
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<DueJobs>()
        .AddHostedService<JobLoop>();
}
