using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>Prints the link for the first administrator, once the application answers and as long as nobody is there.</summary>
internal sealed partial class SetUpAnnouncement(FirstSetUp setUp, IServer server, ILogger<SetUpAnnouncement> logger) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (await setUp.OpenAsync(cancellationToken) is { } path)
        {
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
            LogLink(Reachable(address) + path);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An address that stands for all of the machine's is no address to open.</summary>
    internal static string Reachable(string address) => address
        .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
        .Replace("[::]", "localhost", StringComparison.Ordinal)
        .Replace("//+", "//localhost", StringComparison.Ordinal)
        .Replace("//*", "//localhost", StringComparison.Ordinal)
        .TrimEnd('/');

    [LoggerMessage(LogLevel.Warning, "Nobody can sign in yet. Make the first administrator here; the link works once, until this process ends: {Link}")]
    private partial void LogLink(string link);
}
