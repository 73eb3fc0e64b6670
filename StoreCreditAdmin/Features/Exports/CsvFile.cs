using CsvHelper;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>
/// Writes CSV as RFC 4180 has it, in UTF-8 with a byte order mark, by which spreadsheets know the encoding. Rows are written as they are read, so any number of rows takes
/// the same memory.
/// </summary>
public static class CsvFile
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true };

    public static async Task WriteAsync<T>(Stream output, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken cancellationToken = default)
    {
        await using var csv = CsvWriter.Create(output, Options, leaveOpen: true);
        foreach (var column in columns)
        {
            csv.WriteField(column.Heading);
        }

        await csv.EndRecordAsync(cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            foreach (var column in columns)
            {
                csv.WriteField(column.CellOf(row).Text);
            }

            await csv.EndRecordAsync(cancellationToken);
        }
    }
}
