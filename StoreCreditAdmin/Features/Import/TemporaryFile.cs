namespace StoreCreditAdmin.Features.Import;

/// <summary>A file that only this process reads and that goes when it is disposed.</summary>
internal static class TemporaryFile
{
    private const int BufferLength = 64 * 1024;

    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            BufferSize = BufferLength,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), $"storecredit-import-{Guid.NewGuid():N}"), options);
    }
}
