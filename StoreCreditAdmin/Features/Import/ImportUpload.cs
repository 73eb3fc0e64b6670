using System.Security.Cryptography;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Import;

/// <summary>A file that a person sent from a browser, on the server's disk until it is disposed.</summary>
public sealed class ImportUpload : IAsyncDisposable
{
    private const int PieceLength = 64 * 1024;

    private readonly FileStream copy;

    private ImportUpload(FileStream copy, ImportFile file)
    {
        this.copy = copy;
        File = file;
    }

    public ImportFile File { get; }

    /// <param name="bytes">What the browser says that it will send.</param>
    /// <param name="received">Told how many bytes have come.</param>
    public static async Task<Result<ImportUpload>> ReceiveAsync(
        Stream source, string name, long bytes, ImportOptions options, Action<long>? received = null, CancellationToken cancellationToken = default)
    {
        if (options.RefusalFor(bytes) is { } refusal)
        {
            return refusal;
        }

        var copy = TemporaryFile.Create();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var piece = new byte[PieceLength];
            long total = 0;
            int count;
            while ((count = await source.ReadAsync(piece, cancellationToken)) > 0)
            {
                hash.AppendData(piece, 0, count);
                await copy.WriteAsync(piece.AsMemory(0, count), cancellationToken);
                total += count;
                received?.Invoke(total);
            }

            await copy.FlushAsync(cancellationToken);
            return new ImportUpload(copy, new ImportFile(copy.Name, name, total, Convert.ToHexStringLower(hash.GetHashAndReset())));
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => copy.DisposeAsync();
}
