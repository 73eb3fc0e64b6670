using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace StoreCreditAdmin.Features.CustomerLinks;

/// <summary>What makes a customer's link theirs: 256 bits that nobody can guess, of which only the hash is kept.</summary>
internal static class CustomerLinkToken
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
