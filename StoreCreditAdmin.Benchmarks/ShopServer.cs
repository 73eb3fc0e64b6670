using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>The application in a process of its own, as it is in production, with an empty database below the folder for temporary files and a key for everything.</summary>
internal sealed class ShopServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("storecredit-benchmark-").FullName;
    private readonly Process process;

    private ShopServer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        listener.Stop();
        process = Run("--urls", address);
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = new Uri(address + "/api/v1/") };
    }

    public HttpClient Client { get; }

    private string Path => System.IO.Path.Combine(folder, "storecredit.db");

    public static async Task<ShopServer> StartAsync()
    {
        var server = new ShopServer();
        try
        {
            await server.WaitUntilReadyAsync();
            using var command = server.Run("api-key", "create", "--name", "Benchmark", "--scopes", "read,credits,checkout");
            var said = await command.StandardOutput.ReadToEndAsync();
            await command.WaitForExitAsync();
            server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", said.TrimEnd().Split('\n')[^1].Trim());
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Posts under a key of its own and demands that it succeeds.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await Client.SendAsync(request);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode ? json : throw new InvalidOperationException($"{path}: {json}");
    }

    /// <summary>The file as it is now, in another place on the same disk.</summary>
    public async Task<string> CopyAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        await connection.OpenAsync();
        await using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await checkpoint.ExecuteNonQueryAsync();
        var copy = System.IO.Path.Combine(folder, "control.db");
        File.Copy(Path, copy);
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Process Run(params string[] args)
    {
        var assembly = System.IO.Path.Combine(AppContext.BaseDirectory, "StoreCreditAdmin.dll");
        var start = new ProcessStartInfo("dotnet", [assembly, .. args]) { WorkingDirectory = AppContext.BaseDirectory, RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["ConnectionStrings__StoreCredit"] = $"Data Source={Path}";
        return Process.Start(start)!;
    }

    private async Task WaitUntilReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < StartLimit && !process.HasExited)
        {
            try
            {
                using var answer = await Client.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("The application did not answer.");
    }
}
