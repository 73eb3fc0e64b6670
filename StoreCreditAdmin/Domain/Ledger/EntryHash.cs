using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>
/// The link of an account's hash chain: SHA-256 over a version byte, the hash before and the entry's fields, each in a length-prefixed binary form.
/// Ids that a database assigns are left out, so that the chain still verifies after a move to another database.
/// </summary>
public static class EntryHash
{
    public const int Length = 32;

    private const byte FormatVersion = 1;

    /// <summary>The hash before the first entry of an account.</summary>
    public static byte[] Genesis => new byte[Length];

    public static byte[] Of(LedgerEntry entry, Guid accountId, Guid operationId, Guid creditId, string? reasonCode, string? authorizationCode)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([FormatVersion]);
        Append(hash, entry.PreviousHash);
        Append(hash, accountId);
        Append(hash, entry.Sequence);
        Append(hash, entry.PublicId);
        Append(hash, operationId);
        Append(hash, creditId);
        Append(hash, entry.StoreId);
        Append(hash, entry.CurrencyCode);
        Append(hash, (long)entry.Kind);
        Append(hash, (long)entry.From);
        Append(hash, (long)entry.To);
        Append(hash, entry.AmountMinor);
        Append(hash, entry.RecordedAt.UtcTicks);
        Append(hash, entry.EffectiveOn.DayNumber);
        Append(hash, (long)entry.ActorKind);
        Append(hash, entry.ActorId);
        Append(hash, entry.ActorName);
        Append(hash, reasonCode);
        Append(hash, entry.Memo);
        Append(hash, entry.OrderNumber);
        Append(hash, entry.InvoiceNumber);
        Append(hash, authorizationCode);
        Append(hash, entry.AvailableAfter);
        Append(hash, entry.AccountAvailableAfter);
        Append(hash, entry.AccountAuthorizedAfter);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        Append(hash, bytes);
    }

    private static void Append(IncrementalHash hash, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Append(hash, bytes);
    }

    private static void Append(IncrementalHash hash, string? value)
    {
        if (value is null)
        {
            AppendLength(hash, -1);
        }
        else
        {
            Append(hash, Encoding.UTF8.GetBytes(value));
        }
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        AppendLength(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AppendLength(IncrementalHash hash, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        hash.AppendData(bytes);
    }
}
