using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>Goes on with batches that the program's end cut short, and removes files that have had their day.</summary>
public sealed class StatementBatchCare(
    CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, StatementBatchService batches, StatementBatchJobs jobs, StatementFolder folder, TimeProvider clock) : IDueJob
{
    private static readonly Caller ServerItself = Caller.Job("statements");

    public string Name => "statement-files";

    public string Title => "Look after statements";

    public string Purpose => "Goes on with statements of many accounts that were cut short, and removes their files after a day.";

    public string Schedule => "00:05:00";

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var first = await db.StatementBatches.Where(batch => !batch.FileRemoved)
            .GroupBy(batch => batch.State).Select(group => new { State = group.Key, At = group.Min(batch => batch.LastProgressAt) })
            .ToListAsync(cancellationToken);
        return first.Select(one => (DateTimeOffset?)(one.At + TimeUntilDue(one.State))).Min();
    }

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        var (failures, done) = (new JobFailures(), 0);
        foreach (var batch in await DueAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                done += await LookAfterAsync(batch) ? 1 : 0;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                failures.Add(exception);
            }
        }

        return JobReport.Of(done, "1 run of statements was gone on with or removed.", "{0} runs of statements were gone on with or removed.", failures);
    }

    private static TimeSpan TimeUntilDue(StatementBatchState state) => state switch
    {
        StatementBatchState.Waiting => TimeSpan.Zero,
        StatementBatchState.Running => StatementBatchView.SignOfLife,
        _ => StatementBatch.Kept,
    };

    private async Task<List<StatementBatch>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var all = await db.StatementBatches.AsNoTracking().Where(batch => !batch.FileRemoved).OrderBy(batch => batch.Id).ToListAsync(cancellationToken);
        return [.. all.Where(batch => batch.LastProgressAt + TimeUntilDue(batch.State) <= now)];
    }

    private async Task<bool> LookAfterAsync(StatementBatch batch)
    {
        if (batch.State is StatementBatchState.Running or StatementBatchState.Waiting)
        {
            return !jobs.IsAtWork(batch.PublicId) && (await batches.TakeUpAsync(ServerItself, batch)).IsOk;
        }

        return (await gate.ExecuteAsync<Done>(new OperationRequest("statements.remove", OperationKey.ForForm(), ServerItself, Permission.ViewReports), async write =>
        {
            write.About("statements", batch.PublicId.ToString());
            var due = await write.Db.StatementBatches.SingleAsync(one => one.Id == batch.Id);
            if ((due.State, due.Attempt) != (batch.State, batch.Attempt))
            {
                return StatementBatchRun.NotOurs;
            }

            // Within the write: nobody goes on with it meanwhile.
            folder.Remove(batch.PublicId, batch.Terms.Form);
            due.RemoveFile();
            return Done.Instance;
        })).IsOk;
    }
}
