using System.Globalization;
using System.IO.Compression;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A real year of a real shop: the invoices of <c>samples/online-retail/orders.csv.gz</c>, oldest first.</summary>
public static class OnlineRetail
{
    /// <param name="Pence">Above zero for orders and refunds alike.</param>
    /// <param name="Original">The order that a refund belongs to; null where nobody knows it.</param>
    public sealed record Invoice(string Number, DateTimeOffset At, string Customer, bool IsRefund, long Pence, string? Original);

    public static IReadOnlyList<Invoice> Read(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        _ = reader.ReadLine();
        var invoices = new List<Invoice>();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            var pence = long.Parse(fields[4].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            invoices.Add(new Invoice(
                fields[0],
                DateTimeOffset.Parse(fields[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                fields[2],
                fields[3] == "refund",
                Math.Abs(pence),
                fields[5].Length == 0 ? null : fields[5]));
        }

        return invoices;
    }
}
