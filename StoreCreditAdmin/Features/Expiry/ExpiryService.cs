using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Expiry;

/// <summary>
/// Books the expiry of what is left of credits whose last good day is over in their store, dated on that day. Nothing waits for it: expired credit
/// is not spent whether its expiry is booked or not.
/// </summary>
public sealed partial class ExpiryService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock, ILogger<ExpiryService> logger) : IDueJob
{
    /// <summary>Enough that a commit costs little for each, and few enough that others wait only shortly.</summary>
    private const int CreditsInOneCommit = 200;

    private static readonly Caller Expiry = Caller.Job("expiry");

    public string Name => "expiry";

    public string Title => "Expire credit";

    public string Purpose => "Books what is left of credit whose last good day is over, dated on that day. Expired credit is not spent, whether it is booked or not.";

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var firsts = await db.Credits
            .Where(credit => credit.Buckets.Available > 0 && credit.ExpiresOn != null && credit.ExpiresOn < DateOnly.MaxValue)
            .GroupBy(credit => credit.StoreId)
            .Select(credits => new { StoreId = credits.Key, ExpiresOn = credits.Min(credit => credit.ExpiresOn)!.Value })
            .ToListAsync(cancellationToken);
        var stores = await db.Stores.AsNoTracking().ToDictionaryAsync(store => store.Id, cancellationToken);
        return firsts.Count == 0 ? null : firsts.Min(first => stores[first.StoreId].StartOf(first.ExpiresOn.AddDays(1)));
    }

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        var failures = new JobFailures();
        var expired = 0;
        foreach (var batch in (await DueAsync(cancellationToken)).Chunk(CreditsInOneCommit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                expired += await BookAsync(batch);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogBatchFailed(exception, batch.Length);
                expired += await BookOneByOneAsync(batch, failures, cancellationToken);
            }
        }

        return JobReport.Of(expired, "The expiry of 1 credit was booked.", "The expiry of {0} credits was booked.", failures);
    }

    /// <summary>The oldest expiry first, and the credits of an account together.</summary>
    private async Task<List<DueCredit>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var stores = await db.Stores.AsNoTracking().ToListAsync(cancellationToken);
        var due = new List<DueCredit>();
        foreach (var sameDate in stores.GroupBy(store => store.DateOf(now), store => store.Id))
        {
            var (today, ids) = (sameDate.Key, sameDate.ToArray());
            due.AddRange(await db.Credits
                .Where(credit => credit.Buckets.Available > 0 && credit.ExpiresOn < today && ids.Contains(credit.StoreId))
                .Select(credit => new DueCredit(credit.AccountId, credit.PublicId, credit.ExpiresOn!.Value, credit.Version))
                .ToListAsync(cancellationToken));
        }

        return [.. due.OrderBy(one => one.ExpiresOn).ThenBy(one => one.AccountId)];
    }

    /// <summary>One credit that cannot be booked keeps no other from it.</summary>
    private async Task<int> BookOneByOneAsync(DueCredit[] batch, JobFailures failures, CancellationToken cancellationToken)
    {
        var expired = 0;
        foreach (var due in batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                expired += await BookAsync([due]);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failures.Add(exception);
                LogFailed(exception, due.CreditId);
            }
        }

        return expired;
    }

    /// <summary>
    /// Books many in one commit, all or none. A repeat finds its key; and whatever the key, a credit that expired meanwhile has nothing left to expire.
    /// </summary>
    private async Task<int> BookAsync(DueCredit[] batch)
    {
        var request = new OperationRequest("credit.expire", OperationKey.ForJob("expire:" + Fingerprint(batch)), Expiry, Permission.RunJobs);
        var booked = await gate.ExecuteAsync<ExpiredCredits>(request, async write =>
        {
            var ids = batch.Select(due => due.CreditId).ToArray();
            var credits = await write.Db.Credits
                .Include(one => one.Account).Include(one => one.Store).Include(one => one.Type)
                .Where(one => ids.Contains(one.PublicId))
                .OrderBy(one => one.ExpiresOn).ThenBy(one => one.Id)
                .ToListAsync();
            var accounts = credits.Select(credit => credit.AccountId).Distinct().ToArray();
            await write.Db.AccountBalances.Where(balance => accounts.Contains(balance.AccountId)).LoadAsync();
            var wallets = new Dictionary<(long, int, string), Wallet>();
            foreach (var together in credits.GroupBy(credit => (credit.AccountId, credit.StoreId, credit.CurrencyCode)))
            {
                var first = together.First();
                wallets[together.Key] = await write.OpenWalletAsync(first.Account, first.Store, first.Currency, [.. together]);
            }

            var count = credits.Count(credit => Expire(write, wallets[(credit.AccountId, credit.StoreId, credit.CurrencyCode)], credit));
            if (count == 0 && batch.Any(due => credits.Exists(one => one.PublicId == due.CreditId && one.Version == due.Version)))
            {
                // As where the clock was put back meanwhile. Nothing may be remembered under the key, or it would never be booked.
                throw new InvalidOperationException("Its last good day is not over.");
            }

            foreach (var wallet in wallets.Values)
            {
                write.Record(wallet);
            }

            return new ExpiredCredits(count);
        });
        return booked.Replayed ? 0 : booked.Value.Count;
    }

    private static bool Expire(WriteScope write, Wallet wallet, Credit credit)
    {
        var expired = wallet.Expire(write.Posting(credit.Store), credit);
        if (expired > 0)
        {
            write.Audit(
                credit.Account.Name,
                credit.PublicId.ToString(),
                credit.AccountId,
                newValues: new { expired = Amount.Of(expired, credit.Currency), currency = credit.CurrencyCode, lastGoodDay = credit.ExpiresOn });
        }

        return expired > 0;
    }

    /// <summary>The version tells an expiry from the one before the credit was extended.</summary>
    private static string Fingerprint(DueCredit[] batch)
    {
        var text = string.Join(';', batch.Select(due => string.Create(CultureInfo.InvariantCulture, $"{due.CreditId}:{due.Version}")));
        return batch.Length == 1 ? text : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    [LoggerMessage(LogLevel.Warning, "The expiry of {Count} credits could not be booked together; they are tried one by one")]
    private partial void LogBatchFailed(Exception exception, int count);

    [LoggerMessage(LogLevel.Error, "The expiry of credit {CreditId} could not be booked; the next round tries again")]
    private partial void LogFailed(Exception exception, Guid creditId);

    private sealed record DueCredit(long AccountId, Guid CreditId, DateOnly ExpiresOn, int Version);

    private sealed record ExpiredCredits(int Count);
}
