using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Import;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Import;

/// <summary>
/// Adds the customers of a checked file, in batches of one transaction each. An import that was stopped or killed goes on where it stopped when the same
/// file comes again with the same mapping; a file that was imported whole adds nothing more, since its customers are found.
/// </summary>
public sealed class CustomerImport(CommitGate gate)
{
    public const string Stopped = "import-stopped";

    public const string Elsewhere = "import-elsewhere";

    private const int RowsInABatch = AccountService.MaxBatch;

    private static readonly Refusal Moved = new(Elsewhere, "Somebody else goes on with this import. See its state below.");

    private static readonly Refusal NotFound = new("not-found", "There is no such import.");

    /// <summary>Enters the import in the list, or takes up the unfinished one of the same file and mapping.</summary>
    /// <param name="rows">As the check counted them.</param>
    public Task<Result<ImportRunView>> BeginAsync(Caller caller, OperationKey key, CustomerSource source, int rows) =>
        gate.ExecuteAsync<ImportRunView>(new OperationRequest("import.begin", key, caller, Permission.Import), async write =>
        {
            write.About(source.File.Name, null);
            var mapping = source.Mapping.Describe(source.Header);
            var run = await write.Db.ImportRuns
                .Where(one => one.FileHash == source.File.Hash && one.Mapping == mapping && (one.State == ImportState.Running || one.State == ImportState.Stopped))
                .OrderByDescending(one => one.Id)
                .FirstOrDefaultAsync();
            if (run is null)
            {
                run = new ImportRun(
                    write.NewId(),
                    new ImportSource(source.File.Name, source.File.Bytes, source.File.Hash, source.Format.Code, mapping, rows),
                    write.Actor,
                    write.Now);
                write.Db.ImportRuns.Add(run);
            }
            else
            {
                run.Resume(write.Now);
            }

            write.Audit(run.FileName, run.PublicId.ToString(), newValues: new { run.FileHash, run.Mapping, run.Rows, run.RowsDone });
            return ImportRunView.Of(run, write.Now);
        });

    /// <summary>Adds what the import has not dealt with yet.</summary>
    /// <param name="run">As <see cref="BeginAsync"/> answered it.</param>
    /// <exception cref="OperationCanceledException">What was committed before stays; the caller says with <see cref="StopAsync"/> why it ended.</exception>
    public async Task<Result<ImportRunView>> RunAsync(
        Caller caller, ImportRunView run, CustomerSource source, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var done = run.RowsDone;
        var batches = CustomerRows.ReadAsync(source, cancellationToken: cancellationToken).Skip(done).Chunk(RowsInABatch);
        await foreach (var rows in batches.WithCancellation(cancellationToken))
        {
            var batch = await AddAsync(caller, run, source.File, done, rows);
            if (!batch.IsOk)
            {
                return batch.Refusal;
            }

            done += rows.Length;
            progress?.Report(new ImportProgress((double)done / run.Rows, batch.Value));
        }

        return await FinishAsync(caller, run);
    }

    /// <summary>Stops an import after the batch that is under way. What it added stays.</summary>
    public Task<Result<ImportRunView>> StopAsync(Caller caller, OperationKey key, Guid runId, string reason) =>
        OnRunAsync("import.stop", caller, key, runId, (write, run) =>
        {
            if (run.State == ImportState.Running)
            {
                run.Stop(reason);
                Audit(write, run, reason);
            }

            return null;
        });

    private Task<Result<ImportRunView>> FinishAsync(Caller caller, ImportRunView begun) =>
        OnRunAsync("import.finish", caller, Key(begun, "end", begun.FileHash), begun.Id, (write, run) =>
        {
            if (NotOurs(run, begun) is { } refusal)
            {
                return refusal;
            }

            run.Finish(write.Now);
            Audit(write, run, null);
            return null;
        });

    private Task<Result<ImportCounts>> AddAsync(Caller caller, ImportRunView begun, ImportFile file, int rowsBefore, ReadRow[] rows) =>
        gate.ExecuteAsync<ImportCounts>(new OperationRequest(AccountService.Create, Key(begun, rowsBefore.ToString(CultureInfo.InvariantCulture), file.Hash), caller, Permission.Import), async write =>
        {
            var run = await write.Db.ImportRuns.SingleAsync(one => one.PublicId == begun.Id);
            write.About(run.FileName, run.PublicId.ToString());
            if (NotOurs(run, begun) is { } refusal)
            {
                return refusal;
            }

            CustomerRow[] customers = [.. rows.Select(row => row.Customer).OfType<CustomerRow>()];
            var matches = await CustomerMatches.LoadAsync(write.Db, customers);
            CustomerRow[] missing = [.. customers.Where(customer => !matches.IsThere(customer))];
            var added = await AccountService.AddManyAsync(write, [.. missing.Select(RequestFor)]);
            var made = added.Where(one => one.IsOk).Select(one => one.Value.Id).ToList();
            write.Db.ImportedAccounts.AddRange(made.Select(id => new ImportedAccount(run.Id, id)));
            run.Advance(rows.Length, made.Count, customers.Length - missing.Length, rows.Length - customers.Length + missing.Length - made.Count, write.Now);
            return new ImportCounts(run.RowsDone, run.Added, run.AlreadyThere, run.Wrong);
        });

    private Task<Result<ImportRunView>> OnRunAsync(string kind, Caller caller, OperationKey key, Guid runId, Func<WriteScope, ImportRun, Refusal?> deed) =>
        gate.ExecuteAsync<ImportRunView>(new OperationRequest(kind, key, caller, Permission.Import), async write =>
        {
            var run = await write.Db.ImportRuns.SingleOrDefaultAsync(one => one.PublicId == runId);
            if (run is null)
            {
                return NotFound;
            }

            write.About(run.FileName, run.PublicId.ToString());
            return deed(write, run) is { } refusal ? refusal : ImportRunView.Of(run, write.Now);
        });

    // Stopped, or begun again by another process that goes on from the same row.
    private static Refusal? NotOurs(ImportRun run, ImportRunView begun) =>
        run.State == ImportState.Stopped ? new Refusal(Stopped, run.StopReason ?? "The import was stopped.")
        : run.State != ImportState.Running || run.Attempt != begun.Attempt ? Moved
        : null;

    private static OperationKey Key(ImportRunView run, string part, string fileHash) =>
        new(string.Create(CultureInfo.InvariantCulture, $"import:{run.Id:N}:{run.Attempt}:{part}"), Convert.FromHexString(fileHash));

    private static CreateAccountRequest RequestFor(CustomerRow row) => new()
    {
        ExternalId = row.ExternalId,
        Name = row.Name,
        Kind = AccountView.NameOf(row.Kind),
        Email = row.Email,
        Phone = row.Phone,
    };

    private static void Audit(WriteScope write, ImportRun run, string? note) =>
        write.Audit(run.FileName, run.PublicId.ToString(), note: note, newValues: new { run.RowsDone, run.Added, run.AlreadyThere, run.Wrong });
}
