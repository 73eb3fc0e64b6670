using System.Net;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Messages;

namespace StoreCreditAdmin.Features.Webhooks;

/// <summary>The rules for a webhook's address. Where a name leads is looked at each time anew, when it is connected to.</summary>
internal static class WebhookAddress
{
    private const string Field = "url";

    public static Result<string> Check(string? text, bool allowPrivate)
    {
        var typed = Texts.Clean(text);
        if (typed is null)
        {
            return No("Write the address that shall get the messages.");
        }

        if (typed.Any(char.IsControl) || !Uri.TryCreate(typed, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
        {
            return No("Write the whole address, such as https://shop.example/credit-messages.");
        }

        if (url.UserInfo.Length > 0)
        {
            return No("Leave the name and the password out of the address. The receiver knows a message by its signature.");
        }

        if (!allowPrivate && url.Scheme != "https")
        {
            return No("Write an address that begins with https://. Messages do not travel unencrypted.");
        }

        if (!allowPrivate && LeadsNowherePublic(url))
        {
            return No("This address leads to this machine or into a private network, which is refused.");
        }

        var address = new UriBuilder(url) { Fragment = "" }.Uri.AbsoluteUri;
        return Texts.TooLong((address, Field, Webhook.MaxUrlLength)) is { } tooLong ? tooLong : Result<string>.Of(address);
    }

    /// <summary>As people tell receivers apart, without what may be a secret in it: <c>shop.example/credit-messages</c>.</summary>
    public static string Shown(string address) => new Uri(address) is var url ? url.Authority + url.AbsolutePath.TrimEnd('/') : address;

    private static bool LeadsNowherePublic(Uri url) =>
        url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
            ? !PublicAddress.Is(IPAddress.Parse(url.DnsSafeHost))
            : url.IdnHost.TrimEnd('.') is var host && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));

    private static Refusal No(string message) => new("webhook-address-invalid", message, Field);
}
