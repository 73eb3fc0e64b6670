using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>Statements of many accounts at once: asked for, watched, stopped, gone on with and fetched.</summary>
public sealed class StatementBatchService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, StatementBatchJobs jobs, StatementFolder folder, TimeProvider clock)
{
    private const string Begin = "statements.begin";
    private const string Cancel = "statements.cancel";
    private const string Continue = "statements.continue";

    private static readonly Refusal NotFound = new("not-found", "There are no such statements.");

    /// <summary>Enters it in the list and sets to work.</summary>
    public async Task<Result<StatementBatchView>> BeginAsync(Caller caller, OperationKey key, StatementBatchRequest request)
    {
        var begun = await gate.ExecuteAsync<StatementBatchView>(new OperationRequest(Begin, key, caller, Permission.ViewReports), async write =>
        {
            var store = await StatementService.FindStoreAsync(write.Db, request.Statement.Store, CancellationToken.None);
            if (!store.IsOk)
            {
                return store.Refusal;
            }

            write.About(store.Value.Name, store.Value.Code);
            var currency = request.Statement.Currency is null ? store.Value.Currency : CatalogueLookups.FindCurrency(request.Statement.Currency);
            var period = StatementPeriod.Of(request.Statement.From, request.Statement.To, store.Value.DateOf(write.Now));
            var query = Texts.Clean(request.Query);
            if ((currency.Refusal ?? period.Refusal ?? Texts.TooLong((query, "query", StatementBatch.MaxQueryLength)) ?? Texts.NotOneLine(query, "query")) is { } refusal)
            {
                return refusal;
            }

            var terms = new StatementBatchTerms
            {
                From = period.Value.From,
                To = period.Value.To,
                CurrencyCode = currency.Value.Code,
                Accounts = request.Accounts,
                Query = query,
                ForCustomer = request.Statement.ForCustomer,
                Form = request.Form,
                Paper = request.Paper.ToString(),
                Culture = CultureInfo.GetCultureInfo(request.Culture).Name,
            };
            var batch = new StatementBatch(write.NewId(), store.Value.Id, terms, write.Actor, write.Now);
            write.Db.StatementBatches.Add(batch);
            write.Audit(store.Value.Name, batch.PublicId.ToString(), newValues: terms);
            return StatementBatchView.Of(batch, store.Value.Code, write.Now);
        });
        if (begun is { IsOk: true, Replayed: false })
        {
            jobs.Start(begun.Value.Id, begun.Value.Attempt);
        }

        return begun;
    }

    /// <summary>Stops it after what it is at. What was made stays, and it can go on.</summary>
    public Task<Result<StatementBatchView>> CancelAsync(Caller caller, OperationKey key, Guid id) => ChangeAsync(Cancel, caller, key, id, (write, batch) =>
    {
        if (batch.State is StatementBatchState.Running or StatementBatchState.Waiting)
        {
            batch.Cancel(write.Now);
        }
    });

    public Task<Result<StatementBatchView>> GoOnAsync(Caller caller, OperationKey key, Guid id) => GoOnAsync(caller, key, id, batch => batch.CanGoOn);

    /// <summary>Goes on with what nobody is at work on, unless somebody stopped it or went on with it since it was seen so.</summary>
    internal Task<Result<StatementBatchView>> TakeUpAsync(Caller caller, StatementBatch seen) =>
        GoOnAsync(caller, OperationKey.ForForm(), seen.PublicId, batch => (batch.State, batch.Attempt) == (seen.State, seen.Attempt));

    private async Task<Result<StatementBatchView>> GoOnAsync(Caller caller, OperationKey key, Guid id, Func<StatementBatch, bool> mayGoOn)
    {
        var goesOn = false;
        var went = await ChangeAsync(Continue, caller, key, id, (write, batch) =>
        {
            goesOn = mayGoOn(batch);
            if (goesOn)
            {
                batch.GoOn(fromStart: batch.Terms.Form == StatementBatchForm.Pdf, write.Now);
            }
        });
        if (goesOn && went.IsOk)
        {
            jobs.Start(id, went.Value.Attempt);
        }

        return went;
    }

    /// <summary>Newest first.</summary>
    public async Task<Page<StatementBatchView>> ListAsync(Caller caller, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var batches = await WithStore(db).OrderByDescending(one => one.Batch.Id).Skip(page.Skip).Take(page.Rows).ToListAsync(cancellationToken);
        return new Page<StatementBatchView>(
            [.. batches.Select(one => StatementBatchView.Of(one.Batch, one.Store, clock.GetUtcNow()))], await db.StatementBatches.CountAsync(cancellationToken));
    }

    /// <summary>All of them, one after the other, for files.</summary>
    public async IAsyncEnumerable<StatementBatchView> ReadAllAsync(Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        await foreach (var one in WithStore(db).OrderByDescending(one => one.Batch.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return StatementBatchView.Of(one.Batch, one.Store, clock.GetUtcNow());
        }
    }

    /// <summary>Null when there is none.</summary>
    public async Task<StatementBatchView?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var found = await WithStore(db).SingleOrDefaultAsync(one => one.Batch.PublicId == id, cancellationToken);
        return found is null ? null : StatementBatchView.Of(found.Batch, found.Store, clock.GetUtcNow());
    }

    /// <summary>The finished file, while it is kept.</summary>
    public async Task<FileInfo?> FindFileAsync(Caller caller, Guid id, CancellationToken cancellationToken = default) =>
        await FindAsync(caller, id, cancellationToken) is { FileUntil: not null } batch && folder.FileOf(batch.Id, batch.Form) is { Exists: true } file ? file : null;

    private static IQueryable<Listed> WithStore(StoreCreditDbContext db) =>
        db.StatementBatches.AsNoTracking().Select(batch => new Listed { Batch = batch, Store = db.Stores.Where(store => store.Id == batch.StoreId).Select(store => store.Code).First() });

    private Task<Result<StatementBatchView>> ChangeAsync(string kind, Caller caller, OperationKey key, Guid id, Action<WriteScope, StatementBatch> change) =>
        gate.ExecuteAsync<StatementBatchView>(new OperationRequest(kind, key, caller, Permission.ViewReports), async write =>
        {
            var batch = await write.Db.StatementBatches.SingleOrDefaultAsync(one => one.PublicId == id);
            if (batch is null)
            {
                return NotFound;
            }

            var store = await write.Db.Stores.AsNoTracking().SingleAsync(one => one.Id == batch.StoreId);
            write.About(store.Name, id.ToString());
            change(write, batch);
            write.Audit(store.Name, id.ToString(), newValues: new { batch.Done, batch.Made });
            return StatementBatchView.Of(batch, store.Code, write.Now);
        });

    private sealed class Listed
    {
        public required StatementBatch Batch { get; init; }

        public required string Store { get; init; }
    }
}
