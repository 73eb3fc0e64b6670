using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>
/// The application inside the test's process, on an empty database of its own, for tests that look at how it is put together. What people and shops see of it is
/// tested on a <see cref="RunningApp"/>.
/// </summary>
internal sealed class InnerApp : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("storecredit-inner-").FullName;
    private readonly WebApplicationFactory<Program> factory;
    private readonly End end = new();

    public InnerApp(string environment)
    {
        factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment(environment)
            .UseSetting("ConnectionStrings:StoreCredit", ConnectionString)
            .ConfigureTestServices(services => services.AddSingleton<IHostLifetime>(_ => end)));
    }

    public IServiceProvider Services => factory.Services;

    private string ConnectionString => $"Data Source={Path.Combine(folder, "storecredit.db")}";

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        await end.Reached.WaitAsync(EndLimit);
        using (var pooled = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(pooled);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// Program.cs runs on a thread of its own and disposes the services too, as soon as the application stops; the factory, when it comes second, returns while the
    /// first still closes the database. This one is made before all services of the application, so it is disposed after them, by whichever comes first.
    /// </summary>
    private sealed class End : IHostLifetime, IDisposable
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => reached.Task;

        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => reached.TrySetResult();
    }
}
