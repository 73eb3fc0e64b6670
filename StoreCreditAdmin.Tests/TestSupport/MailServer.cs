using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>
/// A real mail server on loopback that keeps each mail as a file. Addresses that begin with "nobody" it refuses for good, those with "later" for now, those with "again"
/// for now the first time, and to "locked" it says that nobody signed in. After the mail to one that begins with "drop" it hangs up without an answer, and to one that
/// begins with "slow" it never answers, nor to the first that begins with "hold".
/// </summary>
public sealed class MailServer : IAsyncDisposable
{
    /// <summary>Debian's, which has the package; other Pythons on the path may not.</summary>
    private const string Python = "/usr/bin/python3";

    private const string Program =
        """
        import asyncio, os, socket, sys
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import SMTP

        class Prompt(SMTP):
            def data_received(self, data):
                # A client that sends a mail in pieces waits with the second until the first is acknowledged, which a machine puts off for 40 ms.
                self.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
                super().data_received(data)

        class PromptController(Controller):
            def factory(self):
                return Prompt(self.handler, **self.SMTP_kwargs)

        class Box:
            count = 0
            seen = set()

            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("nobody"):
                    return "550 5.1.1 There is no such address"
                if address.startswith("later"):
                    return "451 4.3.0 Come back later"
                if address.startswith("locked"):
                    return "530 5.7.0 Sign in first"
                if address.startswith("again") and address not in Box.seen:
                    Box.seen.add(address)
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
                address = envelope.rcpt_tos[0]
                if address.startswith("slow") or (address.startswith("hold") and address not in Box.seen):
                    Box.seen.add(address)
                    await asyncio.sleep(60)
                return "250 OK"

        controller = PromptController(Box(), hostname="127.0.0.1", port=int(sys.argv[2]))
        controller.start()
        print("ready", flush=True)
        sys.stdin.read()
        controller.stop()
        """;

    /// <summary>Reads mails with another program than the one that wrote them.</summary>
    private const string Reader =
        """
        import base64, email, glob, json, os, re, sys
        from email import policy
        from email.header import decode_header, make_header

        def read(path):
            raw = open(path, "rb").read()
            mail = email.message_from_bytes(raw, policy=policy.default)
            headers = [(name.lower(), str(make_header(decode_header(re.sub(r"\r?\n(?=[ \t])", "", value))))) for name, value in email.message_from_bytes(raw).items()]
            parts = [part for part in mail.walk() if not part.is_multipart()]
            def body(kind):
                return next((part.get_content() for part in parts if part.get_content_type() == kind and not part.is_attachment()), None)
            return {
                "headers": dict(headers),
                "headerCount": len(headers),
                "types": [part.get_content_type() for part in mail.walk()],
                "defects": [str(defect) for part in mail.walk() for defect in part.defects],
                "text": body("text/plain"), "html": body("text/html"),
                "files": [{"name": part.get_filename(), "type": part.get_content_type(), "content": base64.b64encode(part.get_content()).decode()} for part in parts if part.is_attachment()],
                "longestLine": max(len(line) for line in raw.split(b"\r\n")), "isAscii": raw.isascii(),
            }

        print(json.dumps([read(path) for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.eml")))]))
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

    public int Count => folder.GetFiles("*.eml").Length;

    /// <summary>What came, as a reader's program takes it apart.</summary>
    public Task<IReadOnlyList<ReceivedMail>> ReadAsync() => ReadAsync(folder.FullName);

    /// <inheritdoc cref="ReadAsync()"/>
    /// <param name="folder">Of <c>.eml</c> files.</param>
    public static async Task<IReadOnlyList<ReceivedMail>> ReadAsync(string folder)
    {
        using var reader = Process.Start(new ProcessStartInfo(Python, ["-c", Reader, folder]) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 })!;
        var said = await reader.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return JsonSerializer.Deserialize<List<ReceivedMail>>(said, JsonSerializerOptions.Web)!;
    }

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

/// <summary>A mail as its reader has it.</summary>
/// <param name="Headers">By name in small letters, decoded.</param>
/// <param name="HeaderCount">With those that come twice.</param>
/// <param name="Types">Of all parts, from the outside in.</param>
/// <param name="Defects">What a strict reader finds wrong.</param>
/// <param name="LongestLine">In octets, without its end.</param>
public sealed record ReceivedMail(
    IReadOnlyDictionary<string, string> Headers,
    int HeaderCount,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> Defects,
    string Text,
    string Html,
    IReadOnlyList<ReceivedFile> Files,
    int LongestLine,
    bool IsAscii)
{
    public string To => Headers["to"];

    public string Subject => Headers["subject"];
}

public sealed record ReceivedFile(string Name, string Type, byte[] Content);
