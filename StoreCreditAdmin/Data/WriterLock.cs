namespace StoreCreditAdmin.Data;

/// <summary>
/// The one gate that every commit passes: one at a time in this process, and one at a time among the processes that share the database file.
/// SQLite polls a busy lock for long, and the bundled version can lose a WAL reset when two connections write or checkpoint at once.
/// </summary>
public sealed class WriterLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2);

    private readonly SemaphoreSlim inProcess = new(1, 1);
    private readonly FileStream? betweenProcesses;

    /// <param name="databasePath">The database file; null for a database that no other process shares.</param>
    public WriterLock(string? databasePath)
    {
        if (databasePath is not null)
        {
            betweenProcesses = new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
    }

    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken = default)
    {
        await inProcess.WaitAsync(cancellationToken);
        try
        {
            while (!TryLockFile())
            {
                await Task.Delay(PollInterval, cancellationToken);
            }
        }
        catch
        {
            inProcess.Release();
            throw;
        }

        return new Held(this);
    }

    public void Dispose()
    {
        betweenProcesses?.Dispose();
        inProcess.Dispose();
    }

    private bool TryLockFile()
    {
        if (betweenProcesses is null || OperatingSystem.IsMacOS())
        {
            return true;
        }

        try
        {
            betweenProcesses.Lock(0, 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Leave()
    {
        if (betweenProcesses is not null && !OperatingSystem.IsMacOS())
        {
            betweenProcesses.Unlock(0, 1);
        }

        inProcess.Release();
    }

    private sealed class Held(WriterLock writerLock) : IDisposable
    {
        private WriterLock? held = writerLock;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Leave();
    }
}
