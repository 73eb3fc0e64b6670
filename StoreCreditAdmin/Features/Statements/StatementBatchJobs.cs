using StoreCreditAdmin.Domain.Statements;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>Makes statements of many accounts in the server, whoever looks on. When the program ends they wait, and go on with its next start.</summary>
public sealed partial class StatementBatchJobs(StatementBatchRun run, ILogger<StatementBatchJobs> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Dictionary<Guid, (int Attempt, Task Work)> atWork = [];

    public bool IsAtWork(Guid id)
    {
        lock (atWork)
        {
            return atWork.ContainsKey(id);
        }
    }

    /// <param name="attempt">Which of its beginnings this is: an earlier one that is still at work here gives way.</param>
    public void Start(Guid id, int attempt)
    {
        lock (atWork)
        {
            var before = atWork.TryGetValue(id, out var earlier) ? earlier.Work : Task.CompletedTask;
            atWork[id] = (attempt, Task.Run(async () =>
            {
                await before;
                await RunAsync(id, attempt);
            }));
        }
    }

    /// <summary>Until nothing is at work.</summary>
    public async Task WhenIdleAsync()
    {
        while (true)
        {
            Task[] all;
            lock (atWork)
            {
                all = [.. atWork.Values.Select(one => one.Work)];
            }

            if (all.Length == 0)
            {
                return;
            }

            await Task.WhenAll(all);
        }
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task IHostedService.StopAsync(CancellationToken cancellationToken)
    {
        await ending.CancelAsync();
        await WhenIdleAsync().WaitAsync(cancellationToken);
    }

    public void Dispose() => ending.Dispose();

    private async Task RunAsync(Guid id, int attempt)
    {
        string? failure = null;
        try
        {
            await run.RunAsync(id, attempt, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await NoteAsync(id, () => run.WaitAsync(id, attempt));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogFailed(exception, id);
            failure = $"The file could not be written: {exception.Message} Make room on the disk, or see to it that the folder can be written, and go on.";
        }
        catch (StatementBatchException exception)
        {
            failure = exception.Message;
        }
        catch (StatementException exception)
        {
            LogFailed(exception, id);
            failure = exception.Message + " Verify the ledger before you go on.";
        }
        catch (Exception exception)
        {
            LogFailed(exception, id);
            failure = "Making the statements failed; the log says why. Go on to try it again.";
        }

        if (failure is not null)
        {
            await NoteAsync(id, () => run.FailAsync(id, attempt, failure));
        }

        lock (atWork)
        {
            if (atWork.TryGetValue(id, out var mine) && mine.Attempt == attempt)
            {
                atWork.Remove(id);
            }
        }
    }

    /// <summary>Where even this cannot be noted, the batch shows as interrupted after a while.</summary>
    private async Task NoteAsync(Guid id, Func<Task> note)
    {
        try
        {
            await note();
        }
        catch (Exception exception)
        {
            LogFailed(exception, id);
        }
    }

    [LoggerMessage(LogLevel.Error, "Making statements {BatchId} failed")]
    private partial void LogFailed(Exception exception, Guid batchId);
}

/// <summary>Why statements of many accounts cannot be made, in a sentence for the person who asked.</summary>
public sealed class StatementBatchException(string message) : Exception(message);
