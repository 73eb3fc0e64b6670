using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Domain.Reminders;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Reminders;

/// <summary>
/// Tells of credit that expires soon: one message for each account, store, currency and last good day, from so many days before it on by the store's calendar. A
/// late run tells as long as the credit is good; what was told is kept, so none is told twice.
/// </summary>
public sealed class ExpiryReminders(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, TimeProvider clock) : IDueJob
{
    /// <summary>The kind of the message.</summary>
    public const string Kind = "credit.expiring";

    private const int AccountsInOneCommit = 200;

    private static readonly Caller Reminding = Caller.Job("reminders");

    public string Name => "reminders";

    public string Title => "Remind of expiring credit";

    public string Purpose => "Tells customers and other systems of credit that expires soon, once for each account and date.";

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var daysAhead = (await db.ReadMailSettingsAsync()).DaysAhead;
        DateTimeOffset? first = null;
        foreach (var store in await db.Stores.AsNoTracking().ToListAsync(cancellationToken))
        {
            var today = store.DateOf(clock.GetUtcNow());
            if (await Untold(db, store.Id, today).OrderBy(credit => credit.ExpiresOn).Select(credit => credit.ExpiresOn).FirstOrDefaultAsync(cancellationToken) is { } day)
            {
                var due = store.StartOf(day.DayNumber > daysAhead ? day.AddDays(-daysAhead) : DateOnly.MinValue.AddDays(1));
                first = first is null || due < first ? due : first;
            }
        }

