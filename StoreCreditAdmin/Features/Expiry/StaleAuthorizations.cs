using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Expiry;

/// <summary>Frees what authorizations still hold when their time is over, each exactly once.</summary>
public sealed partial class StaleAuthorizations(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock, ILogger<StaleAuthorizations> logger) : IDueJob
{
    private static readonly Caller Release = Caller.Job("release");

    public string Name => "stale-authorizations";

    public string Title => "Release stale authorizations";

    public string Purpose =>
        "Frees what checkouts still hold when the time of their authorization is over, each once.";

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Authorizations.Where(authorization => authorization.IsOpen).MinAsync(authorization => (DateTimeOffset?)authorization.ExpiresAt, cancellationToken);
    }

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var codes = await db.Authorizations
            .Where(authorization => authorization.IsOpen && authorization.ExpiresAt <= now)
            .OrderBy(authorization => authorization.ExpiresAt).ThenBy(authorization => authorization.Id)
            .Select(authorization => authorization.Code)
            .ToListAsync(cancellationToken);
        var failures = new JobFailures();
        var released = 0;
        foreach (var code in codes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                released += await ReleaseAsync(code) ? 1 : 0;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failures.Add(exception);
                LogFailed(exception, code);
            }
        }

        return JobReport.Of(released, "1 authorization was freed.", "{0} authorizations were freed.", failures);
    }

    /// <returns>False when it was freed before.</returns>
    private async Task<bool> ReleaseAsync(string code)
    {
        var released = await gate.ExecuteAsync<Done>(new OperationRequest("authorization.release", OperationKey.ForJob("release:" + code), Release, Permission.RunJobs), async write =>
        {
            var authorization = (await write.Db.FindAuthorizationAsync(code))!;
            var held = authorization.OpenMinor;
            var currency = authorization.Currency;
            var wallet = await write.OpenWalletAsync(authorization.Account, authorization.Store, currency, [.. authorization.Lines.Select(line => line.Credit)]);
            if (wallet.ReleaseStale(write.Posting(authorization.Store), authorization))
            {
                write.Record(wallet);
                write.Audit(
                    authorization.Account.Name,
                    authorization.Code,
                    authorization.AccountId,
                    newValues: new { released = Amount.Of(held, currency), currency = currency.Code, authorization.OrderNumber });
            }
            else if (authorization.IsOpen)
            {
                // As where the clock was put back meanwhile. Nothing may be remembered under the key, or it would never be freed.
                throw new InvalidOperationException("Its time is not over.");
            }

            return Done.Instance;
        });
        _ = released.Value;
        return !released.Replayed;
    }

    [LoggerMessage(LogLevel.Error, "What authorization {Code} holds could not be freed; the next round tries again")]
    private partial void LogFailed(Exception exception, string code);
}
