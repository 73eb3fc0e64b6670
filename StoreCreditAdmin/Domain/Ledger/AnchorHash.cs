using System.Buffers.Binary;
using System.Security.Cryptography;

namespace StoreCreditAdmin.Domain.Ledger;

/// <summary>
/// SHA-256 over a version byte, the hash of the anchor before, the moment, the head of every account that moved since then, in the order of accounts, and the count of entries.
/// A head stands for the account's whole chain, and the anchor before for the accounts that did not move, so it is a hash over all heads that costs what is new.
/// Every part has a fixed length. Ids that a database assigns are left out, as in <see cref="EntryHash"/>.
/// </summary>
public sealed class AnchorHash : IDisposable
{
    private const byte FormatVersion = 1;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="before">The hash of the anchor before; null for the first.</param>
    public AnchorHash(byte[]? before, DateOnly day, DateTimeOffset takenAt)
    {
        hash.AppendData([FormatVersion]);
        hash.AppendData(before ?? EntryHash.Genesis);
        Append(day.DayNumber);
        Append(takenAt.UtcTicks);
    }

    public void AddHead(Guid accountId, long sequence, ReadOnlySpan<byte> entryHash)
    {
        Span<byte> id = stackalloc byte[16];
        accountId.TryWriteBytes(id, bigEndian: true, out _);
        hash.AppendData(id);
        Append(sequence);
        hash.AppendData(entryHash);
    }

    public byte[] End(long entries)
    {
        Append(entries);
        return hash.GetHashAndReset();
    }

    public void Dispose() => hash.Dispose();

    private void Append(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
