using StoreCreditAdmin.Features.CommandLine;

namespace StoreCreditAdmin.Features.Sample;

public static class SampleSetup
{
    public static IServiceCollection AddSample(this IServiceCollection services) => services
        .AddSingleton<SampleData>()
        .AddCommand(SampleCommands.Replay);
}
