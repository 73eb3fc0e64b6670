using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain.Jobs;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Jobs;

public sealed class JobTimetableTests
{
    [Fact]
    public async Task A_missed_job_that_could_not_be_begun_at_the_start_ends_no_process_and_is_tried_again()
    {
        var watch = new Watch();
        await using var database = await TestDatabase.CreateAsync(watch);
        using var failed = new FailureSeen();
        var job = new JobOfTests { Due = watch.Now };
        var other = ActivatorUtilities.CreateInstance<JobLeases>(database.Services);
        var lease = (await other.TryTakeAsync("test", JobTrigger.Schedule))!;
        var runner = new JobRunner(database.Get<JobLeases>(), [job], watch, NullLogger<JobRunner>.Instance);
        using var timetable = new JobTimetable(runner, database.Get<IDbContextFactory<StoreCreditDbContext>>(), watch, Options.Create(new JobOptions()), failed);
        await timetable.StartAsync(default);
        await watch.Waited.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await other.EndAsync(lease, (run, at) => run.Succeed(at, 0, "Nothing was due."));
        await ExecuteAsync(database, "CREATE TRIGGER Broken BEFORE INSERT ON JobRuns BEGIN SELECT RAISE(ABORT, 'Broken.'); END");
        watch.Tick();
        await failed.Seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await ExecuteAsync(database, "DROP TRIGGER Broken");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (job.Runs == 0)
        {
            Assert.False(timetable.ExecuteTask!.IsCompleted);
            watch.Tick();
            await Task.Delay(20, limit.Token);
        }

        await timetable.StopAsync(default);
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
