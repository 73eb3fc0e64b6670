using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>
/// Writes the statements of the month that is over to the accounts that ask for them, one for each store and currency in which an account had a balance or a movement.
/// A month is over by the store's calendar. How far it came is kept in the same write, so nobody is written to twice; only the month before is made up for.
/// </summary>
public sealed class MonthlyStatements(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock) : IDueJob
{
    private const int AccountsInOneCommit = 200;

    private static readonly Caller Writing = Caller.Job("monthly-statements");

    public string Name => "monthly-statements";

    public string Title => "Write monthly statements";

    public string Purpose => "On the first day of a month by the store's calendar, writes the statements of the month before to the accounts that ask for them by e-mail.";

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Accounts.AnyAsync(account => account.StatementsSince != null, cancellationToken))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var stores = await db.Stores.AsNoTracking().ToListAsync(cancellationToken);
        var finished = await db.StatementMailRuns.Where(run => run.IsFinished).GroupBy(run => run.StoreId)
            .Select(runs => new { StoreId = runs.Key, Month = runs.Max(run => run.Month) }).ToDictionaryAsync(run => run.StoreId, run => run.Month, cancellationToken);
        return stores.Select(store =>
        {
            var over = MonthOver(store, now);
            var isDone = finished.TryGetValue(store.Id, out var last) && last >= over;
            return (DateTimeOffset?)store.StartOf(over.AddMonths(isDone ? 2 : 1));
        }).Min();
    }

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        var written = 0;
        foreach (var (storeId, month) in await OpenAsync(cancellationToken))
        {
            while (await PlaceAsync(storeId, month) is { } after)
            {
                cancellationToken.ThrowIfCancellationRequested();
                written += await WriteAsync(storeId, month, after);
            }
        }

        return JobReport.Of(written, "1 statement was written.", "{0} statements were written.");
    }

    /// <summary>The first day of the month before the one in which the store is.</summary>
    internal static DateOnly MonthOver(Store store, DateTimeOffset now) => store.DateOf(now).StartOfMonth().AddMonths(-1);

    private async Task<List<(int StoreId, DateOnly Month)>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return [.. (await db.Stores.AsNoTracking().OrderBy(store => store.Id).ToListAsync(cancellationToken)).Select(store => (store.Id, MonthOver(store, now)))];
    }

    /// <returns>The account after which the month goes on; null once it is finished.</returns>
    private async Task<long?> PlaceAsync(int storeId, DateOnly month)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var run = await db.StatementMailRuns.AsNoTracking().SingleOrDefaultAsync(one => one.StoreId == storeId && one.Month == month);
        return run is null ? 0 : run.IsFinished ? null : run.LastAccountId;
    }

    private async Task<int> WriteAsync(int storeId, DateOnly month, long after)
    {
        var key = OperationKey.ForJob(string.Create(CultureInfo.InvariantCulture, $"monthly-statements:{storeId}:{month:yyyy-MM}:{after}"));
        var written = await gate.ExecuteAsync<Written>(new OperationRequest("statements.write", key, Writing, Permission.RunJobs), async write =>
        {
            var store = await write.Db.Stores.SingleAsync(one => one.Id == storeId);
            write.About(store.Name, store.Code);
            var run = await write.Db.StatementMailRuns.SingleOrDefaultAsync(one => one.StoreId == storeId && one.Month == month)
                ?? write.Db.StatementMailRuns.Add(new StatementMailRun(store, month)).Entity;
            var isMailed = (await write.Db.ReadMailSettingsAsync()).IsOn(MailKind.MonthlyStatement);
            var asking = isMailed ? await AskingAsync(write.Db, store.StartOf(month.AddMonths(1)), after) : [];
            if (asking.Count > 0)
            {
                run.Advance(asking[^1].Id);
            }

            if (asking.Count < AccountsInOneCommit)
            {
                run.Finish();
            }

            return new Written(await WriteAsync(write, store, month, asking));
        });
        return written.Replayed ? 0 : written.Value.Count;
    }

    /// <summary>Those who asked before the month was over, so that nobody gets a statement of the time before they asked.</summary>
    private static Task<List<Account>> AskingAsync(StoreCreditDbContext db, DateTimeOffset over, long after) =>
        db.Accounts.Where(account => account.StatementsSince < over && account.Id > after).OrderBy(account => account.Id).Take(AccountsInOneCommit).ToListAsync();

    private static async Task<int> WriteAsync(WriteScope write, Store store, DateOnly month, List<Account> asking)
    {
        var byId = asking.ToDictionary(account => account.Id);
        var contacts = await write.Db.ReadMailContactsAsync(byId.Keys);
        var written = 0;
        foreach (var (accountId, currency, availableMinor, closingMinor) in await ToldAsync(write.Db, byId.Keys, store.Id, month))
        {
            var account = byId[accountId];
            var occasion = string.Create(CultureInfo.InvariantCulture, $"{MailNames.Of(MailKind.MonthlyStatement)}:{accountId}:{store.Id}:{currency.Code}:{month:yyyy-MM}");
            var fields = MailOccasions.Fields(account, store, new MailCredit(""), MailOccasions.Text(availableMinor, currency)) with
            {
                Statement = MailStatement.Of(month, closingMinor, currency, store),
            };
            written += write.QueueMail(MailKind.MonthlyStatement, occasion, account, contacts[accountId], fields);
        }

        return written;
    }

    /// <summary>The balances that a statement has something to say of: something moved in the month, or something was left at its end.</summary>
    private static async Task<List<Told>> ToldAsync(StoreCreditDbContext db, IReadOnlyCollection<long> accountIds, int storeId, DateOnly month)
    {
        var next = month.AddMonths(1);
        var balances = db.AccountBalances.AsNoTracking().Where(balance => accountIds.Contains(balance.AccountId) && balance.StoreId == storeId);
        var moved = (await balances
                .Join(
                    db.LedgerEntries.Where(entry => entry.EffectiveOn >= month),
                    balance => new { balance.AccountId, balance.StoreId, balance.CurrencyCode },
                    entry => new { entry.AccountId, entry.StoreId, entry.CurrencyCode },
                    (balance, entry) => entry)
                .GroupBy(entry => new { entry.AccountId, entry.CurrencyCode, IsLater = entry.EffectiveOn >= next, entry.From, entry.To })
                .Select(entries => new { entries.Key, AmountMinor = entries.Sum(entry => entry.AmountMinor) })
                .ToListAsync())
            .Select(sum => (sum.Key, ChangeMinor: EntryWords.BalanceSign(sum.Key.From, sum.Key.To) * sum.AmountMinor))
            .Where(sum => sum.ChangeMinor != 0)
            .ToLookup(sum => (sum.Key.AccountId, sum.Key.CurrencyCode));
        return (await balances.OrderBy(balance => balance.AccountId).ThenBy(balance => balance.CurrencyCode).ToListAsync())
            .Select(balance => (Balance: balance, Moved: moved[(balance.AccountId, balance.CurrencyCode)]))
            .Select(one => (one.Balance, one.Moved, ClosingMinor: one.Balance.Buckets.Available + one.Balance.Buckets.Authorized - one.Moved.Where(sum => sum.Key.IsLater).Sum(sum => sum.ChangeMinor)))
            .Where(one => one.ClosingMinor != 0 || one.Moved.Any(sum => !sum.Key.IsLater))
            .Select(one => new Told(one.Balance.AccountId, Currency.Of(one.Balance.CurrencyCode), one.Balance.Buckets.Available, one.ClosingMinor))
            .ToList();
    }

    private sealed record Told(long AccountId, Currency Currency, long AvailableMinor, long ClosingMinor);

    private sealed record Written(int Count);
}
