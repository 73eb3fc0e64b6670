namespace StoreCreditAdmin.Components.Shared;

/// <summary>The address of an order's page. A number may hold any character, also those that mean something in an address.</summary>
public static class OrderAddress
{
    private const string ByQuery = "order?number=";

    public static string Of(string number) =>
        // Browsers take these for steps in a path, however they are written.
        number is "." or ".." ? ByQuery + number : "orders/" + Uri.EscapeDataString(number);

    /// <summary>The number in the address of an order's page.</summary>
    public static string NumberIn(string uri)
    {
        var address = new Uri(uri);
        var path = address.AbsolutePath;
        return path.EndsWith("/order", StringComparison.Ordinal) && address.Query.Length > 0
            ? Uri.UnescapeDataString(address.Query[(address.Query.IndexOf('=', StringComparison.Ordinal) + 1)..])
            : Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
