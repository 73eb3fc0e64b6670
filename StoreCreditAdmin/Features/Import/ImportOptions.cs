using System.Globalization;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Import;

/// <summary>Limits of imports: the settings <c>Import:MaxMegabytes</c> and <c>Import:MaxRows</c>.</summary>
public sealed class ImportOptions
{
    public const string Section = "Import";

    private const long BytesPerMegabyte = 1024 * 1024;

    /// <summary>The largest file, in MB of 1,048,576 bytes.</summary>
    public int MaxMegabytes { get; set; } = 50;

    public int MaxRows { get; set; } = 500_000;

    public long MaxBytes => MaxMegabytes * BytesPerMegabyte;

    /// <summary>Why a file of this size is not taken; known before it is read.</summary>
    public Refusal? RefusalFor(long bytes) =>
        bytes == 0 ? new Refusal("file-invalid", "The file is empty. Choose another one.", ImportFields.File)
        : bytes > MaxBytes ? new Refusal(
            "file-too-large",
            string.Create(CultureInfo.InvariantCulture, $"The file has {Math.Ceiling((double)bytes / BytesPerMegabyte)} MB; at most {MaxMegabytes} MB are taken. Split it, and give each part the header."),
            ImportFields.File)
        : null;
}
