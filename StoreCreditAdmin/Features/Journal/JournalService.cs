using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Journal;

/// <summary>Exports the journal of a store for good: one range after the other, without a gap. An exported range is locked and gives the same files for ever.</summary>
public sealed class JournalService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    private const int Tries = 3;

    public async Task<Result<JournalDesk>> DeskAsync(Caller caller, string? storeCode, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var found = await BooksService.FindStoreAsync(db, storeCode, cancellationToken);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var store = found.Value;
        var state = await JournalRules.StateAsync(db, store, clock.GetUtcNow(), cancellationToken);
        var from = state.ExportedThrough?.AddDays(1) ?? state.FirstEntryOn;
        var monthEnd = from?.StartOfMonth().AddMonths(1).AddDays(-1);
        var yesterday = state.Today.AddDays(-1);
        var to = monthEnd <= yesterday ? monthEnd : from <= yesterday ? yesterday : null;
        return new JournalDesk(BooksView.Of(store, clock.GetUtcNow()), state.FirstEntryOn, state.ExportedThrough, to is null ? null : from, to);
    }

    public async Task<Result<JournalPreview>> PreviewAsync(Caller caller, JournalRequest request, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var scope = await JournalRules.ScopeAsync(db, request, clock.GetUtcNow(), cancellationToken);
        if (!scope.IsOk)
        {
            return scope.Refusal;
        }

        var (store, from, to) = (scope.Value.Store, scope.Value.From, scope.Value.To);
        var exportedAs = await db.JournalExports.AsNoTracking().SingleOrDefaultAsync(export => export.StoreId == store.Id && export.From == from && export.To == to, cancellationToken);
        var mapping = await db.LatestMappingAsync(cancellationToken);
        var today = store.DateOf(clock.GetUtcNow());
        var totals = await new JournalReader(db, scope.Value, mapping.Mapping).TotalsAsync(cancellationToken);
        return new JournalPreview
        {
            Store = store.Code,
            From = from,
            To = to,
            Entries = totals.Entries,
            Accounts = [.. totals.Accounts.Select(JournalAccountLine.Of)],
            MappingNumber = mapping.Number,
            UnbookedExpiries = await db.Credits.CountAsync(
                credit => credit.Buckets.Available > 0 && credit.ExpiresOn != null && credit.ExpiresOn <= to && credit.ExpiresOn < today && credit.StoreId == store.Id
                    && credit.InvalidatedAt == null && credit.DeletedAt == null,
                cancellationToken),
            NotExportable = await JournalRules.RefusalAsync(db, scope.Value, clock.GetUtcNow(), cancellationToken),
            ExportedAs = exportedAs?.PublicId,
        };
    }

    /// <summary>A file of a range that marks nothing and locks nothing.</summary>
    public async Task<Result<JournalDownload>> DraftAsync(Caller caller, JournalRequest request, JournalLayout layout, JournalFormat format, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var scope = await JournalRules.ScopeAsync(db, request, clock.GetUtcNow(), cancellationToken);
        if (!scope.IsOk)
        {
            return scope.Refusal;
        }

        var mapping = await db.LatestMappingAsync(cancellationToken);
        var anchor = await LedgerAnchors.LastAsync(db, cancellationToken);
        var head = HeadOf(scope.Value, layout, mapping.Number, null, anchor?.Hash);
        return new JournalDownload(contexts, scope.Value, mapping.Mapping, head, format, null);
    }

    /// <summary>A file of an exported range, the same as ever. Breaks off where it is not.</summary>
    public async Task<Result<JournalDownload>> OpenAsync(Caller caller, Guid exportId, JournalLayout layout, JournalFormat format, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var export = await db.JournalExports.AsNoTracking().Include(one => one.Store).SingleOrDefaultAsync(one => one.PublicId == exportId, cancellationToken);
        if (export is null)
        {
            return new Refusal("not-found", "There is no such export.");
        }

        var mapping = await db.AccountMappings.AsNoTracking().SingleAsync(version => version.Number == export.MappingNumber, cancellationToken);
        var scope = new JournalScope(export.Store, export.From, export.To, null, export.LastEntryId ?? 0);
        var file = export.Files.Single(one => one.Layout == layout && one.Format == format);
        return new JournalDownload(contexts, scope, mapping.Mapping, HeadOf(scope, layout, mapping.Number, export.PublicId, export.AnchorHash), format, file);
    }

    public async Task<Page<JournalExportView>> ListAsync(Caller caller, string? storeCode, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var exports = db.JournalExports.AsNoTracking().Where(export => storeCode == null || export.Store.Code == storeCode);
        var total = await exports.CountAsync(cancellationToken);
        var rows = await exports.Include(export => export.Store).OrderByDescending(export => export.From).ThenByDescending(export => export.Id)
            .Skip(page.Skip).Take(page.Rows).ToListAsync(cancellationToken);
        return new Page<JournalExportView>([.. rows.Select(export => JournalExportView.Of(export, export.Store.Code))], total);
    }

    /// <summary>All exports of a store, or of all stores, one after the other, for files.</summary>
    public async IAsyncEnumerable<JournalExportView> ReadAllAsync(Caller caller, string? storeCode, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var exports = db.JournalExports.AsNoTracking().Where(export => storeCode == null || export.Store.Code == storeCode)
            .Include(export => export.Store).OrderByDescending(export => export.From).ThenByDescending(export => export.Id);
        await foreach (var export in exports.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return JournalExportView.Of(export, export.Store.Code);
        }
    }

    /// <summary>
    /// Exports a range with all its currencies, and locks the books through its end. The files are made first, outside the write, since that takes a while; the write sees to it that
    /// nothing came in between.
    /// </summary>
    public async Task<Result<JournalExportView>> ExportAsync(Caller caller, OperationKey key, JournalRequest request, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var prepared = await PrepareAsync(caller, request, cancellationToken);
            var answer = await gate.ExecuteAsync<JournalExportView>(
                new OperationRequest("journal.export", attempt == 1 ? key : key with { Key = $"{key.Key}:{attempt}" }, caller, Permission.KeepBooks), write => ExportAsync(write, request, prepared));
            if (answer.Refusal?.Code != JournalRules.Moved.Code || attempt == Tries)
            {
                return answer;
            }
        }
    }

    private static async Task<Result<JournalExportView>> ExportAsync(WriteScope write, JournalRequest request, Prepared? prepared)
    {
        var scope = await JournalRules.ScopeAsync(write.Db, request, write.Now, CancellationToken.None);
        if (!scope.IsOk)
        {
            return scope.Refusal;
        }

        var store = scope.Value.Store;
        write.About(store.Name, store.Code);
        if (await JournalRules.RefusalAsync(write.Db, scope.Value, write.Now, CancellationToken.None) is { } refusal)
        {
            return refusal;
        }

        var (entries, last) = await CountAsync(write.Db, scope.Value, CancellationToken.None);
        var mapping = await write.Db.LatestMappingAsync(CancellationToken.None);
        if (prepared is null || prepared.Content.Entries != entries || prepared.Content.LastEntryId != last || prepared.MappingNumber != mapping.Number)
        {
            return JournalRules.Moved;
        }

        var export = new JournalExport(prepared.Id, store, scope.Value.From, scope.Value.To, prepared.Content, mapping.Number, write.Actor, write.Now);
        write.Db.JournalExports.Add(export);
        var view = JournalExportView.Of(export, store.Code);
        write.Audit(store.Name, store.Code, newValues: new { view.Id, view.From, view.To, view.Entries, view.MappingNumber, files = view.Files.Select(file => $"{file.Layout} {file.Format}: {file.Sha256}") });
        BooksService.Lock(write, store, scope.Value.To);
        return view;
    }

    /// <summary>Makes the files to hash them. Null where the range cannot be exported, which the write says.</summary>
    private async Task<Prepared?> PrepareAsync(Caller caller, JournalRequest request, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginReadAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (await CallerCheck.RefusalAsync(db, caller, Permission.KeepBooks, cancellationToken) is not null
            || await JournalRules.ScopeAsync(db, request, now, cancellationToken) is not { IsOk: true, Value: var scope }
            || await JournalRules.RefusalAsync(db, scope, now, cancellationToken) is not null)
        {
            return null;
        }

        var mapping = await db.LatestMappingAsync(cancellationToken);
        var (entries, last) = await CountAsync(db, scope, cancellationToken);
        scope = scope with { LastEntryId = last ?? 0 };
        var reader = new JournalReader(db, scope, mapping.Mapping);
        var totals = await reader.TotalsAsync(cancellationToken);
        var anchor = await LedgerAnchors.LastAsync(db, cancellationToken);
        var id = Guid.CreateVersion7(now);
        var files = new List<JournalFile>();
        foreach (var layout in Enum.GetValues<JournalLayout>())
        {
            foreach (var format in Enum.GetValues<JournalFormat>())
            {
                await using var hash = new HashingStream();
                var head = HeadOf(scope, layout, mapping.Number, id, anchor?.Hash);
                await JournalFileWriter.WriteAsync(hash, format, head, totals, reader.ReadAsync(layout, cancellationToken), cancellationToken);
                files.Add(new JournalFile(layout, format, hash.Count, hash.End()));
            }
        }

        var headHash = last is null ? null : await db.LedgerEntries.Where(entry => entry.Id == last).Select(entry => entry.Hash).SingleAsync(cancellationToken);
        return new Prepared(id, mapping.Number, new JournalContent(entries, last, headHash, anchor?.Hash, totals.Accounts, files));
    }

    private static async Task<(long Entries, long? LastId)> CountAsync(StoreCreditDbContext db, JournalScope scope, CancellationToken cancellationToken)
    {
        var entries = scope.Of(db);
        return (await entries.LongCountAsync(cancellationToken), await entries.MaxAsync(entry => (long?)entry.Id, cancellationToken));
    }

    private static JournalHead HeadOf(JournalScope scope, JournalLayout layout, int mappingNumber, Guid? exportId, byte[]? anchor) => new(
        scope.Store.Code, scope.From, scope.To, scope.Currency, layout, mappingNumber, exportId, anchor is null ? null : Convert.ToHexStringLower(anchor));

    private sealed record Prepared(Guid Id, int MappingNumber, JournalContent Content);
}
