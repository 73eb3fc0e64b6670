using System.Globalization;
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
    private static readonly Caller Expiry = Caller.Job("expiry");

    public string Name => "expiry";

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

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var due in await DueAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await BookAsync(due);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception, due.CreditId);
            }
        }
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

    private Task<Result<Done>> BookAsync(DueCredit due)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"expire:{due.CreditId}:{due.Version}");
        return gate.ExecuteAsync<Done>(new OperationRequest("credit.expire", OperationKey.ForJob(key), Expiry, Permission.RunJobs), async write =>
        {
            var credit = await write.Db.Credits
                .Include(one => one.Account).Include(one => one.Store).Include(one => one.Type)
                .SingleAsync(one => one.PublicId == due.CreditId);
            var wallet = await write.OpenWalletAsync(credit.Account, credit.Store, credit.Currency, credit);
            var expired = wallet.Expire(write.Posting(credit.Store), credit);
            if (expired > 0)
            {
                write.Record(wallet);
                write.Audit(
                    credit.Account.Name,
                    credit.PublicId.ToString(),
                    credit.AccountId,
                    newValues: new { expired = Amount.Of(expired, credit.Currency), currency = credit.CurrencyCode, lastGoodDay = credit.ExpiresOn });
            }

            return Done.Instance;
        });
    }

    [LoggerMessage(LogLevel.Error, "The expiry of credit {CreditId} could not be booked; the next round tries again")]
    private partial void LogFailed(Exception exception, Guid creditId);

    private sealed record DueCredit(long AccountId, Guid CreditId, DateOnly ExpiresOn, int Version);
}
