using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Import;

/// <summary>The imports there were, newest first.</summary>
public sealed class ImportRuns(IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    public async Task<Page<ImportRunView>> ListAsync(Caller caller, PageRequest page, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.Import, cancellationToken);
        var runs = await db.ImportRuns.AsNoTracking().OrderByDescending(run => run.Id).Skip(page.Skip).Take(page.Rows).ToListAsync(cancellationToken);
        return new Page<ImportRunView>([.. runs.Select(run => ImportRunView.Of(run, clock.GetUtcNow()))], await db.ImportRuns.CountAsync(cancellationToken));
    }

    /// <summary>All of them, one after the other, for files.</summary>
    public async IAsyncEnumerable<ImportRunView> ReadAllAsync(Caller caller, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.Import, cancellationToken);
        await foreach (var run in db.ImportRuns.AsNoTracking().OrderByDescending(run => run.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return ImportRunView.Of(run, clock.GetUtcNow());
        }
    }

    /// <summary>Null when there is no such import.</summary>
    public async Task<ImportRunView?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.Import, cancellationToken);
        var run = await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(one => one.PublicId == id, cancellationToken);
        return run is null ? null : ImportRunView.Of(run, clock.GetUtcNow());
    }
}