        return first;
    }

    public async Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var batch in (await DueAsync(cancellationToken)).Chunk(AccountsInOneCommit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            sent += await TellAsync(batch);
        }

        return JobReport.Of(sent, "1 reminder was sent.", "{0} reminders were sent.");
    }

    private async Task<List<DueReminder>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var daysAhead = (await db.ReadMailSettingsAsync()).DaysAhead;
        var due = new List<DueReminder>();
        foreach (var store in await db.Stores.AsNoTracking().OrderBy(store => store.Id).ToListAsync(cancellationToken))
        {
            var today = store.DateOf(clock.GetUtcNow());
            var until = today.DayNumber < DateOnly.MaxValue.DayNumber - daysAhead ? today.AddDays(daysAhead) : DateOnly.MaxValue;
            due.AddRange(await Untold(db, store.Id, today)
                .Where(credit => credit.ExpiresOn <= until)
                .Select(credit => new DueReminder(credit.AccountId, store.Id, credit.CurrencyCode, credit.ExpiresOn!.Value, credit.Account.LastSequence))
                .Distinct()
                .ToListAsync(cancellationToken));
        }

        return [.. due.OrderBy(one => one.ExpiresOn).ThenBy(one => one.AccountId).ThenBy(one => one.StoreId).ThenBy(one => one.CurrencyCode, StringComparer.Ordinal)];
    }

    /// <summary>Credit of a store that is good today, has something left and whose last good day was not told of.</summary>
    private static IQueryable<Credit> Untold(StoreCreditDbContext db, int storeId, DateOnly today) => db.Credits
        .Where(credit => credit.Buckets.Available > 0 && credit.ExpiresOn != null && credit.ExpiresOn >= today && credit.ExpiresOn < DateOnly.MaxValue && credit.StoreId == storeId)
        .Where(credit => !db.ExpiryReminders.Any(told =>
            told.AccountId == credit.AccountId && told.StoreId == credit.StoreId && told.CurrencyCode == credit.CurrencyCode && told.ExpiresOn == credit.ExpiresOn));

    /// <summary>What expires is reckoned anew in the transaction: what was spent meanwhile is not told of.</summary>
    private async Task<int> TellAsync(DueReminder[] batch)
    {
        var fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(';', batch.Select(one => one.Key))));
        var key = OperationKey.ForJob("remind:" + Convert.ToHexStringLower(fingerprint));
        var told = await gate.ExecuteAsync<Reminded>(new OperationRequest("credit.remind", key, Reminding, Permission.RunJobs), async write =>
        {
            var accountIds = batch.Select(one => one.AccountId).Distinct().ToArray();
            var accounts = await write.Db.Accounts.Where(account => accountIds.Contains(account.Id)).ToDictionaryAsync(account => account.Id);
            var stores = await write.Db.Stores.ToDictionaryAsync(store => store.Id);
            var days = batch.Select(one => (DateOnly?)one.ExpiresOn).Distinct().ToArray();
            var left = (await write.Db.Credits
                    .Where(credit => accountIds.Contains(credit.AccountId) && credit.Buckets.Available > 0 && days.Contains(credit.ExpiresOn))
                    .Select(credit => new { credit.AccountId, credit.StoreId, credit.CurrencyCode, credit.ExpiresOn, credit.Buckets.Available })
                    .ToListAsync())
                .ToLookup(credit => (credit.AccountId, credit.StoreId, credit.CurrencyCode, credit.ExpiresOn!.Value), credit => credit.Available);
            var balances = (await write.Db.AccountBalances.AsNoTracking().Where(balance => accountIds.Contains(balance.AccountId)).ToListAsync())
                .ToDictionary(balance => (balance.AccountId, balance.StoreId, balance.CurrencyCode), balance => balance.Buckets.Available);
            var contacts = await write.Db.ReadMailContactsAsync(accountIds);
            var isMailed = (await write.Db.ReadMailSettingsAsync()).IsOn(MailKind.CreditExpiring);
            var before = await write.Db.ExpiryReminders.Where(one => accountIds.Contains(one.AccountId) && days.Contains(one.ExpiresOn)).ToListAsync();
            var known = before.Select(one => (one.AccountId, one.StoreId, one.CurrencyCode, one.ExpiresOn)).ToHashSet();
            var due = batch.Where(one => left[one.Of].Any() && !known.Contains(one.Of)).ToList();
            foreach (var one in due)
            {
                var (account, store, amountMinor) = (accounts[one.AccountId], stores[one.StoreId], left[one.Of].Sum());
                Tell(write, account, store, one, amountMinor);
                if (isMailed)
                {
                    WriteMail(write, account, contacts[account.Id], store, one, amountMinor, balances[(one.AccountId, one.StoreId, one.CurrencyCode)]);
                }
            }

            return new Reminded(due.Count);
        });
        return told.Replayed ? 0 : told.Value.Count;
    }

    private static void Tell(WriteScope write, Account account, Store store, DueReminder due, long amountMinor)
    {
        var currency = Currency.Of(due.CurrencyCode);
        var amount = Amount.Of(amountMinor, currency);
        write.Db.ExpiryReminders.Add(new ExpiryReminder(account, store, currency, due.ExpiresOn, amountMinor, write.Now));
        write.Send(
            Kind,
            new { accountId = account.PublicId, account.ExternalId, store = store.Code, currency = currency.Code, amount, expiresOn = due.ExpiresOn },
            accountId: account.Id);
        write.Audit(account.Name, account.PublicId.ToString(), account.Id, newValues: new { store = store.Code, currency = currency.Code, amount, expiresOn = due.ExpiresOn });
    }

    private static void WriteMail(WriteScope write, Account account, IEnumerable<Contact> contacts, Store store, DueReminder due, long amountMinor, long balanceMinor)
    {
        var currency = Currency.Of(due.CurrencyCode);
        var expiresOn = MailOccasions.Text(due.ExpiresOn);
        var credit = new MailCredit(MailOccasions.Text(amountMinor, currency), ExpiresOn: expiresOn);
        var occasion = string.Create(CultureInfo.InvariantCulture, $"{MailNames.Of(MailKind.CreditExpiring)}:{account.Id}:{store.Id}:{currency.Code}:{due.ExpiresOn:yyyy-MM-dd}");
        var fields = MailOccasions.Fields(account, store, credit, MailOccasions.Text(balanceMinor, currency)) with { ExpiresOn = expiresOn };
        write.QueueMail(MailKind.CreditExpiring, occasion, account, contacts, fields);
    }

    /// <param name="LastSequence">The account's last entry: what moved since tells one try from the next.</param>
    private sealed record DueReminder(long AccountId, int StoreId, string CurrencyCode, DateOnly ExpiresOn, long LastSequence)
    {
        public (long AccountId, int StoreId, string CurrencyCode, DateOnly ExpiresOn) Of => (AccountId, StoreId, CurrencyCode, ExpiresOn);

        public string Key => string.Create(CultureInfo.InvariantCulture, $"{AccountId}:{StoreId}:{CurrencyCode}:{ExpiresOn:yyyy-MM-dd}:{LastSequence}");
    }

    private sealed record Reminded(int Count);
}
