using System.Security.Cryptography;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Import.Files;

namespace StoreCreditAdmin.Features.Import;

/// <summary>A file on the server's disk that is to be imported, and the SHA-256 of what is in it.</summary>
public sealed record ImportFile(string Path, string Name, long Bytes, string Hash)
{
    /// <summary>What the file is, as its first rows tell.</summary>
    /// <param name="FirstRows">A few rows, to recognise columns by.</param>
    public sealed record Inspection(FileHeader Header, ImportFormat Format, IReadOnlyList<CsvRow> FirstRows);

    private const int RowsToShow = 3;

    /// <summary>Takes a file that is on this machine.</summary>
    public static async Task<Result<ImportFile>> OpenAsync(string path, ImportOptions options, CancellationToken cancellationToken = default)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
        {
            return new Refusal("file-missing", $"There is no file {path}.", ImportFields.File);
        }

        if (options.RefusalFor(info.Length) is { } refusal)
        {
            return refusal;
        }

        await using var stream = info.OpenRead();
        var hash = await SHA256.HashDataAsync(stream, cancellationToken);
        return new ImportFile(info.FullName, info.Name, info.Length, Convert.ToHexStringLower(hash));
    }

    public FileStream Open() => new(Path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    /// <summary>Reads the header and recognises the format.</summary>
    public async Task<Result<Inspection>> InspectAsync(CancellationToken cancellationToken = default)
    {
        await using var stream = Open();
        try
        {
            await using var rows = CsvRows.ReadAsync(stream, cancellationToken).GetAsyncEnumerator(cancellationToken);
            if (!await rows.MoveNextAsync())
            {
                return new Refusal("file-invalid", "The file is empty. Choose another one.", ImportFields.File);
            }

            var header = FileHeader.Of(rows.Current.Cells);
            if (!header.IsOk)
            {
                return header.Refusal;
            }

            var first = new List<CsvRow>();
            while (first.Count < RowsToShow && await rows.MoveNextAsync())
            {
                first.Add(rows.Current);
            }

            return new Inspection(header.Value, ImportFormat.Recognise(header.Value), first);
        }
        catch (UnreadableFileException unreadable)
        {
            return Unreadable(unreadable);
        }
    }

    internal static Refusal Unreadable(UnreadableFileException exception) => new("file-invalid", exception.Message, ImportFields.File);
}
