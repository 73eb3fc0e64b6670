using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace StoreCreditAdmin.Features.Webhooks;

/// <summary>Makes the secrets that sign messages, and keeps them readable for this application alone.</summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Mark = "scw_";
    private const int SecretBytes = 32;

    private readonly IDataProtector protector = protection.CreateProtector("webhook.secret");

    public static string New() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public string Protect(string secret) => protector.Protect(secret);

    /// <returns>Null where the keys that it was protected with are gone.</returns>
    public string? Read(string protectedSecret)
    {
        try
        {
            return protector.Unprotect(protectedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
