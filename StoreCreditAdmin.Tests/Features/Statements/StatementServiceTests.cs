using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Statements;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Statements;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;
using Xunit.Abstractions;

namespace StoreCreditAdmin.Tests.Features.Statements;

public sealed class StatementServiceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_statement_has_what_changed_the_balance_in_the_order_of_its_days_and_what_is_held_apart()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await FillAsync(database, account);

        var statement = await GetAsync(database, account, new StatementRequest { From = Day(23), To = Day(28) });

        Assert.Equal((100_00L, 115_00L, 15_00L), (statement.OpeningMinor, statement.Closing.BalanceMinor, statement.Closing.AuthorizedMinor));
        Assert.Equal(
            ["23 Used -40.00 60.00 Order 1001", "23 Added 7.00 67.00 Store Credit", "24 Expired -7.00 60.00 Store Credit", "25 Added 50.00 110.00 Goodwill · Sorry · for staff", "26 Credit 5.00 115.00 Order 1001"],
            statement.Lines.Select(Text));
        Assert.Equal(new StatementExpiry(new DateOnly(2026, 12, 24), 3500), statement.Closing.NextExpiry);
        Assert.Equal(("main", "Main store", "Ada Byron", account.CardNumber), (statement.Head.StoreCode, statement.Head.StoreName, statement.Head.AccountName, statement.Head.CardNumber));
        var entries = await database.ReadEntriesAsync(account);
        Assert.Equal((entries.Length, Convert.ToHexStringLower(entries[^1].Hash)), (statement.Head.LedgerSequence, statement.Head.LedgerHead));
    }

    [Fact]
    public async Task The_customer_s_statement_has_the_same_figures_without_reasons_and_memos()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await FillAsync(database, account);

        var statement = await GetAsync(database, account, new StatementRequest { From = Day(23), To = Day(28), ForCustomer = true });

        Assert.Equal(
            ["23 Used -40.00 60.00 Order 1001", "23 Added 7.00 67.00 Store Credit", "24 Expired -7.00 60.00 Store Credit", "25 Added 50.00 110.00 Sorry", "26 Credit 5.00 115.00 Order 1001"],
            statement.Lines.Select(Text));
        Assert.All(statement.Lines, line => Assert.Equal((null, null), (line.Movement.Reason, line.Movement.Memo)));
    }

    [Fact]
    public async Task For_any_periods_a_statement_opens_with_what_the_one_before_it_closed_with()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await FillAsync(database, account);
        var whole = await GetAsync(database, account, new StatementRequest { From = Day(1), To = Day(28) });

        for (var round = 0; round < 20; round++)
        {
            var (from, opening) = (Day(1), 0L);
            var lines = new List<StatementLine>();
            while (from <= Day(28))
            {
                var to = from.AddDays(random.Next(9)) is var later && later < Day(28) ? later : Day(28);
                var part = await GetAsync(database, account, new StatementRequest { From = from, To = to });
                Assert.Equal(opening, part.OpeningMinor);
                lines.AddRange(part.Lines);
                (from, opening) = (to.AddDays(1), part.Closing.BalanceMinor);
            }

            Assert.Equal(whole.Lines, lines);
            Assert.Equal(whole.Closing.BalanceMinor, opening);
        }
    }

    [Fact]
    public async Task A_period_that_is_over_says_what_expired_next_then_and_not_what_does_now()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "30", expiresOn: Day(25));
        await database.IssueAsync(account, "20", expiresOn: Day(25));
        await database.IssueAsync(account, "10", expiresOn: Day(30));
        database.Clock.Now = database.Clock.Now.AddDays(5);
        await database.Get<DueJobs>().RunAsync();

        Assert.Equal(new StatementExpiry(Day(25), 5000), (await GetAsync(database, account, new StatementRequest { To = Day(22) })).Closing.NextExpiry);
        Assert.Equal(new StatementExpiry(Day(30), 1000), (await GetAsync(database, account, new StatementRequest { To = Day(25) })).Closing.NextExpiry);
        Assert.Equal(new StatementExpiry(Day(30), 1000), (await GetAsync(database, account, new StatementRequest())).Closing.NextExpiry);
        Assert.Null((await GetAsync(database, account, new StatementRequest { To = Day(21) })).Closing.NextExpiry);
    }

    [Fact]
    public async Task Without_dates_it_is_this_month_so_far_by_the_store_s_calendar_in_the_store_s_currency()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await using (var db = database.Open())
        {
            var store = await db.Stores.SingleAsync();
            (store.TimeZone, store.CurrencyCode) = ("Asia/Tokyo", "JPY");
            await db.SaveChangesAsync();
        }

        database.Clock.Now = new DateTimeOffset(2026, 11, 30, 20, 0, 0, TimeSpan.Zero);
        var statement = await GetAsync(database, account, new StatementRequest());

        Assert.Equal((new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 1), "JPY"), (statement.Head.From, statement.Head.To, statement.Currency.Code));
        Assert.Equal((new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 15)), Period(await GetAsync(database, account, new StatementRequest { To = Day(15) })));
        Assert.Equal((Day(15), new DateOnly(2026, 12, 1)), Period(await GetAsync(database, account, new StatementRequest { From = Day(15) })));

        static (DateOnly, DateOnly) Period(Statement of) => (of.Head.From, of.Head.To);
    }

    [Theory]
    [InlineData("2026-11-22", "2026-11-21", "invalid-request", "to")]
    [InlineData("2026-11-23", "2026-11-30", "invalid-request", "from")]
    [InlineData("9999-12-31", "9999-12-31", "invalid-request", "from")]
    public async Task A_period_that_cannot_be_is_refused_at_its_field(string from, string to, string code, string field)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();

        var statement = await database.Get<StatementService>().GetAsync(
            TestDatabase.Robot, account.PublicId.ToString(), new StatementRequest { From = DateOnly.Parse(from), To = DateOnly.Parse(to) });

        Assert.Equal((code, field), (statement.Refusal?.Code, statement.Refusal?.Field));
    }

    [Theory]
    [InlineData("1976-11-22", "2026-11-22", 1)]
    [InlineData("0001-01-01", "9999-12-31", 1)]
    [InlineData("0001-01-01", "2026-11-21", 0)]
    public async Task Half_a_century_and_the_time_before_the_first_entry_have_statements(string from, string to, int lines)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "12.34");

        var statement = await GetAsync(database, account, new StatementRequest { From = DateOnly.Parse(from), To = DateOnly.Parse(to) });

        Assert.Equal((0, lines, lines * 1234), (statement.OpeningMinor, statement.Lines.Count, statement.Closing.BalanceMinor));
    }

    [Fact]
    public async Task An_account_without_entries_has_an_empty_statement_also_in_another_currency_and_store()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        var empty = await database.AddAccountAsync("Bea");

        Assert.Equal((0, 0, 0L, new string('0', 64)), await FiguresAsync(empty, new StatementRequest()));
        Assert.Equal((0, 0), Short(await FiguresAsync(account, new StatementRequest { Currency = "EUR" })));
        await database.AddStoreAsync("second", "Second", "USD", "UTC");
        Assert.Equal((0, 0), Short(await FiguresAsync(account, new StatementRequest { Store = "second" })));
        Assert.Equal((1000, 1), Short(await FiguresAsync(account, new StatementRequest { Store = "main" })));

        async Task<(long, int, long, string)> FiguresAsync(Account of, StatementRequest request)
        {
            var statement = await GetAsync(database, of, request);
            return (statement.OpeningMinor + statement.Closing.BalanceMinor, statement.Lines.Count, statement.Head.LedgerSequence, statement.Head.LedgerHead);
        }

        static (long, int) Short((long, int, long, string) figures) => (figures.Item1, figures.Item2);
    }

    [Theory]
    [InlineData("nowhere", "USD", "store-unknown", "store")]
    [InlineData("main", "XXX", "currency-unknown", "currency")]
    [InlineData("main", "usd", "currency-unknown", "currency")]
    public async Task Unknown_stores_and_currencies_are_refused(string store, string currency, string code, string field)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();

        var statement = await database.Get<StatementService>().GetAsync(TestDatabase.Robot, account.PublicId.ToString(), new StatementRequest { Store = store, Currency = currency });

        Assert.Equal((code, field), (statement.Refusal?.Code, statement.Refusal?.Field));
    }

    [Fact]
    public async Task Nobody_gets_one_without_the_permission_or_of_an_account_that_there_is_not()
    {
        await using var database = await TestDatabase.CreateAsync();
        var service = database.Get<StatementService>();

        Assert.Equal("not-found", (await service.GetAsync(TestDatabase.Robot, Guid.NewGuid().ToString(), new StatementRequest())).Refusal?.Code);
        await Assert.ThrowsAsync<AccessDeniedException>(() => service.GetAsync(Caller.ApiKey(Guid.NewGuid(), "till", [Scopes.Checkout]), "x", new StatementRequest()));
    }

    [Fact]
    public async Task More_lines_than_anybody_reads_are_refused_with_what_to_do()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        await using (var file = await DatabaseFile.OpenAsync(database.Path))
        {
            const string Columns = "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('LedgerEntries')";
            var columns = (string)(await file.ReadAsync(Columns))!;
            var values = columns.Replace("\"Id\"", "NULL", StringComparison.Ordinal).Replace("\"PublicId\"", "hex(randomblob(16))", StringComparison.Ordinal)
                .Replace("\"Sequence\"", "\"Sequence\" + N", StringComparison.Ordinal);
            await file.ExecuteAsync($"""
                INSERT INTO LedgerEntries ({columns})
                WITH RECURSIVE Numbers (N) AS (SELECT 1 UNION ALL SELECT N + 1 FROM Numbers WHERE N < 50000)
                SELECT {values} FROM LedgerEntries, Numbers
                """);
        }

        var refused = await database.Get<StatementService>().GetAsync(TestDatabase.Robot, account.PublicId.ToString(), new StatementRequest());

        Assert.Equal(("period-too-long", "from"), (refused.Refusal?.Code, refused.Refusal?.Field));
    }

    [Fact]
    public async Task A_ledger_whose_figures_do_not_tie_out_gives_no_statement()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        await database.IssueAsync(account, "20");
        await DatabaseFile.TamperAsync(database.Path, "UPDATE LedgerEntries SET AccountAvailableAfter = 2999 WHERE Sequence = 2");

        await Assert.ThrowsAsync<StatementException>(() => GetAsync(database, account, new StatementRequest()));
    }

    [Fact]
    public async Task Nothing_is_read_from_end_to_end()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        var account = await database.AddAccountAsync();
        await FillAsync(database, account);

        plans.Start();
        await GetAsync(database, account, new StatementRequest { From = Day(23), To = Day(25) });
        await GetAsync(database, account, new StatementRequest());

        // The newest anchor is the first that the scan of it meets.
        Assert.All(plans.Scans, scan => Assert.True(
            scan.Contains("FROM \"Stores\" AS \"s\"", StringComparison.Ordinal) || scan.Contains("FROM \"LedgerAnchors\" AS \"l\"", StringComparison.Ordinal), scan));
        Assert.DoesNotContain(plans.Steps, step => step.Contains("FOR ORDER BY", StringComparison.Ordinal));
    }

    private static DateOnly Day(int day) => new(2026, 11, day);

    private static string Text(StatementLine line) =>
        $"{line.Movement.EffectiveOn.Day} {line.Label} {Amount.Of(line.AmountMinor, Currency.Of("USD"))} {Amount.Of(line.BalanceMinor, Currency.Of("USD"))} {line.Description}";

    private static async Task<Statement> GetAsync(TestDatabase database, Account account, StatementRequest request) =>
        (await database.Get<StatementService>().GetAsync(TestDatabase.Robot, account.PublicId.ToString(), request)).Value;

    /// <summary>Some days: added, held and used in part, added for two days and again with a note, given back, held; the expiry was booked two days late.</summary>
    private static async Task FillAsync(TestDatabase database, Account account)
    {
        await database.IssueAsync(account, "100");
        database.Clock.Now = database.Clock.Now.AddDays(1);
        var shop = new Shop(database, account);
        var bought = (await shop.AuthorizeAsync("1001", "500", "60")).Value;
        await shop.CaptureAsync(bought.Code, "40");
        await database.IssueAsync(account, "7", expiresOn: Day(24));
        database.Clock.Now = database.Clock.Now.AddDays(2);
        await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new IssueCreditRequest
        {
            Amount = StoreCreditAdmin.Features.Api.MoneyInput.Of("50", "USD"),
            Type = "store-credit",
            Reason = "goodwill",
            Memo = "for staff",
            CustomerNote = "Sorry",
            ExpiresOn = new DateOnly(2026, 12, 24),
        });
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await database.Get<DueJobs>().RunAsync();
        await shop.RefundAsync(bought.Code, "5");
        await shop.AuthorizeAsync("1002", "15");
        database.Clock.Now = database.Clock.Now.AddDays(2);
    }
}
