using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>
/// A real mail server on loopback that keeps each mail as a file. Addresses that begin with "nobody" it refuses for good, those with "later" for now; after the mail to
/// one that begins with "drop" it hangs up without an answer, and to one that begins with "slow" it never answers.
/// </summary>
public sealed class MailServer : IAsyncDisposable
{
    /// <summary>Debian's, which has the package; other Pythons on the path may not.</summary>
    private const string Python = "/usr/bin/python3";

    private const string Program =
        """
        import asyncio, os, sys
        from aiosmtpd.controller import Controller

        class Box:
            count = 0

            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("nobody"):
                    return "550 5.1.1 There is no such address"
                if address.startswith("later"):
                    return "451 4.3.0 Come back later"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                Box.count += 1
                name = os.path.join(sys.argv[1], "%06d" % Box.count)
                with open(name + ".part", "wb") as file:
                    file.write(envelope.content)
                os.rename(name + ".part", name + ".eml")
                if envelope.rcpt_tos[0].startswith("drop"):
                    server.transport.abort()
                    return "250 OK"
                if envelope.rcpt_tos[0].startswith("slow"):
                    await asyncio.sleep(60)
                return "250 OK"

        controller = Controller(Box(), hostname="127.0.0.1", port=int(sys.argv[2]))
        controller.start()
        print("ready", flush=True)
        sys.stdin.read()
        controller.stop()
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("storecredit-smtp-");
    private readonly Process process;

    private MailServer(int port)
    {
        Port = port;
        var start = new ProcessStartInfo(Python) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "-c", Program, folder.FullName, port.ToString(System.Globalization.CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
    }

    public int Port { get; }

    public static async Task<MailServer> StartAsync()
    {
        var server = new MailServer(FreePort());
        var ready = await server.process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return ready == "ready" ? server : throw new InvalidOperationException("The mail server did not start. It needs Debian's package python3-aiosmtpd.");
    }

    /// <summary>What came, in the order in which it came.</summary>
    public IReadOnlyList<string> Received() => [.. folder.GetFiles("*.eml").OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => File.ReadAllText(file.FullName))];

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
