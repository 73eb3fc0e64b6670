using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Features.Clock;

public sealed record MoveTestClockRequest
{
    public DateTimeOffset? Now { get; init; }
}

public static class ClockSetup
{
    /// <summary>The system's clock, or one that tests move where <c>TestClock:Enabled</c> is true. In Production time is always real.</summary>
    public static IServiceCollection AddClock(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        if (environment.IsProduction() || !configuration.GetValue<bool>("TestClock:Enabled"))
        {
            return services.AddSingleton(TimeProvider.System);
        }

        return services
            .AddSingleton(new TestClock(TimeProvider.System))
            .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<TestClock>())
            .AddSingleton<TestClockService>();
    }

    /// <summary>The test clock's routes, where there is one.</summary>
    public static void MapTestClock(this RouteGroupBuilder api)
    {
        if (((IEndpointRouteBuilder)api).ServiceProvider.GetService<TestClock>() is null)
        {
            return;
        }

        var routes = api.MapGroup("/test-clock").WithTags("Test clock");
        routes.MapGet("", (ApiRead read, TestClockService clock) => read.AnswerAsync(Task.FromResult(clock.Get())))
            .NeedsAnyKey()
            .WithSummary("What time the application takes it to be")
            .Produces<TestClockView>();

        routes.MapPut("", (ApiBody<MoveTestClockRequest> request, ApiRead read, TestClockService clock, CancellationToken cancellationToken) =>
                read.AnswerAsync(clock.MoveToAsync(request.Value.Now ?? throw ApiRequestException.Invalid("Say what time it shall be.", "now"), cancellationToken)))
            .NeedsAnyKey()
            .WithSummary("Moves the clock forward and runs what falls due on the way, in time order")
            .Produces<TestClockView>();
    }
}
