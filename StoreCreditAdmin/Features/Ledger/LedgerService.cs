using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary>
/// The only writer of entries, credits' money, balances and authorizations. Works inside a <see cref="CommitGate"/> write, so the account is locked:
/// loads the wallet, lets it decide, and adds what it made to the write.
/// </summary>
public static class LedgerService
{
    private static readonly Func<StoreCreditDbContext, long, int, string, Task<AccountBalance?>> FindBalance = EF.CompileAsyncQuery((StoreCreditDbContext db, long account, int store, string currency) =>
        db.AccountBalances.SingleOrDefault(balance => balance.AccountId == account && balance.StoreId == store && balance.CurrencyCode == currency));

    private static readonly Func<StoreCreditDbContext, long, int, string, IAsyncEnumerable<Credit>> LiveCredits = EF.CompileAsyncQuery((StoreCreditDbContext db, long account, int store, string currency) =>
        db.Credits.Include(credit => credit.Type)
            .Where(credit => credit.AccountId == account && credit.StoreId == store && credit.CurrencyCode == currency)
            .Where(credit => credit.Buckets.Available > 0 || credit.Buckets.Authorized > 0));

    /// <summary>
    /// Loads the account's wallet in one store and currency: every credit that has value available or authorized, and those named.
    /// Where there are none, those that expired or were invalidated, so that the wallet can say why it has nothing.
    /// </summary>
    /// <param name="also">Credits that the command touches though they may be empty, as those that a refund goes back to.</param>
    public static Task<Wallet> LoadWalletAsync(this WriteScope write, Account account, Store store, Currency currency, IReadOnlyCollection<long>? also = null) =>
        write.Db.LoadWalletAsync(account, store, currency, also);

    /// <summary>As for a write, in a context that is never saved: for a rehearsal of what a write would do.</summary>
    public static async Task<Wallet> LoadWalletAsync(this StoreCreditDbContext db, Account account, Store store, Currency currency, IReadOnlyCollection<long>? also = null)
    {
        var named = also ?? [];
        var credits = await LiveCredits(db, account.Id, store.Id, currency.Code).ToListAsync();
        if (named.Any(id => credits.TrueForAll(credit => credit.Id != id)))
        {
            credits.AddRange(await db.Credits
                .Include(credit => credit.Type)
                .Where(credit => credit.AccountId == account.Id && credit.StoreId == store.Id && credit.CurrencyCode == currency.Code)
                .Where(credit => named.Contains(credit.Id) && credit.Buckets.Available == 0 && credit.Buckets.Authorized == 0)
                .ToListAsync());
        }

        if (credits.Count == 0)
        {
            credits = await db.Credits
                .Include(credit => credit.Type)
                .Where(credit => credit.AccountId == account.Id && credit.StoreId == store.Id && credit.CurrencyCode == currency.Code)
                .Where(credit => credit.Buckets.Expired > 0 || credit.InvalidatedAt != null)
                .ToListAsync();
        }

        return await OpenWalletAsync(db, account, store, currency, credits);
    }

    /// <summary>The wallet with no credits in it but those given: enough to issue, or to change one credit.</summary>
    public static Task<Wallet> OpenWalletAsync(this WriteScope write, Account account, Store store, Currency currency, params IReadOnlyList<Credit> credits) =>
        OpenWalletAsync(write.Db, account, store, currency, credits);

    public static Posting Posting(this WriteScope write, Store store, EntryDetails? details = null) =>
        new(write.Operation, write.Actor, store.MomentAt(write.Now), details ?? EntryDetails.None, write.NewId);

    /// <summary>The posting of a rehearsal: its operation is of no one and is never kept.</summary>
    public static Posting Rehearsal(Actor actor, Store store, DateTimeOffset now)
    {
        var operation = new Operation(Guid.CreateVersion7(now), "rehearsal", "", [], actor, now);
        return new Posting(operation, actor, store.MomentAt(now), EntryDetails.None, () => Guid.CreateVersion7(now));
    }

    /// <summary>Adds what the wallet's commands made to the write.</summary>
    public static void Record(this WriteScope write, Wallet wallet)
    {
        if (wallet.Entries.Count == 0)
        {
            return;
        }

        write.Db.Credits.AddRange(wallet.Entries.Select(entry => entry.Credit).Where(credit => credit.Id == 0));
        write.Db.Authorizations.AddRange(wallet.Entries.Select(entry => entry.Authorization).OfType<Authorization>().Where(authorization => authorization.Id == 0));
        foreach (var entry in wallet.Entries)
        {
            write.Db.Append(entry);
        }

        write.Changed(wallet);
    }

    /// <summary>All that was authorized for an order, with lines and their credits.</summary>
    /// <remarks>The lines in a query of their own: joined to the left of lines that are themselves joined, the database would read all lines there are.</remarks>
    public static Task<List<Authorization>> AuthorizationsOfOrderAsync(this StoreCreditDbContext db, string orderNumber, Store store, Currency currency) => db.Authorizations
        .Include(authorization => authorization.Lines).ThenInclude(line => line.Credit).ThenInclude(credit => credit.Type)
        .Include(authorization => authorization.Account)
        .Include(authorization => authorization.Contact)
        .Where(authorization => authorization.OrderNumber == orderNumber && authorization.StoreId == store.Id && authorization.CurrencyCode == currency.Code)
        .OrderBy(authorization => authorization.Id)
        .AsSplitQuery()
        .ToListAsync();

    /// <summary>All that was authorized for an invoice, with lines and their credits.</summary>
    public static Task<List<Authorization>> AuthorizationsOfInvoiceAsync(this StoreCreditDbContext db, string invoiceNumber, Store store, Currency currency) => db.Authorizations
        .Include(authorization => authorization.Lines).ThenInclude(line => line.Credit).ThenInclude(credit => credit.Type)
        .Include(authorization => authorization.Account)
        .Include(authorization => authorization.Contact)
        .Where(authorization => authorization.InvoiceNumber == invoiceNumber && authorization.StoreId == store.Id && authorization.CurrencyCode == currency.Code)
        .OrderBy(authorization => authorization.Id)
        .AsSplitQuery()
        .ToListAsync();

    public static Task<Authorization?> FindAuthorizationAsync(this StoreCreditDbContext db, string code) => db.Authorizations
        .Include(authorization => authorization.Lines).ThenInclude(line => line.Credit).ThenInclude(credit => credit.Type)
        .Include(authorization => authorization.Account)
        .Include(authorization => authorization.Store)
        .Include(authorization => authorization.Contact)
        .AsSplitQuery()
        .SingleOrDefaultAsync(authorization => authorization.Code == code);

    private static async Task<Wallet> OpenWalletAsync(StoreCreditDbContext db, Account account, Store store, Currency currency, IReadOnlyList<Credit> credits)
    {
        var balance = db.AccountBalances.Local.FindEntryUntyped([account.Id, store.Id, currency.Code])?.Entity
            ?? await FindBalance(db, account.Id, store.Id, currency.Code);
        if (balance is null)
        {
            balance = new AccountBalance(account, store, currency);
            db.AccountBalances.Add(balance);
        }

        return new Wallet(account, store, currency, balance, credits);
    }
}
