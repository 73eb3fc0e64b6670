using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Features.Import;

/// <summary>Finds customers that a file has twice. Keeps 20 bytes for each id and address, whatever their length.</summary>
public sealed class RepeatCheck
{
    private readonly Dictionary<UInt128, int> lines = [];

    /// <returns>A sentence when an earlier line has the same external id, or the same e-mail address where it may be only once.</returns>
    public string? Problem(CustomerRow row)
    {
        var sameId = row.ExternalId is { } id ? EarlierLine($"id {id}", row.Line) : null;
        var sameEmail = row.Email is { } email ? EarlierLine(EmailKey(row, Contact.EmailKeyOf(email)), row.Line) : null;
        return sameId is { } line ? string.Create(CultureInfo.InvariantCulture, $"Line {line} has the same external id. Keep one of the two.")
            : sameEmail is not { } other ? null
            : row.Kind == AccountKind.Person ? string.Create(CultureInfo.InvariantCulture, $"Line {other} has the same e-mail address. An address belongs to one person.")
            : string.Create(CultureInfo.InvariantCulture, $"Line {other} has the same company with the same e-mail address. Keep one of the two.");
    }

    // Contacts of companies may share an address; a company without an external id is known by address and name.
    private static string EmailKey(CustomerRow row, string email) =>
        row.Kind == AccountKind.Person ? $"person {email}"
        : row.ExternalId is not null ? $"company id {row.ExternalId}"
        : $"company {email} {row.Name.ToUpperInvariant()}";

    private int? EarlierLine(string key, int line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return lines.TryAdd(BitConverter.ToUInt128(hash), line) ? null : lines[BitConverter.ToUInt128(hash)];
    }
}
