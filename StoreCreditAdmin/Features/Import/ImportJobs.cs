using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Import;

/// <summary>Imports and undos that go on in the server, whoever looks on. When the program ends, an import stops after its batch and says so.</summary>
public sealed partial class ImportJobs(CustomerImport import, ImportUndo undo, ILogger<ImportJobs> logger) : IHostedService, IDisposable
{
    private static readonly Caller ServerItself = Caller.Job("import");

    private readonly CancellationTokenSource ending = new();
    private readonly Dictionary<Guid, Task> jobs = [];

    /// <summary>Goes on with an import that was begun.</summary>
    /// <param name="upload">The source's file, which goes when the job is done.</param>
    /// <returns>False when it is at work here already: then the upload is the caller's as before.</returns>
    public bool Start(Caller caller, ImportRunView run, CustomerSource source, ImportUpload upload) => Start(run.Id, async () =>
    {
        await using (upload)
        {
            await ImportAsync(caller, run, source);
        }
    });

    /// <returns>False when it is at work here already.</returns>
    public bool StartUndo(Caller caller, Guid runId) => Start(runId, async () =>
    {
        var undone = await undo.RunAsync(caller, runId, ending.Token);
        if (!undone.IsOk)
        {
            LogStopped(runId, undone.Refusal.Message);
        }
    });

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task IHostedService.StopAsync(CancellationToken cancellationToken)
    {
        await ending.CancelAsync();
        Task[] atWork;
        lock (jobs)
        {
            atWork = [.. jobs.Values];
        }

        await Task.WhenAll(atWork).WaitAsync(cancellationToken);
    }

    public void Dispose() => ending.Dispose();

    private bool Start(Guid runId, Func<Task> job)
    {
        lock (jobs)
        {
            if (jobs.ContainsKey(runId))
            {
                return false;
            }

            jobs.Add(runId, Task.Run(() => RunAsync(runId, job)));
            return true;
        }
    }

    private async Task RunAsync(Guid runId, Func<Task> job)
    {
        try
        {
            await job();
        }
        catch (OperationCanceledException)
        {
            LogStopped(runId, "the program ends");
        }
        catch (Exception exception)
        {
            LogFailed(exception, runId);
        }
        finally
        {
            lock (jobs)
            {
                jobs.Remove(runId);
            }
        }
    }

    private async Task ImportAsync(Caller caller, ImportRunView run, CustomerSource source)
    {
        string? reason = null;
        try
        {
            var result = await import.RunAsync(caller, run, source, cancellationToken: ending.Token);
            reason = result.IsOk || result.Refusal.Code is CustomerImport.Stopped or CustomerImport.Elsewhere ? null : result.Refusal.Message;
        }
        catch (OperationCanceledException)
        {
            reason = "The program was ended. Choose the same file again to go on.";
        }
        catch (Exception exception)
        {
            LogFailed(exception, run.Id);
            reason = "The import failed; the log says why. Choose the same file again to go on.";
        }

        if (reason is not null)
        {
            await import.StopAsync(ServerItself, OperationKey.ForForm(), run.Id, reason);
        }
    }

    [LoggerMessage(LogLevel.Information, "Import {RunId} stopped: {Reason}")]
    private partial void LogStopped(Guid runId, string reason);

    [LoggerMessage(LogLevel.Error, "Import {RunId} failed")]
    private partial void LogFailed(Exception exception, Guid runId);
}
