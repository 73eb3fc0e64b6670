using System.Diagnostics;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A running <see cref="LedgerHost"/> and what it said so far.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process process;

    public HostProcess(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.ArgumentList.Add(typeof(LedgerHost).Assembly.Location);
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        process = Process.Start(start)!;
    }

    public HashSet<string> Tried { get; } = [];

    public HashSet<string> Acknowledged { get; } = [];

    /// <summary>Keys whose first answer came from another process.</summary>
    public HashSet<string> Repeated { get; } = [];

    public async Task<string?> ReadLineAsync()
    {
        var line = await process.StandardOutput.ReadLineAsync();
        switch (line?.Split(' '))
        {
            case ["try", var key]: Tried.Add(key); break;
            case ["ack", var key]: Acknowledged.Add(key); break;
            case ["again", var key]: Repeated.Add(key); break;
        }

        return line;
    }

    public async Task ReadToEndAsync()
    {
        while (await ReadLineAsync() is not null)
        {
        }

        await process.WaitForExitAsync();
    }

    public void Kill() => process.Kill();

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
