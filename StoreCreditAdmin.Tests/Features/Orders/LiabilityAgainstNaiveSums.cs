using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounting;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;
using Xunit.Abstractions;

namespace StoreCreditAdmin.Tests.Features.Orders;

/// <summary>
/// Holds liability and roll-forward of every month, and of every fortieth day, against sums that are made entry by entry from the ledger's bare rows and share no code with
/// the product.
/// </summary>
internal sealed class LiabilityAgainstNaiveSums
{
    private readonly TestDatabase database;
    private readonly List<Row> rows = [];
    private readonly List<string> differences = [];

    private LiabilityAgainstNaiveSums(TestDatabase database) => this.database = database;

    /// <summary>The same once the sums by day are made, which verification holds against the entries too.</summary>
    public static async Task FoldAndCheckAsync(TestDatabase database, ITestOutputHelper output)
    {
        var watch = Stopwatch.StartNew();
        await database.Services.GetServices<IDueJob>().OfType<MovementFolding>().Single().RunAsync(CancellationToken.None);
        var (folded, figures) = (watch.Elapsed, await CheckAsync(database));
        output.WriteLine($"Sums by day were made in {folded.TotalSeconds:0.0} s; {figures} figures of liability and roll-forward compared in {(watch.Elapsed - folded).TotalSeconds:0.0} s, no difference");
        var report = await database.VerifyAsync();
        Assert.True(report.Ok, report.FirstBroken);
    }

    /// <returns>How many figures were compared.</returns>
    public static async Task<int> CheckAsync(TestDatabase database)
    {
        var check = new LiabilityAgainstNaiveSums(database);
        await check.ReadAsync();
        var figures = await check.CompareAsync();
        Assert.Empty(check.differences.Take(10));
        return figures;
    }

    private async Task ReadAsync()
    {
        await using var db = database.Open();
        var stores = await db.Stores.ToDictionaryAsync(store => store.Id, store => store.Code);
        var credits = await db.Credits.Select(credit => new { credit.Id, Type = credit.Type.Code, credit.Type.PaidFor, credit.IssuedOn }).ToDictionaryAsync(credit => credit.Id);
        await foreach (var entry in db.LedgerEntries.AsNoTracking().AsAsyncEnumerable())
        {
            var credit = credits[entry.CreditId];
            rows.Add(new Row(entry.EffectiveOn, stores[entry.StoreId], entry.CurrencyCode, credit.Type, credit.PaidFor, credit.IssuedOn, entry.Kind, entry.From, entry.To, entry.AmountMinor));
        }
    }

    private async Task<int> CompareAsync()
    {
        var reports = database.Get<LiabilityReports>();
        var (first, last) = (rows.Min(row => row.On), rows.Max(row => row.On));
        var figures = 0;
        for (var month = new DateOnly(first.Year, first.Month, 1); month <= last; month = month.AddMonths(1))
        {
            var end = month.AddMonths(1).AddDays(-1) is var day && day > last ? last : month.AddMonths(1).AddDays(-1);
            figures += await CompareLiabilityAsync(reports, end);
            figures += await CompareRollForwardAsync(reports, month, end);
        }

        for (var day = first.AddDays(-1); day <= last; day = day.AddDays(40))
        {
            figures += await CompareLiabilityAsync(reports, day);
        }

        figures += await CompareRollForwardAsync(reports, first, last);
        return figures + await CompareLiabilityAsync(reports, null);
    }

