using Microsoft.Extensions.Logging.Abstractions;
using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Tests.Features.Jobs;

public sealed class DueJobsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_job_that_fails_does_not_keep_the_others_from_running()
    {
        var after = new Counting(null);
        var jobs = new DueJobs([new Failing(), after], NullLogger<DueJobs>.Instance);

        await jobs.RunAsync();

        Assert.Equal(1, after.Runs);
    }

    [Fact]
    public async Task The_first_thing_due_of_all_jobs_is_next()
    {
        var jobs = new DueJobs([new Counting(null), new Counting(Noon), new Counting(Noon.AddHours(-1)), new Counting(null)], NullLogger<DueJobs>.Instance);
        var idle = new DueJobs([new Counting(null)], NullLogger<DueJobs>.Instance);

        Assert.Equal(Noon.AddHours(-1), await jobs.NextDueAsync());
        Assert.Null(await idle.NextDueAsync());
    }

    [Fact]
    public async Task What_a_job_could_not_do_in_its_time_hides_nothing_of_the_others()
    {
        var jobs = new DueJobs([new Counting(Noon), new Counting(Noon.AddHours(1))], NullLogger<DueJobs>.Instance);

        Assert.Equal(Noon.AddHours(1), await jobs.NextDueAsync(Noon));
        Assert.Null(await jobs.NextDueAsync(Noon.AddHours(1)));
    }

    private sealed class Failing : IDueJob
    {
        public string Name => "failing";

        public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => Task.FromResult<DateTimeOffset?>(null);

        public Task RunAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("The disk is full.");
    }

    private sealed class Counting(DateTimeOffset? due) : IDueJob
    {
        public int Runs { get; private set; }

        public string Name => "counting";

        public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => Task.FromResult(due);

        public Task RunAsync(CancellationToken cancellationToken)
        {
            Runs++;
            return Task.CompletedTask;
        }
    }
}
