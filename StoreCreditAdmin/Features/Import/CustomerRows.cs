using System.Runtime.CompilerServices;
using StoreCreditAdmin.Features.Import.Files;

namespace StoreCreditAdmin.Features.Import;

/// <summary>A row that was read: its customer, or why there is none.</summary>
public readonly record struct ReadRow(CustomerRow? Customer, RowProblem? Problem);

/// <summary>What a file gives, by its mapping.</summary>
public sealed record CustomerSource(ImportFile File, FileHeader Header, ImportFormat Format, ColumnMapping Mapping);

/// <summary>The customers of a file in its order, each checked by itself and against those before it.</summary>
internal static class CustomerRows
{
    /// <param name="read">Told how many bytes of the file were read so far.</param>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be read.</exception>
    public static async IAsyncEnumerable<ReadRow> ReadAsync(
        CustomerSource source, Action<long>? read = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var stream = source.File.Open();
        var reader = new CustomerRowReader(source.Header, source.Mapping);
        var repeats = new RepeatCheck();
        var inHeader = true;
        await foreach (var row in CsvRows.ReadAsync(stream, cancellationToken))
        {
            if (inHeader)
            {
                inHeader = false;
                continue;
            }

            read?.Invoke(stream.Position);
            var (customer, problem) = reader.Read(row);
            yield return customer is not null && repeats.Problem(customer) is { } repeated
                ? new ReadRow(null, new RowProblem(customer.Line, customer.Name, repeated))
                : new ReadRow(customer, problem);
        }
    }
}
