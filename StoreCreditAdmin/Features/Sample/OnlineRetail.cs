using System.Globalization;
using System.IO.Compression;
using StoreCreditAdmin.Features.Import.Files;

namespace StoreCreditAdmin.Features.Sample;

/// <summary>A real shop's year with invented customers, as <c>samples/online-retail</c> has it beside the program.</summary>
internal static class OnlineRetail
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "samples", "online-retail");

    public sealed record Customer(string Name, string Email);

    /// <param name="Amount">Pounds, above zero for orders and refunds alike.</param>
    /// <param name="Original">The order that a refund belongs to; null where nobody knows it.</param>
    public sealed record Invoice(string Number, DateTimeOffset At, string Customer, bool IsRefund, string Amount, string? Original);

    /// <summary>Oldest first.</summary>
    public static async Task<List<Invoice>> InvoicesAsync()
    {
        await using var file = new GZipStream(File.OpenRead(Path.Combine(Folder, "orders.csv.gz")), CompressionMode.Decompress);
        return await RowsAsync(file, cell => new Invoice(
            cell("invoice_no"),
            DateTimeOffset.Parse(cell("invoice_date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            cell("customer_id"),
            cell("kind") == "refund",
            cell("total_gbp").TrimStart('-'),
            cell("original_invoice_no") is { Length: > 0 } original ? original : null));
    }

    /// <summary>By customer number.</summary>
    public static async Task<Dictionary<string, Customer>> CustomersAsync()
    {
        await using var file = File.OpenRead(Path.Combine(Folder, "customers.csv"));
        return (await RowsAsync(file, cell => (Id: cell("customer_id"), Customer: new Customer(cell("display_name"), cell("email"))))).ToDictionary(row => row.Id, row => row.Customer);
    }

    private static async Task<List<T>> RowsAsync<T>(Stream file, Func<Func<string, string>, T> read)
    {
        List<string>? header = null;
        var rows = new List<T>();
        await foreach (var row in CsvRows.ReadAsync(file))
        {
            if (header is null)
            {
                header = [.. row.Cells];
            }
            else
            {
                rows.Add(read(name => row.Cells[header.IndexOf(name)]));
            }
        }

        return rows;
    }
}
