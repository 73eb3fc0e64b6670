namespace StoreCreditAdmin.Components.Shared;

/// <summary>The address of an invoice's page. A number may hold any character, also those that mean something in an address.</summary>
public static class InvoiceAddress
{
    private const string ByQuery = "invoice?number=";

    // Browsers take these for steps in a path, however they are written.
    public static string Of(string number) => number is "." or ".." ? ByQuery + number : "invoices/" + Uri.EscapeDataString(number);

    /// <summary>The number in the address of an invoice's page.</summary>
    public static string NumberIn(string uri)
    {
        var address = new Uri(uri);
        var (path, query) = (address.AbsolutePath, address.Query);
        var written = path.EndsWith("/invoice", StringComparison.Ordinal) ? query[(query.IndexOf('=', StringComparison.Ordinal) + 1)..] : path[(path.LastIndexOf('/') + 1)..];
        return Uri.UnescapeDataString(written);
    }
}
