using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Jobs;
using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Features.Clock;

public sealed record TestClockView(DateTimeOffset Now);

/// <summary>Moves the test clock, and lets everything on the way happen when it falls due and in that order.</summary>
public sealed class TestClockService(TestClock clock, DueJobs jobs) : IDisposable
{
    /// <summary>Far enough for any test, and far enough from the end of time for dates to be reckoned from it.</summary>
    private static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SemaphoreSlim moving = new(1, 1);

    public TestClockView Get() => new(clock.GetUtcNow());

    public async Task<Result<TestClockView>> MoveToAsync(DateTimeOffset target, CancellationToken cancellationToken)
    {
        if (target > Latest)
        {
            return new Refusal("invalid-request", "The test clock goes no further than the year 9000.", "now");
        }

        await moving.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (target < now)
            {
                return new Refusal("clock-moved-back", $"The test clock only moves forward, and it is {now:yyyy-MM-dd'T'HH:mm:ss'Z'} now.", "now");
            }

            await RunOnTheWayAsync(target, cancellationToken);
            clock.MoveTo(target);
            await jobs.RunAsync(JobTrigger.Clock, cancellationToken);
            return new TestClockView(target.ToUniversalTime());
        }
        finally
        {
            moving.Release();
        }
    }

    public void Dispose() => moving.Dispose();

    private async Task RunOnTheWayAsync(DateTimeOffset target, CancellationToken cancellationToken)
    {
        DateTimeOffset? done = null;
        while (await jobs.NextDueAsync(done, cancellationToken) is { } due && due <= target)
        {
            clock.MoveTo(due);
            await jobs.RunAsync(JobTrigger.Clock, cancellationToken);
            done = due;
        }
    }
}
