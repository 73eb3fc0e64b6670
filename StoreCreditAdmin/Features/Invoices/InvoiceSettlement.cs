using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Invoices;

/// <summary>
/// Lets open invoices take credit that can be spent though nothing was written: on the day on which a credit becomes effective, and after a store's settings
/// changed which invoices take credit by themselves.
/// </summary>
public sealed partial class InvoiceSettlement(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock, ILogger<InvoiceSettlement> logger) : IDueJob
{
    private static readonly Caller Settlement = Caller.Job("invoices");

    public string Name => "invoices";

    public string Title => "Settle invoices with scheduled credit";

    public string Purpose =>
        "Lets open invoices that take credit by themselves have credit whose first day has come, the oldest invoice first.";

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset? first = null;
        foreach (var store in await db.Stores.AsNoTracking().ToListAsync(cancellationToken))
        {
            var effectiveOn = await Matches(db, store.Id, KindsOf(store.AutoInvoiceKinds), store.DateOf(clock.GetUtcNow()))
                .MinAsync(match => (DateOnly?)match.Credit.EffectiveOn, cancellationToken);
            if (effectiveOn is { } day && store.StartOf(day) is var due && (first is null || due < first))
            {
                first = due;
            }
        }

        return first;
    }

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        var failures = new JobFailures();
        var paid = 0;
        foreach (var due in await DueAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                paid += await SettleAsync(due);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failures.Add(exception);
                LogFailed(exception, due.AccountId);
            }
        }

        return JobReport.Of(paid, "1 invoice took credit.", "{0} invoices took credit.", failures);
    }

    private async Task<List<DueAccount>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = new List<DueAccount>();
        foreach (var store in await db.Stores.AsNoTracking().ToListAsync(cancellationToken))
        {
            var today = store.DateOf(clock.GetUtcNow());
            due.AddRange(await Matches(db, store.Id, KindsOf(store.AutoInvoiceKinds), today)
                .Where(match => match.Credit.EffectiveOn <= today)
                .Select(match => new DueAccount(match.Invoice.AccountId, match.Invoice.StoreId, match.Invoice.CurrencyCode, match.Invoice.Account.LastSequence))
                .Distinct()
                .ToListAsync(cancellationToken));
        }

        return [.. due.OrderBy(one => one.StoreId).ThenBy(one => one.AccountId).ThenBy(one => one.CurrencyCode, StringComparer.Ordinal)];
    }

    private async Task<int> SettleAsync(DueAccount due)
    {
        // An account's last entry tells one settlement from the next; the day lets it be tried again where settings changed meanwhile.
        var key = string.Create(CultureInfo.InvariantCulture, $"invoices:{due.AccountId}:{due.StoreId}:{due.CurrencyCode}:{due.LastSequence}:{clock.GetUtcNow():yyyy-MM-dd}");
        var settled = await gate.ExecuteAsync<SettledInvoices>(new OperationRequest("invoice.settle", OperationKey.ForJob(key), Settlement, Permission.RunJobs), async write =>
            new SettledInvoices((await write.SettleAsync(new Arrival(due.AccountId, due.StoreId, Currency.Of(due.CurrencyCode)))).Count));
        return settled.Replayed ? 0 : settled.Value.Count;
    }

    /// <summary>Invoices of a store that take credit by themselves, each with credit that they can take today or on a day to come.</summary>
    private static IQueryable<Match> Matches(StoreCreditDbContext db, int storeId, string[] kinds, DateOnly today) =>
        from invoice in db.Invoices.WithBalance()
        where invoice.StoreId == storeId && kinds.Contains(invoice.Kind) && !invoice.ByHandOnly && invoice.Account.HeldSince == null
        from credit in db.Credits
        where credit.AccountId == invoice.AccountId && credit.StoreId == invoice.StoreId && credit.CurrencyCode == invoice.CurrencyCode
            && credit.Buckets.Available > 0 && credit.InvalidatedAt == null && credit.DeletedAt == null && (credit.ExpiresOn == null || credit.ExpiresOn >= today)
        select new Match { Invoice = invoice, Credit = credit };

    private static string[] KindsOf(string autoInvoiceKinds) => autoInvoiceKinds.Split(',');

    [LoggerMessage(LogLevel.Error, "The open invoices of account {AccountId} could not be settled; the next round tries again")]
    private partial void LogFailed(Exception exception, long accountId);

    private sealed record DueAccount(long AccountId, int StoreId, string CurrencyCode, long LastSequence);

    private sealed record SettledInvoices(int Count);

    private sealed record Match
    {
        public required Invoice Invoice { get; init; }

        public required Credit Credit { get; init; }
    }
}
