using System.Globalization;
using System.IO.Compression;
using StoreCreditAdmin.Domain.Statements;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>
/// Where the files of many statements lie: for each batch the finished file, and while it is made a folder with what there is so far. For the owner's eyes only.
/// </summary>
public sealed class StatementFolder(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Path => path;

    public FileInfo FileOf(Guid batch, StatementBatchForm form) => new(System.IO.Path.Combine(path, $"{batch:N}.{(form == StatementBatchForm.Zip ? "zip" : "pdf")}"));

    /// <exception cref="IOException">The disk has no room, or the folder cannot be written.</exception>
    public async Task WritePartAsync(Guid batch, int position, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        // The outer one first: made together with the inner one, everybody could read it.
        Make(path);
        Make(PartsOf(batch));
        await File.WriteAllBytesAsync(System.IO.Path.Combine(PartsOf(batch), string.Create(CultureInfo.InvariantCulture, $"{position:000000}-{name}.pdf")), content, cancellationToken);
    }

    /// <summary>Removes the parts of accounts that were not noted as dealt with: they are made again.</summary>
    public void RemovePartsFrom(Guid batch, int position)
    {
        var first = position.ToString("000000", CultureInfo.InvariantCulture);
        foreach (var part in Parts(batch).Where(part => string.CompareOrdinal(part.Name[..first.Length], first) >= 0))
        {
            part.Delete();
        }
    }

    public int CountParts(Guid batch) => Parts(batch).Count();

    /// <summary>Puts the parts into the finished file and removes them. The file is there whole or not at all.</summary>
    /// <returns>Its size in bytes.</returns>
    public async Task<long> ZipPartsAsync(Guid batch, CancellationToken cancellationToken) => await FinishAsync(batch, StatementBatchForm.Zip, async output =>
    {
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var part in Parts(batch).OrderBy(part => part.Name, StringComparer.Ordinal))
        {
            await zip.CreateEntryFromFileAsync(part.FullName, part.Name, CompressionLevel.Fastest, cancellationToken);
        }
    });

    /// <inheritdoc cref="ZipPartsAsync"/>
    public async Task<long> FinishAsync(Guid batch, StatementBatchForm form, Func<Stream, Task> write)
    {
        Make(path);
        var file = FileOf(batch, form);
        var draft = file.FullName + ".part";
        try
        {
            await using (var output = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await write(output);
                output.Flush(flushToDisk: true);
            }

            File.Move(draft, file.FullName, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }

        RemoveParts(batch);
        file.Refresh();
        return file.Length;
    }

    public void Remove(Guid batch, StatementBatchForm form)
    {
        FileOf(batch, form).Delete();
        RemoveParts(batch);
    }

    private string PartsOf(Guid batch) => System.IO.Path.Combine(path, batch.ToString("N"));

    private IEnumerable<FileInfo> Parts(Guid batch) => new DirectoryInfo(PartsOf(batch)) is { Exists: true } parts ? parts.EnumerateFiles("*.pdf") : [];

    private void RemoveParts(Guid batch)
    {
        if (Directory.Exists(PartsOf(batch)))
        {
            Directory.Delete(PartsOf(batch), recursive: true);
        }
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }
}
