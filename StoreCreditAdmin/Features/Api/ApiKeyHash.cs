using System.Security.Cryptography;
using System.Text;

namespace StoreCreditAdmin.Features.Api;

/// <summary>The form in which a key is kept and looked up.</summary>
internal static class ApiKeyHash
{
    public static byte[] Of(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