    private async Task<int> CompareLiabilityAsync(LiabilityReports reports, DateOnly? asOf)
    {
        var report = (await reports.LiabilityAsync(TestDatabase.Robot, new ReportRequest { AsOf = asOf is null ? null : $"{asOf:yyyy-MM-dd}" })).Value;
        var on = asOf ?? DateOnly.FromDateTime(database.Clock.Now.UtcDateTime);
        var figures = 0;
        var owed = new Dictionary<(string, string, string), long>();
        foreach (var row in rows.Where(row => row.On <= on))
        {
            var change = Change(row);
            var months = ((on.Year - row.IssuedOn.Year) * 12) + on.Month - row.IssuedOn.Month;
            var age = months < 3 ? "0-2" : months < 6 ? "3-5" : months < 12 ? "6-11" : months < 24 ? "12-23" : "24-";
            string[] parts = ["all", "type " + row.Type, "age " + age, $"age {age} {(row.PaidFor ? "paid" : "given")}", row.PaidFor ? "paid" : "given"];
            foreach (var part in parts)
            {
                Add(owed, (row.Store, row.Currency, part), change);
            }

            var held = row.To == Bucket.Authorized ? row.Minor : row.From == Bucket.Authorized ? -row.Minor : 0;
            Add(owed, (row.Store, row.Currency, "held"), held);
            Add(owed, (row.Store, row.Currency, "held " + row.Type), held);
        }

        void Same(StoreLiability store, string what, long shown)
        {
            figures++;
            var naive = owed.GetValueOrDefault((store.Store, store.Currency, what));
            if (naive != shown)
            {
                differences.Add($"{asOf:yyyy-MM-dd} {store.Store} {store.Currency} {what}: {shown} in place of {naive}");
            }
        }

        foreach (var store in report.Items)
        {
            Same(store, "all", store.Outstanding.Minor);
            Same(store, "held", store.Authorized.Minor);
            Same(store, "all", store.Available.Minor + store.Authorized.Minor);
            Same(store, "paid", store.PaidFor.Minor);
            Same(store, "given", store.Promotional.Minor);
            foreach (var type in store.Types)
            {
                Same(store, "type " + type.Type, type.Outstanding.Minor);
                Same(store, "held " + type.Type, type.Authorized.Minor);
            }

            foreach (var age in store.Ages)
            {
                Same(store, "age " + age.Age, age.Outstanding.Minor);
                Same(store, $"age {age.Age} paid", age.PaidFor.Minor);
                Same(store, $"age {age.Age} given", age.Promotional.Minor);
            }

            foreach (var end in store.MonthEnds)
            {
                figures++;
                var naive = rows.Where(row => row.Store == store.Store && row.Currency == store.Currency && row.On <= end.On).Sum(Change);
                if (naive != end.Outstanding.Minor)
                {
                    differences.Add($"{asOf:yyyy-MM-dd} month end {end.On:yyyy-MM-dd} {store.Store} {store.Currency}: {end.Outstanding.Minor} in place of {naive}");
                }
            }
        }

        var missing = owed.Where(one => one.Key.Item3 == "all" && one.Value != 0 && !report.Items.Any(store => store.Store == one.Key.Item1 && store.Currency == one.Key.Item2));
        differences.AddRange(missing.Select(one => $"{asOf:yyyy-MM-dd} {one.Key} is missing"));
        return figures;
    }

    private async Task<int> CompareRollForwardAsync(LiabilityReports reports, DateOnly from, DateOnly to)
    {
        var report = (await reports.RollForwardAsync(TestDatabase.Robot, new ReportRequest { From = $"{from:yyyy-MM-dd}", To = $"{to:yyyy-MM-dd}" })).Value;
        var figures = 0;
        foreach (var store in report.Items)
        {
            var own = rows.Where(row => row.Store == store.Store && row.Currency == store.Currency).ToList();
            void Same(string what, long naive, long shown)
            {
                figures++;
                if (naive != shown)
                {
                    differences.Add($"{from:yyyy-MM-dd} to {to:yyyy-MM-dd} {store.Store} {store.Currency} {what}: {shown} in place of {naive}");
                }
            }

            Same("opening", own.Where(row => row.On < from).Sum(Change), store.Opening.Minor);
            Same("closing", own.Where(row => row.On <= to).Sum(Change), store.Closing.Minor);
            var period = own.Where(row => row.On >= from && row.On <= to).ToList();
            foreach (var line in store.Lines)
            {
                var some = period.Where(row => line.Line switch
                {
                    "issued" => row.Kind == EntryKind.Issue,
                    "used" => row.Kind == EntryKind.Capture,
                    "refunded" => row.Kind == EntryKind.Refund,
                    "expired" => row.Kind == EntryKind.Expire,
                    "reinstated" => row.Kind == EntryKind.Reinstate,
                    "invalidated" => row.Kind == EntryKind.Invalidate,
                    "reclaimed" => row.Kind == EntryKind.Reclaim,
                    "adjusted-up" => row.Kind == EntryKind.Adjust && row.From == Bucket.Outside,
                    "adjusted-down" => row.Kind == EntryKind.Adjust && row.To == Bucket.Outside,
                    _ => throw new InvalidOperationException(line.Line),
                }).ToList();
                Same(line.Line, some.Sum(Change), line.Change.Minor);
                Same(line.Line + " entries", some.Count, line.Entries);
            }
        }

        return figures;
    }

    private static long Change(Row row)
    {
        bool Owed(Bucket bucket) => bucket == Bucket.Available || bucket == Bucket.Authorized;
        return (Owed(row.To) ? row.Minor : 0) - (Owed(row.From) ? row.Minor : 0);
    }

    private static void Add(Dictionary<(string, string, string), long> sums, (string, string, string) key, long minor) => sums[key] = sums.GetValueOrDefault(key) + minor;

    private sealed record Row(
        DateOnly On, string Store, string Currency, string Type, bool PaidFor, DateOnly IssuedOn, EntryKind Kind, Bucket From, Bucket To, long Minor);
}
