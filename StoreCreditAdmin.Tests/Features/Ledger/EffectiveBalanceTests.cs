using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;
using Xunit.Abstractions;

namespace StoreCreditAdmin.Tests.Features.Ledger;

/// <summary>The balance of a day is the plain sum of what took effect before it, however entries are dated.</summary>
public sealed class EffectiveBalanceTests(ITestOutputHelper output)
{
    private const int Days = 30;

    private static readonly DateOnly First = new(2026, 10, 1);

    private static readonly (EntryKind Kind, Bucket From, Bucket To)[] Moves =
    [
        .. from kind in Enum.GetValues<EntryKind>()
           from origin in Enum.GetValues<Bucket>()
           from target in Enum.GetValues<Bucket>()
           where kind.Allows(origin, target)
           where kind != EntryKind.Invalidate
           select (kind, origin, target),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(100)]
    public async Task However_many_entries_are_dated_back_the_balance_of_every_day_is_the_plain_sum(int percentBack)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await AddHistoryAsync(database, account, random, percentBack);
        var entries = await database.ReadEntriesAsync(account);
        await using var db = database.Open();

        Assert.True(entries.Length > 150);
        for (var day = First.AddDays(-2); day < First.AddDays(Days + 3); day = day.AddDays(1))
        {
            foreach (var currency in new[] { "USD", "EUR", "JPY" })
            {
                var (available, authorized) = (0L, 0L);
                foreach (var entry in entries.Where(entry => entry.CurrencyCode == currency && entry.EffectiveOn < day))
                {
                    available += entry.To == Bucket.Available ? entry.AmountMinor : entry.From == Bucket.Available ? -entry.AmountMinor : 0;
                    authorized += entry.To == Bucket.Authorized ? entry.AmountMinor : entry.From == Bucket.Authorized ? -entry.AmountMinor : 0;
                }

                Assert.Equal(new EffectiveBalance(available, authorized), await db.BalanceBeforeAsync(account.Id, 1, currency, day));
            }
        }

        Assert.Equal(percentBack == 0, !entries.Any(entry => entry.IsBackDated));
        Assert.Equal(new EffectiveBalance(0, 0), await db.BalanceBeforeAsync(account.Id, 2, "USD", DateOnly.MaxValue));
        Assert.Equal(new EffectiveBalance(0, 0), await db.BalanceBeforeAsync(account.Id, 1, "USD", DateOnly.MinValue));
        var report = await database.VerifyAsync();
        Assert.True(report.Ok, report.FirstBroken);
    }

    [Fact]
    public async Task An_expiry_that_is_booked_late_is_marked_and_counted_on_its_day()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "30", expiresOn: new DateOnly(2026, 11, 24));
        database.Clock.Now = database.Clock.Now.AddDays(5);
        await database.IssueAsync(account, "5");
        await database.Get<DueJobs>().RunAsync();

        var entries = await database.ReadEntriesAsync(account);
        await using var db = database.Open();
        Assert.Equal([(false, 22), (false, 27), (true, 24)], entries.Select(entry => (entry.IsBackDated, entry.EffectiveOn.Day)));
        Assert.Equal(new DateOnly(2026, 11, 27), (await db.AccountBalances.SingleAsync()).LastEffectiveOn);
        Assert.Equal(
            [(22, 0L), (23, 3000), (24, 3000), (25, 0), (27, 0), (28, 500)],
            await ReadAsync(22, 23, 24, 25, 27, 28));

        async Task<IEnumerable<(int, long)>> ReadAsync(params int[] days)
        {
            var read = new List<(int, long)>();
            foreach (var day in days)
            {
                read.Add((day, (await db.BalanceBeforeAsync(account.Id, 1, "USD", new DateOnly(2026, 11, day))).TotalMinor));
            }

            return read;
        }
    }

    [Fact]
    public async Task Neither_look_up_reads_the_history()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "30");
        await using var db = database.Open();

        plans.Start();
        Assert.Equal(3000, (await db.BalanceBeforeAsync(account.Id, 1, "USD", new DateOnly(2026, 11, 23))).TotalMinor);

        Assert.Equal(2, plans.Queries.Count);
        Assert.Contains(plans.Steps, step => step.Contains("IX_LedgerEntries_ByEffect (AccountId=? AND StoreId=? AND CurrencyCode=? AND EffectiveOn<?)", StringComparison.Ordinal));
        Assert.Contains(plans.Steps, step => step.Contains("IX_LedgerEntries_BackDated (AccountId=? AND StoreId=? AND CurrencyCode=? AND Sequence>?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plans.Steps, step => step.Contains("FOR ORDER BY", StringComparison.Ordinal));
    }

    /// <summary>Two hundred random movements in two currencies, of every kind that leaves a credit as it is, each dated on the day that moves on with them, or as often as asked on one before.</summary>
    private static async Task AddHistoryAsync(TestDatabase database, Account account, Random random, int percentBack)
    {
        await using var db = database.Open();
        account = await db.Accounts.SingleAsync(one => one.Id == account.Id);
        var store = await db.Stores.SingleAsync(one => one.IsDefault);
        var type = await db.CreditTypes.SingleAsync(one => one.Code == "store-credit");
        var actor = Actor.Job("test");
        var now = database.Clock.Now;
        var wallets = new[] { "USD", "EUR" }.Select(Currency.Of).Select(currency => (
            Balance: new AccountBalance(account, store, currency),
            Credits: new[] { 1, 2 }.Select(_ => new Credit(Guid.NewGuid(), account, store, currency, type, new CreditTerms { Source = "test" }, actor, new Moment(now, First))).ToArray())).ToArray();
        db.AccountBalances.AddRange(wallets.Select(wallet => wallet.Balance));
        for (var index = 0; index < 200; index++)
        {
            var (balance, credits) = wallets[random.Next(wallets.Length)];
            var credit = credits[random.Next(credits.Length)];
            var opens = credit.OpeningMinor == 0;
            var possible = Moves.Where(move => opens ? move.Kind == EntryKind.Issue : move.Kind != EntryKind.Issue && (move.From == Bucket.Outside || credit.Buckets[move.From] > 0)).ToArray();
            var (kind, from, to) = possible[random.Next(possible.Length)];
            var amount = from == Bucket.Outside ? random.Next(1, 10_000) : random.NextInt64(1, credit.Buckets[from] + 1);
            if (opens)
            {
                credit.Open(amount);
            }

            if (to == Bucket.Outside)
            {
                credit.MarkDrawn();
            }

            credit.Move(from, to, amount);
            balance.Buckets.Move(from, to, amount);
            var on = First.AddDays(index * Days / 200);
            var operation = new Operation(Guid.NewGuid(), "test", $"test:{index}", [], actor, now);
            db.Add(new OperationOutcome(operation, null, "{}"));
            var entry = new LedgerEntry(
                Guid.NewGuid(), new Posting(operation, actor, new Moment(now, on), EntryDetails.None, Guid.NewGuid), account, credit, balance, kind, from, to, amount,
                random.Next(100) < percentBack ? First.AddDays(random.Next(-1, on.DayNumber - First.DayNumber + 1)) : on, now, null);
            account.Advance(entry);
            balance.Advance(entry);
            db.Add(entry);
        }

        await db.SaveChangesAsync();
    }
}
