using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>
/// The real application in a process of its own, on a free port and a database file of its own. It can be stopped, killed and
/// started again on the same file and port.
/// </summary>
public sealed partial class RunningApp : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("storecredit-test-");
    private readonly Dictionary<string, string> environment;
    private readonly StringBuilder output = new();
    private readonly int port = FreePort();
    private Process? process;

    private RunningApp(IReadOnlyDictionary<string, string>? environment)
    {
        this.environment = new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__StoreCredit"] = $"Data Source={DatabasePath}",
            ["Sample__Data"] = "false",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            this.environment[name] = value;
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = BaseAddress };
    }

    public Uri BaseAddress => new($"http://127.0.0.1:{port}/");

    /// <summary>A client that knows the address, keeps cookies and does not follow redirects.</summary>
    public HttpClient Client { get; }

    public string DatabasePath => Path.Combine(folder.FullName, "storecredit.db");

    /// <summary>Everything the process has printed, over all its starts.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public int ProcessId => process?.Id ?? throw new InvalidOperationException("The application is not running.");

    /// <summary>Starts the application and waits until it answers.</summary>
    /// <remarks>Its tables are there already, since making them takes seconds; a start in production makes them itself.</remarks>
    /// <param name="environment">Settings as environment variables, e.g. <c>Section__Key</c>; they win over the defaults.</param>
    public static async Task<RunningApp> StartAsync(IReadOnlyDictionary<string, string>? environment = null)
    {
        var app = new RunningApp(environment);
        try
        {
            if (app.environment["ASPNETCORE_ENVIRONMENT"] != "Production")
                await File.WriteAllBytesAsync(app.DatabasePath, await TestDatabase.EmptyFileAsync());
            await app.StartAgainAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public static string SampleEmail(string role) => $"{role.ToLowerInvariant()}@example.com";

    /// <summary>A client on which the sample person of a role has signed in.</summary>
    public async Task<HttpClient> ClientOfAsync(string role)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = BaseAddress };
        using var answer = await PostFormAsync(client, "account/sign-in", "sign-in", new() { ["Use"] = SampleEmail(role) });
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"Signing in as {role} was answered with {answer.StatusCode}.");
        return client;
    }

    /// <summary>Opens a static page and posts its form, as a browser without scripts does.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(HttpClient client, string path, string handler, Dictionary<string, string> fields)
    {
        var page = await client.GetStringAsync(path);
        var token = AntiforgeryField().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(fields) { ["_handler"] = handler, ["__RequestVerificationToken"] = token });
        return await client.PostAsync(path, form);
    }

    /// <summary>Starts it after a stop or a kill, on the same port and the same database file.</summary>
    public async Task StartAgainAsync()
    {
        if (process is not null)
            throw new InvalidOperationException("The application is running already.");

        process = new Process { StartInfo = StartInfo("--urls", BaseAddress.ToString().TrimEnd('/'), "--contentRoot", Repository.AppFolder) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitUntilItAnswersAsync(process);
    }

    /// <summary>Runs a command of the program on the same database file, beside the application where it runs.</summary>
    public async Task<CommandOutput> RunCommandAsync(params string[] args)
    {
        using var command = StartCommand(args);
        var said = command.StandardOutput.ReadToEndAsync();
        var complained = command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        return new CommandOutput(command.ExitCode, await said, await complained);
    }

    /// <summary>Starts a command of the program on the same database file. Whoever started it reads what it says and ends it.</summary>
    public Process StartCommand(params string[] args) => Process.Start(StartInfo(args))!;

    /// <param name="input">Whether the command reads what is written to its standard input.</param>
    /// <inheritdoc cref="StartCommand(string[])"/>
    public Process StartCommand(bool input, params string[] args)
    {
        var start = StartInfo(args);
        start.RedirectStandardInput = input;
        return Process.Start(start)!;
    }

    /// <summary>A new API key, made by the command line.</summary>
    public async Task<string> CreateApiKeyAsync(string scopes)
    {
        var output = await RunCommandAsync("api-key", "create", "--name", "Tests " + scopes, "--scopes", scopes);
        return output.ExitCode == 0 ? output.Out.TrimEnd().Split('\n')[^1].Trim() : throw new InvalidOperationException(output.Error);
    }

    /// <summary>Asks it to end, as a service manager does, and waits for its exit.</summary>
    public async Task StopAsync()
    {
        if (process is null)
            return;
        if (OperatingSystem.IsWindows())
            process.Kill();
        else if (!process.HasExited)
            _ = SendSignal(process.Id, Sigterm);
        await WaitForExitAsync();
    }

    /// <summary>Ends it without a warning, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (process is null)
            return;
        process.Kill(entireProcessTree: true);
        await WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await KillAsync();
        folder.Delete(recursive: true);
    }

    private ProcessStartInfo StartInfo(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.AppAssembly, .. args])
        {
            WorkingDirectory = Repository.AppFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    private async Task WaitUntilItAnswersAsync(Process started)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            if (started.HasExited)
                throw new InvalidOperationException($"The application ended while starting:\n{Output}");
            try
            {
                using var answer = await Client.GetAsync("favicon.svg", limit.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The application did not answer within {StartLimit}:\n{Output}");
            }
        }
    }

    private async Task WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await process!.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process!.Kill(entireProcessTree: true);
            throw new TimeoutException($"The application did not stop within {StopLimit}:\n{Output}");
        }
        finally
        {
            process!.Dispose();
            process = null;
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.AppendLine(line);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryField();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private const int Sigterm = 15;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}

/// <summary>How a command of the program ended and what it said.</summary>
public sealed record CommandOutput(int ExitCode, string Out, string Error);
