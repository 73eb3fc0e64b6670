namespace StoreCreditAdmin.Features.SignIn;

/// <summary>Where the keys of cookies and links lie: beside the database file, for the owner's eyes only.</summary>
internal static class KeyFolder
{
    public static DirectoryInfo Beside(string databasePath)
    {
        var path = Path.Combine(Path.GetDirectoryName(databasePath)!, "keys");
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path);
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var folder = Directory.CreateDirectory(path, OwnerOnly);
        File.SetUnixFileMode(path, OwnerOnly);
        return folder;
    }
}
