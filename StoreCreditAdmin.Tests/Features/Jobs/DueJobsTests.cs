using Microsoft.Extensions.Logging.Abstractions;
using StoreCreditAdmin.Domain.Jobs;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Jobs;

public sealed class DueJobsTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task A_job_that_fails_does_not_keep_the_others_from_running()
    {
        var now = database.Clock.Now;
        var failing = new JobOfTests("failing") { Due = now, Deed = _ => throw new InvalidOperationException("The disk is full.\nat line 1") };
        var (after, later) = (new JobOfTests("after") { Due = now }, new JobOfTests("later") { Due = now.AddTicks(1) });

        await Of(failing, after, later).RunAsync();

        Assert.Equal((1, 1, 0), (failing.Runs, after.Runs, later.Runs));
        await using var db = database.Open();
        var run = db.JobRuns.Single(one => one.Job == "failing");
        Assert.Equal((JobOutcome.Failed, "The disk is full."), (run.Outcome, run.Error));
    }

    [Fact]
    public async Task The_first_thing_due_of_all_jobs_is_next()
    {
        var noon = database.Clock.Now;

        Assert.Equal(noon.AddHours(-1), await Of(new(), new() { Due = noon }, new() { Due = noon.AddHours(-1) }, new()).NextDueAsync());
        Assert.Null(await Of(new JobOfTests()).NextDueAsync());
    }

    [Fact]
    public async Task A_job_that_is_running_is_waited_for()
    {
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var job = new JobOfTests { Due = database.Clock.Now };
        job.Deed = async _ =>
        {
            entered.TrySetResult();
            await go.Task;
            return JobReport.Nothing;
        };
        await using var runner = RunnerOf(job);
        var first = runner.TryRunAsync(job, JobTrigger.Schedule, default);
        await entered.Task;

        var second = new DueJobs(runner, database.Clock, NullLogger<DueJobs>.Instance).RunAsync(JobTrigger.Clock);
        Assert.Equal(1, job.Runs);
        go.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(2, job.Runs);
    }

    private JobRunner RunnerOf(params JobOfTests[] jobs) => new(database.Get<JobLeases>(), jobs, database.Clock, NullLogger<JobRunner>.Instance);

    private DueJobs Of(params JobOfTests[] jobs) => new(RunnerOf(jobs), database.Clock, NullLogger<DueJobs>.Instance);
}
