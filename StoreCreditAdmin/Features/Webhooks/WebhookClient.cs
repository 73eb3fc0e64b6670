using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace StoreCreditAdmin.Features.Webhooks;

/// <summary>
/// Posts to receivers that nobody here knows: follows no redirect, connects to no private address whatever name leads there, waits only so long, and reads no
/// more of an answer than an error's sentence needs.
/// </summary>
public sealed class WebhookClient : IDisposable
{
    public const string IdHeader = "StoreCredit-Message-Id";
    public const string KindHeader = "StoreCredit-Message-Kind";

    private const int MaxAnswerBytes = 1024;
    private const int MaxAnswerShown = 200;
    private const int MaxHeaderKilobytes = 16;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly WebhookOptions options;
    private readonly HttpClient client;

    public WebhookClient(IOptions<WebhookOptions> options)
    {
        this.options = options.Value;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            ConnectCallback = ConnectAsync,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("StoreCreditAdmin", null));
    }

    /// <returns>Null when the receiver took it; otherwise a sentence that says what went wrong.</returns>
    public async Task<string?> PostAsync(Uri url, Guid messageId, string kind, byte[] body, string signature, CancellationToken cancellationToken)
    {
        if (url.Scheme != "https" && !options.AllowPrivateAddresses)
        {
            return "The address begins with http://. Messages do not travel unencrypted.";
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json, "utf-8");
        request.Headers.Add(IdHeader, messageId.ToString());
        request.Headers.Add(KindHeader, kind);
        request.Headers.Add(WebhookSignature.Header, signature);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return response.IsSuccessStatusCode ? null : await DescribeAsync(response, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"No answer within {options.Timeout.TotalSeconds:0.##} seconds.");
        }
        catch (HttpRequestException exception)
        {
            return Describe(exception);
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>Looks at what a name leads to now, and connects to just that, so that no second look can lead elsewhere.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = options.AllowPrivateAddresses ? found : [.. found.Where(PublicAddress.Is)];
        if (allowed.Length == 0)
        {
            throw found.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new PrivateAddressException(found[0]);
        }

        for (var number = 0; ; number++)
        {
            var socket = new Socket(allowed[number].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(allowed[number], context.DnsEndPoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (number < allowed.Length - 1)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"The receiver answered {(int)response.StatusCode}");
        if ((int)response.StatusCode is >= 300 and < 400)
        {
            return status + ", a redirect. Redirects are not followed: give the webhook the final address.";
        }

        var said = await BeginningAsync(response, cancellationToken);
        return said.Length == 0 ? status + "." : $"{status}: {said}";
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxAnswerBytes];
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status says enough.
        }

        var words = Encoding.UTF8.GetString(buffer, 0, length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Concat(word.Where(character => !char.IsControl(character) && !char.IsSurrogate(character) && character != '\uFFFD')))
            .Where(word => word.Length > 0);
        return Texts.Shortened(string.Join(' ', words), MaxAnswerShown);
    }

    private static string Describe(HttpRequestException exception) => exception switch
    {
        { InnerException: PrivateAddressException refused } => refused.Message,
        { HttpRequestError: HttpRequestError.NameResolutionError } or { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } =>
            "There is no such host.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            $"No secure connection: {exception.InnerException?.Message ?? exception.Message}",
        { InnerException: SocketException socket } => $"No connection: {socket.Message}.",
        { HttpRequestError: HttpRequestError.ConnectionError } => $"No connection: {exception.Message}",
        _ => $"The answer could not be read: {exception.Message}",
    };

    private sealed class PrivateAddressException(IPAddress address)
        : IOException($"The address leads to {address}, which is this machine or in a private network. That is refused.");
}
