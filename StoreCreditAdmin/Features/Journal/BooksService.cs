using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Journal;

/// <summary>How far the books of a store are locked.</summary>
/// <param name="LockedThrough">The last locked day; null while none is.</param>
/// <param name="Today">The date that it is in the store: the first day that cannot be locked yet.</param>
public sealed record BooksView(string Store, string StoreName, DateOnly? LockedThrough, DateOnly Today)
{
    internal static BooksView Of(Store store, DateTimeOffset now) => new(store.Code, store.Name, store.BooksLockedThrough, store.DateOf(now));
}

public sealed record LockBooksRequest
{
    public string? Store { get; init; }

    /// <summary>The last day to lock.</summary>
    public DateOnly? Through { get; init; }
}

/// <summary>Locks the books of a store: from then on no entry is dated on a locked day. A lock goes forward only and is never taken off (docs/decisions/0078-locked-books.md).</summary>
public sealed class BooksService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock)
{
    /// <summary>The books of every store, active or not: a store that is closed is accounted for to its end.</summary>
    public async Task<IReadOnlyList<BooksView>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ViewReports, cancellationToken);
        var stores = await db.Stores.AsNoTracking().OrderByDescending(store => store.IsDefault).ThenBy(store => store.Name).ThenBy(store => store.Code).ToListAsync(cancellationToken);
        return [.. stores.Select(store => BooksView.Of(store, clock.GetUtcNow()))];
    }

    public Task<Result<BooksView>> LockAsync(Caller caller, OperationKey key, LockBooksRequest request) =>
        gate.ExecuteAsync<BooksView>(new OperationRequest("books.lock", key, caller, Permission.KeepBooks), async write =>
        {
            var store = await FindStoreAsync(write.Db, request.Store);
            if (!store.IsOk)
            {
                return store.Refusal;
            }

            write.About(store.Value.Name, store.Value.Code);
            return LockRefusal(store.Value, request.Through, write.Now) is { } refusal ? refusal : Lock(write, store.Value, request.Through!.Value);
        });

    internal static async Task<Result<Store>> FindStoreAsync(StoreCreditDbContext db, string? code, CancellationToken cancellationToken = default) =>
        await db.Stores.SingleOrDefaultAsync(store => store.Code == code, cancellationToken) is { } store
            ? store
            : new Refusal("store-unknown", string.IsNullOrEmpty(code) ? "Choose a store." : $"There is no store '{Texts.Shortened(code)}'.", "store");

    /// <summary>Locks within a write, and says so in the audit where it changes anything.</summary>
    internal static BooksView Lock(WriteScope write, Store store, DateOnly through)
    {
        var before = store.BooksLockedThrough;
        store.LockBooks(through, write.Now);
        if (store.BooksLockedThrough != before)
        {
            write.Audit(store.Name, store.Code, oldValues: new { lockedThrough = before }, newValues: new { lockedThrough = store.BooksLockedThrough });
        }

        return BooksView.Of(store, write.Now);
    }

    internal static Refusal? NotOver(Store store, DateOnly day, DateTimeOffset now, string field)
    {
        var today = store.DateOf(now);
        return day >= today
            ? new Refusal("day-not-over", $"Only days that are over can be locked. In {store.Name} it is {today:yyyy-MM-dd}, so choose {today.AddDays(-1):yyyy-MM-dd} or earlier.", field)
            : null;
    }

    private static Refusal? LockRefusal(Store store, DateOnly? through, DateTimeOffset now) =>
        through is not { } day ? new Refusal(CatalogueRules.Invalid, "Choose the last day to lock.", "through")
        : NotOver(store, day, now, "through") is { } notOver ? notOver
        : day < store.BooksLockedThrough ? new Refusal("books-locked", $"The books are locked through {store.BooksLockedThrough:yyyy-MM-dd} already. A lock is never taken back.", "through")
        : null;
}
