using System.Globalization;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Journal;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Journal;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Journal;

/// <summary>
/// Exports the whole journal of a store and has hledger add it up: by day and by entry, every balance is the one that the entries of the ledger give when they are added up apart,
/// and what is owed is what the balances of all users are.
/// </summary>
internal static class JournalAgainstHledger
{
    public static async Task<int> CheckAsync(TestDatabase database, string store = "main")
    {
        await using var db = database.Open();
        var entries = await db.LedgerEntries.AsNoTracking()
            .Where(entry => entry.Credit.Store.Code == store)
            .Select(entry => new
            {
                entry.EffectiveOn,
                entry.CurrencyCode,
                entry.Kind,
                entry.To,
                entry.AmountMinor,
                Type = entry.Credit.Type.Code,
                entry.Credit.Type.PaidFor,
                OfAnOrder = entry.AuthorizationId != null,
                CarriedOver = entry.Credit.OriginCreditId != null,
            })
            .ToListAsync();
        var expected = new Dictionary<(string, string), decimal>();
        foreach (var entry in entries)
        {
            if (Other(entry.Kind, entry.Type, entry.PaidFor, entry.OfAnOrder, entry.CarriedOver) is not { } other)
            {
                continue;
            }

            var more = entry.Kind is EntryKind.Issue or EntryKind.Refund or EntryKind.Reinstate || (entry.Kind == EntryKind.Adjust && entry.To == Bucket.Available);
            var amount = entry.AmountMinor / (decimal)Currency.Of(entry.CurrencyCode).MinorPerMajor * (more ? 1 : -1);
            Book(other, entry.CurrencyCode, amount);
            Book($"Liabilities:Store credit:{(entry.PaidFor ? "Paid for" : "Promotional")}", entry.CurrencyCode, -amount);
        }

        var owed = (await db.AccountBalances.Where(balance => balance.Store.Code == store).Select(balance => new { balance.CurrencyCode, balance.Buckets }).ToListAsync())
            .GroupBy(balance => balance.CurrencyCode)
            .Select(balances => (balances.Key, balances.Sum(balance => balance.Buckets.Available + balance.Buckets.Authorized) / (decimal)Currency.Of(balances.Key).MinorPerMajor))
            .Where(one => one.Item2 != 0).Order();
        var nonZero = expected.Where(one => one.Value != 0).ToDictionary();
        Assert.Equal(owed, nonZero.Where(one => one.Key.Item1.StartsWith("Liabilities:", StringComparison.Ordinal)).GroupBy(one => one.Key.Item2, one => -one.Value).Select(one => (one.Key, one.Sum())).Where(one => one.Item2 != 0).Order());

        var range = new JournalRequest { Store = store, From = entries.Min(entry => entry.EffectiveOn), To = entries.Max(entry => entry.EffectiveOn) };
        foreach (var layout in Enum.GetValues<JournalLayout>())
        {
            var journal = await database.DraftAsync(range, layout, JournalFormat.Hledger);
            Assert.Equal(nonZero.OrderBy(one => one.Key), (await Hledger.BalancesAsync(journal)).Where(one => one.Value != 0).OrderBy(one => one.Key));
            var lines = CsvTable.RowsOf(await database.DraftAsync(range, layout, JournalFormat.Csv));
            var sums = lines.GroupBy(line => (line["Account"], line["Currency"])).ToDictionary(line => line.Key, line => line.Sum(one => Number(one["Debit"]) - Number(one["Credit"])));
            Assert.Equal(nonZero.OrderBy(one => one.Key), sums.Where(one => one.Value != 0).OrderBy(one => one.Key));
            Assert.All(lines.GroupBy(line => line["Transaction"]), transaction => Assert.Equal(transaction.Sum(line => Number(line["Debit"])), transaction.Sum(line => Number(line["Credit"]))));
        }

        return nonZero.Count;

        void Book(string account, string currency, decimal amount) => expected[(account, currency)] = expected.GetValueOrDefault((account, currency)) + amount;
    }

    private static decimal Number(string text) => text.Length == 0 ? 0 : decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>What the delivered accounts say, written out once more.</summary>
    private static string? Other(EntryKind kind, string type, bool paidFor, bool ofAnOrder, bool carriedOver)
    {
        var given = type switch
        {
            "goodwill" => "Expenses:Goodwill",
            "refund-credit" or "return-credit" => "Income:Sales returns",
            _ => "Expenses:Promotions",
        };
        return kind switch
        {
            EntryKind.Authorize or EntryKind.Release => null,
            EntryKind.Capture or EntryKind.Refund => "Income:Sales paid with credit",
            EntryKind.Issue when ofAnOrder => "Income:Sales paid with credit",
            EntryKind.Issue when carriedOver => paidFor ? "Expenses:Credit adjustments" : given,
            EntryKind.Issue => paidFor ? "Assets:Credit sales clearing" : given,
            EntryKind.Adjust => paidFor ? "Expenses:Credit adjustments" : given,
            EntryKind.Expire or EntryKind.Reinstate => paidFor || given == "Income:Sales returns" ? "Income:Breakage" : given,
            EntryKind.Invalidate => paidFor ? "Income:Invalidated credit" : given,
            _ => paidFor ? "Income:Reclaimed credit" : given,
        };
    }
}
