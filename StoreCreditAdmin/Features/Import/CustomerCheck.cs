using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Import.Files;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Import;

/// <summary>How many rows are new, already there, and wrong.</summary>
public readonly record struct ImportCounts(int Rows, int New, int AlreadyThere, int Wrong);

/// <summary>How far a check or an import is.</summary>
/// <param name="Share">Of the file, from 0 to 1.</param>
public readonly record struct ImportProgress(double Share, ImportCounts Counts);

/// <summary>The dry run: every row is read and compared with the accounts that are there. Nothing is written.</summary>
public sealed class CustomerCheck(IDbContextFactory<StoreCreditDbContext> contexts, ImportOptions options)
{
    private const int RowsAtATime = 500;

    /// <param name="onProblem">Gets every wrong row, in the order of the file.</param>
    public async Task<Result<ImportCounts>> RunAsync(
        Caller caller,
        CustomerSource source,
        Func<RowProblem, ValueTask> onProblem,
        IProgress<ImportProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.Import, cancellationToken);
        if (source.Mapping.Refusal() is { } unmapped)
        {
            return unmapped;
        }

        var counts = default(ImportCounts);
        long bytes = 0;
        try
        {
            await foreach (var rows in CustomerRows.ReadAsync(source, position => bytes = position, cancellationToken).Chunk(RowsAtATime).WithCancellation(cancellationToken))
            {
                counts = await CountAsync(db, rows, counts, onProblem, cancellationToken);
                if (counts.Rows > options.MaxRows)
                {
                    return new Refusal(
                        "file-too-large",
                        string.Create(CultureInfo.InvariantCulture, $"The file has more than {options.MaxRows:N0} rows. Split it, and give each part the header."),
                        ImportFields.File);
                }

                progress?.Report(new ImportProgress((double)bytes / source.File.Bytes, counts));
            }
        }
        catch (UnreadableFileException unreadable)
        {
            return ImportFile.Unreadable(unreadable);
        }

        return counts.Rows == 0
            ? new Refusal("file-invalid", "The file has a header but no rows. Choose another one.", ImportFields.File)
            : counts;
    }

    private static async Task<ImportCounts> CountAsync(
        StoreCreditDbContext db, ReadRow[] rows, ImportCounts counts, Func<RowProblem, ValueTask> onProblem, CancellationToken cancellationToken)
    {
        var matches = await CustomerMatches.LoadAsync(db, [.. rows.Select(row => row.Customer).OfType<CustomerRow>()], cancellationToken);
        foreach (var (customer, wrong) in rows)
        {
            var isThere = customer is not null && matches.IsThere(customer);
            var problem = wrong
                ?? (!isThere && matches.Problem(customer!) is { } message ? new RowProblem(customer!.Line, customer.Name, message) : null);
            if (problem is not null)
            {
                await onProblem(problem);
            }

            counts = counts with
            {
                Rows = counts.Rows + 1,
                New = counts.New + (problem is null && !isThere ? 1 : 0),
                AlreadyThere = counts.AlreadyThere + (isThere ? 1 : 0),
                Wrong = counts.Wrong + (problem is null ? 0 : 1),
            };
        }

        return counts;
    }
}
