namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Where things lie in the working copy that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string AppFolder { get; } = Path.Combine(Root, "StoreCreditAdmin");

    public static string SampleCustomers { get; } = Path.Combine(Root, "samples", "online-retail", "customers.csv");

    public static string RetailOrders { get; } = Path.Combine(Root, "samples", "online-retail", "orders.csv.gz");

    /// <summary>The application's own build output, of the same configuration as the tests.</summary>
    public static string AppAssembly { get; } = Path.Combine(
        AppFolder, Path.GetRelativePath(Path.Combine(Root, "StoreCreditAdmin.Tests"), AppContext.BaseDirectory), "StoreCreditAdmin.dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "StoreCreditAdmin.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests must run inside the working copy.");
    }
}
