using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.CustomerLinks;

/// <summary>What customers see of their own account.</summary>
/// <param name="IsPaused">True while the account is on hold. Why is for staff.</param>
/// <param name="Balances">By store, then currency; those without anything are left out.</param>
public sealed record CustomerView(string Name, bool IsPaused, IReadOnlyList<CustomerBalance> Balances, Page<EntryView> History, bool HasSeveralStores, IReadOnlyDictionary<string, string> StoreNames);

/// <param name="StoreName">Null where there is only one store.</param>
public sealed record CustomerBalance(string? StoreName, BalanceItem Balance);

/// <summary>
/// Opens customers' links. A link that was never made, one that was revoked and one that has expired are the same here: one look by the hash finds nothing.
/// </summary>
public sealed class CustomerViews(
    IDbContextFactory<StoreCreditDbContext> contexts, WriterLock writerLock, AccountDetails accounts, AccountEntries entries, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>When it was last opened is kept to the minute, so that nobody makes work for the writer by opening it again and again.</summary>
    private static readonly TimeSpan OpenedPrecision = TimeSpan.FromMinutes(1);

    private static readonly EntryFilter InTheirWords = new() { ForCustomer = true };
    private static readonly Caller Customer = Caller.Job("customer view");

    /// <param name="page">Counts from 1.</param>
    /// <returns>Null when the link does not work.</returns>
    public async Task<CustomerView?> OpenAsync(string token, int page, CancellationToken cancellationToken = default)
    {
        var hash = CustomerLinkToken.HashOf(token);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var link = await db.CustomerLinks.Where(one => one.TokenHash == hash && one.RevokedAt == null && one.ExpiresAt > now)
            .Select(one => new { one.Id, one.LastOpenedAt, Account = one.Account.PublicId, one.Account.Name, OnHold = one.Account.HeldSince != null })
            .SingleOrDefaultAsync(cancellationToken);
        if (link is null)
        {
            return null;
        }

        if (link.LastOpenedAt is null || now - link.LastOpenedAt >= OpenedPrecision)
        {
            await NoteOpenedAsync(link.Id, now, cancellationToken);
        }

        var account = link.Account.ToString();
        var balances = (await accounts.BalanceAsync(Customer, account, new BalanceQuery(), cancellationToken)).Value.Items;
        var skip = (int)Math.Min((Math.Max(page, 1) - 1L) * PageSize, int.MaxValue);
        var history = (await entries.ListAsync(Customer, account, InTheirWords, new PageRequest(skip, PageSize), cancellationToken)).Value;
        var stores = await db.Stores.AsNoTracking().Select(store => new { store.Code, store.Name }).ToDictionaryAsync(store => store.Code, store => store.Name, cancellationToken);
        return new CustomerView(
            link.Name,
            link.OnHold,
            [
                .. balances.Where(balance => balance.Available.Minor > 0 || balance.Authorized.Minor > 0)
                    .Select(balance => new CustomerBalance(stores.Count > 1 ? stores[balance.Store] : null, balance)),
            ],
            history,
            stores.Count > 1,
            stores);
    }

    private async Task NoteOpenedAsync(long id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var held = await writerLock.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.CustomerLinks.Where(link => link.Id == id).ExecuteUpdateAsync(change => change.SetProperty(link => link.LastOpenedAt, now), cancellationToken);
    }
}
