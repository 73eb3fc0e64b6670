using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StoreCreditAdmin.Features.Webhooks;

/// <summary>
/// How a receiver knows that a message is ours and of now: <c>t=SECONDS,v1=HEX</c>, where HEX is the HMAC-SHA256 of <c>SECONDS.BODY</c> under the secret's own
/// characters. While a secret is being changed there is one <c>v1</c> for each of the two.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "StoreCredit-Signature";

    public static string Of(DateTimeOffset at, ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds + "."), .. body];
        return string.Join(',', secrets.Select(secret => "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))).Prepend("t=" + seconds));
    }
}
