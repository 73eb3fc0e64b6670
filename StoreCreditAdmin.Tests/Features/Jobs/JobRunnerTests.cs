using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StoreCreditAdmin.Domain.Jobs;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Jobs;

public sealed class JobRunnerTests : IAsyncLifetime
{
    private readonly TaskCompletionSource entered = new();
    private readonly TaskCompletionSource go = new();
    private readonly Watch watch = new();
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync(watch);

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task A_run_is_kept_with_what_it_did_and_how_long_it_took()
    {
        var job = new JobOfTests
        {
            Deed = _ =>
            {
                watch.Now += TimeSpan.FromSeconds(7);
                return Task.FromResult(JobReport.Of(3, "1 thing was done.", "{0} things were done."));
            },
        };

        Assert.True(await RunAsync(job));

        var run = Assert.Single(await RunsAsync());
        Assert.Equal((JobOutcome.Succeeded, 3, "3 things were done.", JobTrigger.Schedule), (run.Outcome, run.Count, run.Did, run.Trigger));
        Assert.Equal(TimeSpan.FromSeconds(7), run.EndedAt - run.StartedAt);
    }

    [Fact]
    public async Task Of_the_runs_that_found_nothing_only_the_last_is_kept_and_what_happened_stays_for_ninety_days()
    {
        var job = new JobOfTests();
        var start = watch.Now;
        foreach (var count in (int[])[0, 0, 2, 0, 0, 0])
        {
            job.Deed = _ => Task.FromResult(JobReport.Of(count, "1 thing was done.", "{0} things were done."));
            await RunAsync(job);
            watch.Now += TimeSpan.FromMinutes(5);
        }

        Assert.Equal([(2, start.AddMinutes(10)), (0, start.AddMinutes(25))], (await RunsAsync()).Select(run => (run.Count, run.StartedAt)));

        watch.Now = start.AddMinutes(11).AddDays(90);
        await RunAsync(job);

        Assert.Equal([0], (await RunsAsync()).Select(run => run.Count));
    }

    [Fact]
    public async Task What_could_not_be_done_is_said_beside_what_was()
    {
        var failures = new JobFailures();
        failures.Add(new InvalidOperationException("Credit 7 is broken."));
        failures.Add(new InvalidOperationException("Credit 8 too."));

        await RunAsync(new JobOfTests { Deed = _ => Task.FromResult(JobReport.Of(1, "1 credit was booked.", "{0} credits were booked.", failures)) });

        var run = Assert.Single(await RunsAsync());
        Assert.Equal((JobOutcome.Failed, 1, "1 credit was booked.", "2 could not be done. The first: Credit 7 is broken."), (run.Outcome, run.Count, run.Did, run.Error));
    }

    [Fact]
    public async Task Two_processes_never_run_one_job_at_the_same_time()
    {
        var (here, there) = (Waiting(), new JobOfTests());
        var first = RunAsync(here);
        await entered.Task;

        Assert.False(await RunAsync(there, ProcessOfItsOwn()));
        go.SetResult();
        await first;
        Assert.True(await RunAsync(there, ProcessOfItsOwn()));

        Assert.Equal((1, 1), (here.Runs, there.Runs));
    }

