using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Tests.TestSupport;
using Xunit.Abstractions;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>The statement of every account and month of a year's orders, beside sums over the entries as they lie in the table.</summary>
internal static class StatementsAgainstNaiveSums
{
    private const int Customers = 4_372;
    private const int Months = 13;

    public static async Task CheckAsync(TestDatabase database, ITestOutputHelper output)
    {
        await using var db = database.Open();
        var movements = (await db.LedgerEntries.AsNoTracking().Select(entry => new { entry.AccountId, entry.Sequence, entry.EffectiveOn, entry.From, entry.To, entry.AmountMinor }).ToListAsync())
            .GroupBy(entry => entry.AccountId)
            .ToDictionary(entries => entries.Key, entries => entries.OrderBy(entry => entry.EffectiveOn).ThenBy(entry => entry.Sequence).ToList());
        await AddThoseWithoutAnAccountAsync(database);
        var accounts = await db.Accounts.AsNoTracking().ToListAsync();
        var store = await db.Stores.AsNoTracking().SingleAsync(store => store.IsDefault);
        await using var snapshot = await db.BeginReadAsync();
        var first = new DateOnly(2010, 12, 1);
        var (compared, differences, lines) = (0, new List<string>(), 0);
        Assert.Equal(Customers, accounts.Count);
        Assert.True(movements.Values.SelectMany(one => one).Select(entry => (entry.EffectiveOn.Year, entry.EffectiveOn.Month)).Distinct().Count() == Months, "The entries are not of thirteen months.");
        foreach (var account in accounts)
        {
            var own = movements.GetValueOrDefault(account.Id) ?? [];
            long Sum(Func<DateOnly, bool> when, Bucket[] buckets) => own.Where(entry => when(entry.EffectiveOn))
                .Sum(entry => (buckets.Contains(entry.To) ? entry.AmountMinor : 0) - (buckets.Contains(entry.From) ? entry.AmountMinor : 0));
            Bucket[] balance = [Bucket.Available, Bucket.Authorized];
            for (var month = 0; month < Months; month++)
            {
                var (from, to) = (first.AddMonths(month), first.AddMonths(month + 1).AddDays(-1));
                var head = StatementService.Head(account, store, Currency.Of("GBP"), new StatementPeriod(from, to), forCustomer: false, database.Clock.Now, anchor: null);
                var statement = (await StatementReading.ReadAsync(db, head, account.Id, store.Id, CancellationToken.None)).Value;
                var naive = (
                    Sum(day => day < from, balance),
                    Sum(day => day <= to, balance),
                    Sum(day => day <= to, [Bucket.Authorized]),
                    string.Join(' ', own.Where(entry => entry.EffectiveOn >= from && entry.EffectiveOn <= to && balance.Contains(entry.From) != balance.Contains(entry.To))
                        .Select(entry => Line(entry.Sequence, balance.Contains(entry.To) ? entry.AmountMinor : -entry.AmountMinor))));
                var made = (
                    statement.OpeningMinor,
                    statement.Closing.BalanceMinor,
                    statement.Closing.AuthorizedMinor,
                    string.Join(' ', statement.Lines.Select(line => Line(line.Movement.Sequence, line.AmountMinor))));
                compared++;
                lines += statement.Lines.Count;
                if (made != naive)
                {
                    differences.Add($"{account.PublicId} {from:yyyy-MM}: {made} in place of {naive}");
                }
            }
        }

        output.WriteLine($"{compared} statements with {lines} lines, {differences.Count} differences");
        Assert.Empty(differences);
        Assert.Equal(Customers * Months, compared);
        Assert.True(lines > 0);
    }

    /// <summary>Some customers only gave back what they had bought before the year, so no event opened an account for them. Their statements are empty.</summary>
    private static async Task AddThoseWithoutAnAccountAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var known = (await db.Accounts.Select(account => account.ExternalId).ToListAsync()).ToHashSet();
        db.Accounts.AddRange(OnlineRetail.Read(Repository.RetailOrders).Select(invoice => invoice.Customer).Distinct().Where(customer => !known.Contains(customer))
            .Select(customer => new Account(Guid.NewGuid(), customer, AccountKind.Person, customer, customer, database.Clock.Now)));
        await db.SaveChangesAsync();
    }

    private static string Line(long sequence, long amount) => string.Create(CultureInfo.InvariantCulture, $"{sequence}:{amount}");
}
