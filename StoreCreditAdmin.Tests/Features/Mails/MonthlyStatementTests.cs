using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Catalogue;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Mails;

/// <summary>The statement that accounts ask for by e-mail: who gets it, when, and what is attached.</summary>
public sealed class MonthlyStatementTests
{
    private static readonly DateTimeOffset FirstOfDecember = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_account_that_asks_gets_the_statement_of_the_month_that_is_over_once()
    {
        await using var server = await MailServer.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        using var sending = MailSending.Of(database, server.Port);
        var asking = await new ShopFeed(database).CustomerAsync("1000");
        await IssueInAsync(database, asking, "main", "234.56", memo: "Insists too much");
        await new ShopFeed(database).CustomerAsync("9", email: "silent@example.com");
        await AskAsync(database, asking);
        await RunAsync(database);
        Assert.Equal(FirstOfDecember, await JobOf(database).NextDueAsync(default));

        database.Clock.Now = FirstOfDecember.AddMilliseconds(-1);
        await RunAsync(database);
        Assert.Empty(await MailsAsync(database));
        database.Clock.Now = FirstOfDecember;
        await database.IssueAsync(asking, "77");
        Assert.Equal(1, (await RunAsync(database)).Count);
        Assert.Equal(0, (await RunAsync(database)).Count);
        Assert.Equal(FirstOfDecember.AddMonths(1), await JobOf(database).NextDueAsync(default));
        Assert.Equal("1234.56 USD", MailFields.Read((await MailsAsync(database))[0].Fields).Statement!.ClosingBalance);
        Assert.Equal(1, await sending.Sender.SendDueAsync(default));

        var mail = Assert.Single(await server.ReadAsync());
        Assert.Equal("Your statement of store credit at Main store, 2026-11-01 to 2026-11-30", mail.Subject);
        Assert.Contains("At the end of 2026-11-30 your balance was 1234.56 USD.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("<strong>1234.56 USD</strong>", mail.Html, StringComparison.Ordinal);
        Assert.Equal(["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"], mail.Types);
        Assert.Empty(mail.Defects);
        var file = Assert.Single(mail.Files);
        Assert.Equal("statement-main-USD-2026-11-01-2026-11-30.pdf", file.Name);
        using var pdf = new PdfFile(file.Content);
        var words = string.Concat(await pdf.PagesAsync());
        Assert.Matches(@"Closing balance\s+1,234\.56 USD", words);
        Assert.DoesNotContain("77.00", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Insists", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_switches_it_off_or_asks_only_once_the_month_is_over_gets_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var (off, late) = (await feed.CustomerAsync("5"), await feed.CustomerAsync("5", email: "late@example.com"));
        await AskAsync(database, off);
        await AskAsync(database, off, send: false);
        database.Clock.Now = FirstOfDecember;
        await AskAsync(database, late);
        await RunAsync(database);
        Assert.Empty(await MailsAsync(database));

        database.Clock.Now = FirstOfDecember.AddMonths(1);
        await RunAsync(database);

        Assert.Equal("late@example.com", Assert.Single(await MailsAsync(database)).Address);
    }

    [Fact]
    public async Task While_the_e_mail_is_off_for_all_nobody_gets_one_nor_later()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AskAsync(database, await new ShopFeed(database).CustomerAsync("5"));
        await SwitchAsync(database, false);
        database.Clock.Now = FirstOfDecember;
        await RunAsync(database);
        await SwitchAsync(database, true);
        await RunAsync(database);

        Assert.Empty(await MailsAsync(database));
    }

    [Fact]
    public async Task Months_that_were_missed_are_not_made_up_for_but_the_last_is_at_the_start()
    {
        await using var database = await TestDatabase.CreateAsync();
        await AskAsync(database, await new ShopFeed(database).CustomerAsync("5"));
        database.Clock.Now = new DateTimeOffset(2027, 3, 17, 8, 0, 0, TimeSpan.Zero);

        Assert.Equal(new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero), await JobOf(database).NextDueAsync(default));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RunAsync(database))));

        Assert.Equal("2027-02-01", MailFields.Read(Assert.Single(await MailsAsync(database)).Fields).Statement!.From);
    }

    [Fact]
    public async Task Each_store_s_month_ends_by_its_own_calendar()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await new ShopFeed(database).CustomerAsync("5");
        await using (var db = database.Open())
        {
            (await db.Stores.SingleAsync()).TimeZone = "Etc/GMT+12";
            db.Stores.Add(new Store("east", "East", "USD", "Pacific/Kiritimati"));
            await db.SaveChangesAsync();
        }

        await IssueInAsync(database, account, "east", "7");
        await AskAsync(database, account);
        var told = new List<string>();
        foreach (var now in new[] { FirstOfDecember.AddHours(-14).AddTicks(-1), FirstOfDecember.AddHours(-14), FirstOfDecember.AddHours(12).AddTicks(-1), FirstOfDecember.AddHours(12) })
        {
            database.Clock.Now = now;
            await RunAsync(database);
            told.Add(string.Join(", ", (await MailsAsync(database)).Select(mail => MailFields.Read(mail.Fields).Statement!).Select(one => $"{one.Store} {one.ClosingBalance}")));
        }

        Assert.Equal(["", "east 7.00 USD", "east 7.00 USD", "east 7.00 USD, main 5.00 USD"], told);
    }

    [Fact]
    public async Task Each_currency_with_a_balance_or_a_movement_has_one_and_an_empty_one_has_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var spent = await feed.CustomerAsync("20");
        await database.IssueAsync(spent, "3", "EUR");
        var shop = new Shop(database, spent);
        await shop.CaptureAsync((await shop.AuthorizeAsync("1", "20")).Value.Code);
        await feed.CustomerAsync(email: "never@example.com");
        await using (var db = database.Open())
        {
            foreach (var account in await db.Accounts.ToListAsync())
            {
                account.AskForStatements(database.Clock.Now);
            }

            await db.SaveChangesAsync();
        }

        database.Clock.Now = FirstOfDecember;
        await RunAsync(database);
        Assert.Equal(["2026-11-01 3.00 EUR", "2026-11-01 0.00 USD"], await ToldAsync(database));

        database.Clock.Now = FirstOfDecember.AddMonths(1);
        await RunAsync(database);
        Assert.Equal(["2026-11-01 3.00 EUR", "2026-11-01 0.00 USD", "2026-12-01 3.00 EUR"], await ToldAsync(database));
    }

    [Fact]
    public async Task A_company_s_statement_goes_to_the_contacts_who_may_use_its_credit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var company = await new ShopFeed(database).CustomerAsync("5", email: "boss@example.com", kind: AccountKind.Company);
        foreach (var (email, may) in new[] { ("clerk@example.com", true), ("guest@example.com", false) })
        {
            Assert.True((await database.Get<ContactService>().AddAsync(
                TestDatabase.Robot, OperationKey.ForForm(), company.PublicId.ToString(), new() { Name = email, Email = email, MayUseCredit = may })).IsOk);
        }

        await AskAsync(database, company);
        database.Clock.Now = FirstOfDecember;
        await RunAsync(database);

        Assert.Equal(["boss@example.com", "clerk@example.com"], (await MailsAsync(database)).Select(mail => mail.Address));
    }

    [Fact]
    public async Task Asking_is_for_accounts_with_an_address_audited_and_not_for_accountants()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (silent, account) = (await database.AddAccountAsync(), await new ShopFeed(database).CustomerAsync());

        Assert.Equal(("no-address", "send"), Refused(await TryAskAsync(database, TestDatabase.Robot, silent)));
        Assert.False((await TryAskAsync(database, await database.SignInNewAsync("Luca", Roles.Accountant), account)).IsOk);
        Assert.True((await TryAskAsync(database, await database.SignInNewAsync("Ann", Roles.Agent), account)).Value.MonthlyStatement);

        await using var db = database.Open();
        var line = await db.AuditEntries.SingleAsync(one => one.Action == "account.statements" && one.RefusalCode == null);
        Assert.Equal(("""{"monthlyStatement":false}""", """{"monthlyStatement":true}"""), (line.OldValues, line.NewValues));
    }

    [Fact]
    public async Task More_accounts_than_one_write_takes_are_all_written_to_with_no_query_for_each()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        await database.Get<AccountService>().CreateManyAsync(
            TestDatabase.Robot, OperationKey.ForForm(), [.. Enumerable.Range(0, 401).Select(i => new CreateAccountRequest { Name = $"C{i}", Kind = "person", Email = $"c{i}@example.com" })]);
        await using (var db = database.Open())
        {
            await db.Accounts.ExecuteUpdateAsync(accounts => accounts.SetProperty(account => account.StatementsSince, database.Clock.Now));
            foreach (var account in await db.Accounts.ToListAsync())
            {
                await database.IssueAsync(account, "1");
            }
        }

        database.Clock.Now = FirstOfDecember;
        plans.Start();
        Assert.Equal(401, (await RunAsync(database)).Count);

        Assert.InRange(plans.Queries.Count(query => query.StartsWith("SELECT", StringComparison.Ordinal)), 1, 50);
        Assert.DoesNotContain(plans.Scans, scan => scan.Contains("\"Accounts\"", StringComparison.Ordinal) || scan.Contains("\"LedgerEntries\"", StringComparison.Ordinal));
        Assert.Contains(plans.Steps, step => step.Contains("IX_Accounts_AskingForStatements", StringComparison.Ordinal));
        await using var after = database.Open();
        Assert.Equal((401, 401), (await after.Mails.CountAsync(), await after.Mails.Select(mail => mail.AccountId).Distinct().CountAsync()));
        Assert.Equal(3, await after.Operations.CountAsync(operation => operation.Kind == "statements.write"));
    }

    [Fact]
    public async Task A_statement_that_cannot_be_made_fails_its_own_mail_and_no_other()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var (broken, sound) = (await feed.CustomerAsync("5"), await feed.CustomerAsync("6", email: "sound@example.com"));
        await AskAsync(database, broken);
        await AskAsync(database, sound);
        database.Clock.Now = FirstOfDecember;
        await RunAsync(database);
        await DatabaseFile.TamperAsync(database.Path, $"UPDATE LedgerEntries SET AmountMinor = 900 WHERE AccountId = {broken.Id}");

        using var sending = MailSending.Of(database, port: null);
        Assert.Equal(2, await sending.Sender.SendDueAsync(default));

        var mails = await MailsAsync(database);
        Assert.Equal([MailState.Waiting, MailState.Sent], mails.Select(mail => mail.State));
        Assert.StartsWith("The statement could not be made. Verify the ledger.", mails[0].LastError, StringComparison.Ordinal);
    }

    private static IDueJob JobOf(TestDatabase database) => database.Get<IEnumerable<IDueJob>>().Single(job => job.Name == "monthly-statements");

    private static Task<JobReport> RunAsync(TestDatabase database) => JobOf(database).RunAsync(default);

    private static Task<StoreCreditAdmin.Domain.Result<AccountView>> TryAskAsync(TestDatabase database, Caller caller, Account account, bool send = true) =>
        database.Get<AccountService>().AskForStatementsAsync(caller, OperationKey.ForForm(), account.PublicId.ToString(), new MonthlyStatementRequest { Send = send });

    private static async Task AskAsync(TestDatabase database, Account account, bool send = true) =>
        Assert.Equal(send, (await TryAskAsync(database, TestDatabase.Robot, account, send)).Value.MonthlyStatement);

    private static (string? Code, string? Field) Refused<T>(StoreCreditAdmin.Domain.Result<T> result) => (result.Refusal?.Code, result.Refusal?.Field);

    private static async Task SwitchAsync(TestDatabase database, bool on) => Assert.True((await database.Get<MailSettingsService>().SetAsync(
        TestDatabase.Robot, OperationKey.ForForm(), new() { Mails = new Dictionary<string, bool> { ["monthly-statement"] = on } })).IsOk);

    private static async Task IssueInAsync(TestDatabase database, Account account, string store, string amount, string? memo = null) =>
        Assert.True((await database.Get<StoreCreditAdmin.Features.Credits.CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new()
        {
            Store = store,
            Amount = StoreCreditAdmin.Features.Api.MoneyInput.Of(amount, "USD"),
            Type = "goodwill",
            Memo = memo,
        })).IsOk);

    private static async Task<List<string>> ToldAsync(TestDatabase database) =>
        [.. (await MailsAsync(database)).Select(mail => MailFields.Read(mail.Fields).Statement).OfType<MailStatement>().Select(one => $"{one.From} {one.ClosingBalance}")];

    private static async Task<List<Mail>> MailsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Mails.OrderBy(mail => mail.Id).ToListAsync();
    }
}
