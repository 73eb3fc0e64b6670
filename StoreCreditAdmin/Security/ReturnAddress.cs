namespace StoreCreditAdmin.Security;

/// <summary>Where to go after signing in. Only addresses of this application are followed, so that no link can lead people elsewhere.</summary>
public static class ReturnAddress
{
    public const string Home = "/";

    /// <summary>The address itself when it is a path of this application, else <see cref="Home"/>.</summary>
    public static string LocalOrHome(string? address) => IsLocal(address) ? address! : Home;

    private static bool IsLocal(string? address) =>
        address is ['/', ..]
        && address is not ['/', '/' or '\\', ..]
        && !address.Any(char.IsControl);
}
