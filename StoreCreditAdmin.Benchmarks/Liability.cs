using System.Globalization;
using Microsoft.Data.Sqlite;
using StoreCreditAdmin.Features.Accounting;

namespace StoreCreditAdmin.Benchmarks;

/// <summary>
/// What is owed as of a date: the whole service call, with types, ages and thirteen month ends, beside one bare SUM over the entries up to that date; and the dashboard beside
/// bare statements that read its figures from entries and balances. In turns, over the same file.
/// </summary>
internal static class Liability
{
    private const int Rounds = 40;

    /// <summary>How many days back: soon, and long ago.</summary>
    private static readonly int[] Back = [1, 45, 200, 400, 700];

    public static Scenario AsOf { get; } = new("What is owed as of a date at a million entries, beside a SUM over all entries; a smaller number may follow", RunAsOfAsync);

    public static Scenario Dashboard { get; } = new("The dashboard at a million entries, beside bare statements over entries; a smaller number may follow", RunDashboardAsync);

    private static async Task RunAsOfAsync(string[] args)
    {
        await using var database = await BenchmarkDatabase.CreateAsync();
        var folding = await ManyEntries.FillAsync(database, ManyEntries.Asked(args));
        await using var control = await OpenAsync(database);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Liability as of a date: {Number(control, "SELECT COUNT(*) FROM LedgerEntries"):N0} entries over two years in {Number(control, "SELECT COUNT(*) FROM DailyMovements"):N0} sums, folded in {folding / 1000:0.0} s; {Rounds} rounds"));
        Console.WriteLine();
        Console.WriteLine("| As of | Service, ms (median) | 95 of 100 within | Bare SUM, ms (median) | Ratio |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var back in Back)
        {
            var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-back).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var (services, sums) = (new List<double>(), new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                LiabilityView? view = null;
                long sum = 0;
                var service = await Statistics.TimeAsync(async () => view = (await database.Get<LiabilityReports>().LiabilityAsync(BenchmarkDatabase.Caller, new ReportRequest { AsOf = day })).Value);
                var bare = await Statistics.TimeAsync(() => Task.FromResult(sum = Number(control, $"SELECT SUM(AmountMinor * ((\"To\" IN (1, 2)) - (\"From\" IN (1, 2)))) FROM LedgerEntries WHERE EffectiveOn <= '{day}'")));
                if (view!.Items.Sum(store => store.Outstanding.Minor) != sum)
                {
                    throw new InvalidOperationException("The service and the control do not agree.");
                }

                if (round > 0)
                {
                    services.Add(service);
                    sums.Add(bare);
                }
            }

            var (ours, theirs) = (new Statistics(services), new Statistics(sums));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {back} days ago | {ours.Median:0.0} | {ours.P95:0.0} | {theirs.Median:0.0} | {theirs.Median / ours.Median:0.0} |"));
        }
    }

    private static async Task RunDashboardAsync(string[] args)
    {
        await using var database = await BenchmarkDatabase.CreateAsync();
        await ManyEntries.FillAsync(database, ManyEntries.Asked(args));
        await using var control = await OpenAsync(database);
        var queries = database.Get<DashboardQueries>();
        var (services, bares) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var service = await Statistics.TimeAsync(() => queries.GetAsync(BenchmarkDatabase.Caller));
            var bare = await Statistics.TimeAsync(() =>
            {
                Read(control, "SELECT StoreId, CurrencyCode, SUM(Available), SUM(Authorized) FROM AccountBalances GROUP BY StoreId, CurrencyCode");
                Read(control, "SELECT StoreId, CurrencyCode, EffectiveOn, Kind, SUM(AmountMinor) FROM LedgerEntries WHERE EffectiveOn > date('now', '-30 days') AND Kind IN (1, 4, 7) GROUP BY 1, 2, 3, 4");
                Read(control, "SELECT StoreId, CurrencyCode, ExpiresOn, COUNT(*), SUM(Available) FROM Credits WHERE Available > 0 AND ExpiresOn IS NOT NULL AND ExpiresOn BETWEEN date('now') AND date('now', '30 days') GROUP BY 1, 2, 3");
                Read(control, "SELECT COUNT(*) FROM Accounts WHERE HeldSince IS NOT NULL");
                Read(control, "SELECT COUNT(*) FROM Authorizations WHERE IsOpen");
                Read(control, "SELECT * FROM LedgerEntries ORDER BY Id DESC LIMIT 10");
                return Task.CompletedTask;
            });
            if (round > 0)
            {
                services.Add(service);
                bares.Add(bare);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Dashboard: {Number(control, "SELECT COUNT(*) FROM LedgerEntries"):N0} entries, {Number(control, "SELECT COUNT(*) FROM Accounts"):N0} accounts, {Rounds} rounds"));
        Console.WriteLine();
        Console.WriteLine("| | Median | 95 of 100 within | Longest |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        new Statistics(services).Print("Service");
        new Statistics(bares).Print("Bare statements over entries and balances");
    }

    private static async Task<SqliteConnection> OpenAsync(BenchmarkDatabase database)
    {
        var connection = new SqliteConnection($"Data Source={database.Path};Mode=ReadOnly");
        await connection.OpenAsync();
        return connection;
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(values);
        }
    }
}