    [Fact]
    public async Task A_hundred_tries_at_once_from_two_processes_run_it_one_at_a_time()
    {
        var (atOnce, most) = (0, 0);
        var job = new JobOfTests
        {
            Deed = async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref atOnce));
                await Task.Yield();
                Interlocked.Decrement(ref atOnce);
                return JobReport.Nothing;
            },
        };
        JobLeases[] processes = [ProcessOfItsOwn(), ProcessOfItsOwn()];

        var ran = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() => RunAsync(job, processes[number % 2]))));

        Assert.Equal((1, ran.Count(one => one)), (most, job.Runs));
        Assert.InRange(job.Runs, 1, 100);
    }

    [Fact]
    public async Task The_lease_of_a_killed_process_runs_out_and_its_run_is_abandoned()
    {
        var killed = (await ProcessOfItsOwn().TryTakeAsync("test", JobTrigger.Schedule))!;
        watch.Now += JobLeases.Time - TimeSpan.FromTicks(1);
        Assert.False(await RunAsync(new JobOfTests()));

        watch.Now += TimeSpan.FromTicks(1);
        Assert.True(await RunAsync(new JobOfTests()));

        Assert.Equal([(killed.RunId, JobOutcome.Abandoned), (killed.RunId + 1, JobOutcome.Succeeded)], (await RunsAsync()).Select(run => (run.Id, run.Outcome)));
    }

    [Fact]
    public async Task A_clock_that_jumps_back_blocks_a_lease_only_as_long_as_one_lasts()
    {
        await ProcessOfItsOwn().TryTakeAsync("test", JobTrigger.Schedule);
        watch.Now = watch.Now.AddYears(-1);
        Assert.False(await RunAsync(new JobOfTests()));

        watch.Elapsed = JobLeases.Time - TimeSpan.FromSeconds(1);
        Assert.False(await RunAsync(new JobOfTests()));
        watch.Elapsed = JobLeases.Time;
        Assert.True(await RunAsync(new JobOfTests()));

        var abandoned = (await RunsAsync())[0];
        Assert.Equal((JobOutcome.Abandoned, abandoned.StartedAt), (abandoned.Outcome, abandoned.EndedAt));
    }

    [Fact]
    public async Task A_process_that_renews_its_lease_keeps_it_though_the_clock_jumps_back()
    {
        var alive = ProcessOfItsOwn();
        var lease = (await alive.TryTakeAsync("test", JobTrigger.Schedule))!;
        watch.Now = watch.Now.AddYears(-1);
        Assert.False(await RunAsync(new JobOfTests()));

        watch.Elapsed = JobLeases.Time;
        Assert.True(await alive.RenewAsync(lease));

        Assert.False(await RunAsync(new JobOfTests()));
    }

    [Fact]
    public async Task Whoever_lost_a_lease_neither_renews_it_nor_writes_over_the_run_of_the_next()
    {
        var late = ProcessOfItsOwn();
        var lease = (await late.TryTakeAsync("test", JobTrigger.Schedule))!;
        watch.Now += JobLeases.Time;
        var next = (await ProcessOfItsOwn().TryTakeAsync("test", JobTrigger.Schedule))!;

        Assert.False(await late.RenewAsync(lease));
        await late.EndAsync(lease, (run, at) => run.Succeed(at, 5, "5 things were done."));

        Assert.Equal([(lease.RunId, JobOutcome.Abandoned), (next.RunId, JobOutcome.Running)], (await RunsAsync()).Select(run => (run.Id, run.Outcome)));
    }

    [Fact]
    public async Task A_run_whose_lease_another_process_took_stops()
    {
        var job = new JobOfTests
        {
            Deed = async cancelled =>
            {
                entered.SetResult();
                await Task.Delay(Timeout.Infinite, cancelled);
                return JobReport.Nothing;
            },
        };
        var run = RunAsync(job);
        await entered.Task;
        watch.Now += JobLeases.Time;
        Assert.NotNull(await ProcessOfItsOwn().TryTakeAsync("test", JobTrigger.Schedule));

        watch.Tick();

        Assert.True(await run.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal([JobOutcome.Abandoned, JobOutcome.Running], (await RunsAsync()).Select(one => one.Outcome));
    }

    [Fact]
    public async Task A_lease_that_could_not_be_renewed_once_is_renewed_the_next_time()
    {
        var failed = new FailureSeen();
        var job = Waiting();
        var run = new JobRunner(database.Get<JobLeases>(), [job], watch, failed).TryRunAsync(job, JobTrigger.Schedule, default);
        await entered.Task;
        await ExecuteAsync("CREATE TRIGGER Broken BEFORE UPDATE ON JobLeases BEGIN SELECT RAISE(ABORT, 'Broken.'); END");
        watch.Tick();
        await failed.Seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await ExecuteAsync("DROP TRIGGER Broken");
        watch.Now += JobLeases.Time / 2;
        var renewed = watch.Now + JobLeases.Time;

        watch.Tick();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await UntilAsync() != renewed)
        {
            await Task.Delay(20, limit.Token);
        }

        go.SetResult();
        Assert.True(await run);
    }

    [Fact]
    public async Task A_run_that_is_stopped_is_cancelled_and_the_next_one_goes_on()
    {
        using var stop = new CancellationTokenSource();
        var job = new JobOfTests();
        job.Deed = async cancelled =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, cancelled);
            return JobReport.Nothing;
        };
        var run = RunnerOf(job).TryRunAsync(job, JobTrigger.Schedule, stop.Token);
        await entered.Task;

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.Equal(JobOutcome.Cancelled, Assert.Single(await RunsAsync()).Outcome);
        Assert.True(await RunAsync(new JobOfTests()));
    }

    [Fact]
    public async Task Whoever_asks_for_a_run_is_named_in_it_and_in_the_audit_and_a_double_click_asks_once()
    {
        var boss = await database.SignInNewAsync("Boss", Roles.Administrator);
        var job = Waiting();
        await using var runner = RunnerOf(job);
        var service = new JobService(database.Get<CommitGate>(), database.Get<JobLeases>(), runner);
        var key = OperationKey.ForForm();

        var asked = await service.RunNowAsync(boss, key, "test");
        var again = await service.RunNowAsync(boss, key, "test");
        await entered.Task;
        var other = await service.RunNowAsync(boss, OperationKey.ForForm(), "test");
        var unknown = await service.RunNowAsync(boss, OperationKey.ForForm(), "nonsense");
        go.SetResult();
        await EndAsync(asked.Value.RunId);

        Assert.Equal((asked.Value, true), (again.Value, again.Replayed));
        Assert.Equal(("job-running", "Job test has been running since 12:00:00 UTC. Wait until it ends."), (other.Refusal?.Code, other.Refusal?.Message));
        Assert.Equal("not-found", unknown.Refusal?.Code);
        var run = Assert.Single(await RunsAsync());
        Assert.Equal((JobTrigger.Manual, "Boss", JobOutcome.Succeeded), (run.Trigger, run.AskedBy, run.Outcome));
        Assert.Equal(
            [("job.run", "Job test", null), ("job.run", "Job test", "job-running"), ("job.run", "nonsense", "not-found")],
            (await database.ReadAuditAsync()).Where(line => line.Action == "job.run").Select(line => (line.Action, line.Subject, line.RefusalCode)));
    }

    [Theory]
    [InlineData(Roles.Agent)]
    [InlineData(Roles.Manager)]
    [InlineData(Roles.Accountant)]
    public async Task Only_administrators_look_at_jobs_and_run_them(string role)
    {
        var person = await database.SignInNewAsync("Person", role);

        Assert.Equal("forbidden", (await database.Get<JobService>().RunNowAsync(person, OperationKey.ForForm(), "expiry")).Refusal?.Code);
        await Assert.ThrowsAsync<StoreCreditAdmin.Features.Access.AccessDeniedException>(() => database.Get<JobQueries>().ListAsync(person));
        await Assert.ThrowsAsync<StoreCreditAdmin.Features.Access.AccessDeniedException>(() => database.Get<JobQueries>().RunsAsync(person, new JobRunFilter(), new()));
    }

    private JobOfTests Waiting() => new()
    {
        Deed = async _ =>
        {
            entered.TrySetResult();
            await go.Task;
            return JobReport.Nothing;
        },
    };

    private JobLeases ProcessOfItsOwn() => ActivatorUtilities.CreateInstance<JobLeases>(database.Services);

    private JobRunner RunnerOf(JobOfTests job, JobLeases? leases = null) => new(leases ?? database.Get<JobLeases>(), [job], watch, NullLogger<JobRunner>.Instance);

    private Task<bool> RunAsync(JobOfTests job, JobLeases? leases = null) => RunnerOf(job, leases).TryRunAsync(job, JobTrigger.Schedule, default);

    private async Task ExecuteAsync(string sql)
    {
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    private async Task<DateTimeOffset> UntilAsync()
    {
        await using var db = database.Open();
        return await db.JobLeases.Select(lease => lease.Until).SingleAsync();
    }

    private async Task<JobRun[]> RunsAsync()
    {
        await using var db = database.Open();
        return await db.JobRuns.OrderBy(run => run.Id).ToArrayAsync();
    }

    private async Task EndAsync(long runId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await RunsAsync()).Single(run => run.Id == runId).Outcome == JobOutcome.Running)
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
