using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Mails;

/// <summary>What customers are written about, and who of them.</summary>
public sealed class MailOccasionTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("credit-received")]
    [InlineData("credit-redeemed")]
    [InlineData("credit-expiring")]
    [InlineData("refunded-with-credit")]
    [InlineData("monthly-statement")]
    public async Task N4_Each_mail_goes_out_unless_its_switch_is_off(string? off)
    {
        await using var database = await TestDatabase.CreateAsync();
        await new EarningDesk(database).AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "10" });
        var feed = new ShopFeed(database);
        var customer = await feed.CustomerAsync();
        await database.Get<AccountService>().AskForStatementsAsync(TestDatabase.Robot, OperationKey.ForForm(), customer.PublicId.ToString(), new() { Send = true });
        if (off is not null)
        {
            var set = await database.Get<MailSettingsService>().SetAsync(TestDatabase.Robot, OperationKey.ForForm(), new() { Mails = new Dictionary<string, bool> { [off] = false } });
            Assert.False(set.Value.Mails![off]);
        }

        await feed.PaidAsync(ShopFeed.Order("1", "100.00", payments: ShopFeed.Card("100.00")));
        await feed.PlacedAsync(ShopFeed.Order("2", "4.00"));
        await feed.PayAsync("2", "4");
        var refund = ShopFeed.Refund("1", "r1", "20.00", "store-credit");
        (refund["notify"], refund["note"]) = (true, "Sorry for the chipped jug");
        await feed.SendAsync("order.refunded", refund);
        await using (var db = database.Open())
        {
            await db.Credits.ExecuteUpdateAsync(credits => credits.SetProperty(credit => credit.ExpiresOn, new DateOnly(2026, 11, 25)));
        }

        await RunTwiceAsync(database, "reminders");
        database.Clock.Now = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        await RunTwiceAsync(database, "monthly-statements");

        var sent = (await MailsAsync(database)).ToLookup(mail => MailNames.Of(mail.Kind));
        Assert.Equal(MailNames.Kinds.Select(MailNames.Of).Where(name => name != off).Order(), sent.Select(one => one.Key).Order());
        Assert.All(sent.SelectMany(one => one), mail => Assert.Equal((ShopFeed.Email, "Ada Byron"), (mail.Address, mail.Name)));
        if (off is null)
        {
            Assert.Equal(["credit-received 10.00 USD", "credit-redeemed 4.00 USD", "credit-expiring 24.00 USD", "refunded-with-credit 20.00 USD", "monthly-statement "],
                sent.SelectMany(one => one).OrderBy(mail => mail.Kind).Select(mail => $"{MailNames.Of(mail.Kind)} {MailFields.Read(mail.Fields).Credit.Amount}"));
            var refunded = MailFields.Read(sent["refunded-with-credit"].Single().Fields);
            Assert.Equal(("1", "Sorry for the chipped jug", "24.00 USD"), (refunded.Order.Number, refunded.Credit.Note, refunded.Balance));
        }
    }

    [Fact]
    public async Task N5_What_staff_issue_is_told_where_they_say_so_and_to_each_contact_of_a_company_who_may_use_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        var person = await feed.CustomerAsync();
        await AddContactAsync(database, person, "second@example.com", mayUseCredit: true);
        var wrong = await feed.CustomerAsync(email: "nowhere");
        var company = await feed.CustomerAsync(email: "boss@example.com", kind: AccountKind.Company);
        await AddContactAsync(database, company, "clerk@example.com", mayUseCredit: true);
        await AddContactAsync(database, company, "CLERK@example.com", mayUseCredit: true);
        await AddContactAsync(database, company, "guest@example.com", mayUseCredit: false);
        var nameless = await database.AddAccountAsync();

        await IssueAsync(database, person, notify: false);
        Assert.Empty(await MailsAsync(database));
        await IssueAsync(database, person, notify: true);
        await IssueAsync(database, company, notify: true);
        await IssueAsync(database, nameless, notify: true);
        await IssueAsync(database, wrong, notify: true);

        Assert.Equal([ShopFeed.Email, "boss@example.com", "clerk@example.com"], (await MailsAsync(database)).Select(mail => mail.Address));
    }

    [Fact]
    public async Task One_order_that_earns_twice_writes_once_and_a_repeated_event_writes_no_more()
    {
        await using var database = await TestDatabase.CreateAsync();
        var earning = new EarningDesk(database);
        await earning.AddAsync("order-placed", new() { Mode = RuleModes.Fixed, Amount = "5" });
        await earning.AddAsync("first-order", new() { Mode = RuleModes.Fixed, Amount = "3" });
        await earning.PayAsync("1", "100");
        await earning.PayAsync("1", "100");

        var fields = MailFields.Read(Assert.Single(await MailsAsync(database)).Fields);

        Assert.Equal(("8.00 USD", "8.00 USD", "1"), (fields.Credit.Amount, fields.Balance, fields.Order.Number));
        Assert.Equal(["3.00 USD", "5.00 USD"], fields.Credits.Select(credit => credit.Amount).Order());
    }

    [Fact]
    public async Task A_refund_is_told_only_where_somebody_said_so()
    {
        await using var database = await TestDatabase.CreateAsync();
        var feed = new ShopFeed(database);
        await feed.CustomerAsync("10");
        await feed.PlacedAsync(ShopFeed.Order("1", "10.00"));
        await feed.PayAsync("1", "10");
        await feed.PaidAsync(ShopFeed.Order("2", "20.00", payments: ShopFeed.Card("20.00")));

        await feed.SendAsync("order.refunded", ShopFeed.Refund("1", "r1", "10.00", "store-credit"));
        await feed.SendAsync("order.refunded", ShopFeed.Refund("2", "r2", "20.00", "store-credit"));

        Assert.Equal([MailKind.CreditRedeemed], (await MailsAsync(database)).Select(mail => mail.Kind));
    }

    [Fact]
    public async Task An_address_has_one_mail_of_an_occasion_whoever_writes_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await IssueAsync(database, await new ShopFeed(database).CustomerAsync(), notify: true);
        var mail = Assert.Single(await MailsAsync(database));

        await using var db = await DatabaseFile.OpenAsync(database.Path);
        var again = await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => db.ExecuteAsync(
            $"INSERT INTO Mails (PublicId, Kind, Occasion, AccountId, Address, AddressKey, Name, Fields, CreatedAt, State, Tries, NextTryAt, CanWait) SELECT '{Guid.NewGuid()}', Kind, Occasion, AccountId, 'Ada@Example.com', AddressKey, Name, Fields, CreatedAt, State, Tries, NextTryAt, CanWait FROM Mails"));
        Assert.Contains("Mails.Occasion, Mails.AddressKey", again.Message, StringComparison.Ordinal);
        Assert.Equal("ADA@EXAMPLE.COM", mail.AddressKey);
    }

    [Fact]
    public async Task What_is_refused_writes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await new ShopFeed(database).CustomerAsync();

        var refused = await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new IssueCreditRequest
        {
            Amount = MoneyInput.Of("1", "USD"),
            Type = "none",
            Notify = true,
        });

        Assert.False(refused.IsOk);
        Assert.Empty(await MailsAsync(database));
    }

    [Theory]
    [InlineData("nothing", null, "mails")]
    [InlineData(null, -1, "daysAhead")]
    [InlineData(null, 366, "daysAhead")]
    public async Task Switches_that_make_no_sense_are_refused_at_their_field(string? name, int? days, string field)
    {
        await using var database = await TestDatabase.CreateAsync();
        var settings = database.Get<MailSettingsService>();

        var refused = await settings.SetAsync(TestDatabase.Robot, OperationKey.ForForm(), new() { Mails = name is null ? null : new Dictionary<string, bool> { [name] = true }, DaysAhead = days });

        Assert.Equal(field, refused.Refusal?.Field);
        Assert.Equal((3, 0), ((await settings.GetAsync(TestDatabase.Robot)).DaysAhead!.Value, (await settings.GetAsync(TestDatabase.Robot)).Version!.Value));
        Assert.Equal("changed-meanwhile", (await settings.SetAsync(TestDatabase.Robot, OperationKey.ForForm(), new() { Version = 7 })).Refusal?.Code);
    }

    private static async Task RunTwiceAsync(TestDatabase database, string name)
    {
        var job = database.Get<IEnumerable<IDueJob>>().Single(one => one.Name == name);
        await job.RunAsync(default);
        await job.RunAsync(default);
    }

    private static async Task<List<Mail>> MailsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Mails.OrderBy(mail => mail.Id).ToListAsync();
    }

    private static async Task AddContactAsync(TestDatabase database, Account account, string email, bool mayUseCredit) => Assert.True(
        (await database.Get<StoreCreditAdmin.Features.Accounts.ContactService>().AddAsync(
            TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new() { Name = email, Email = email, MayUseCredit = mayUseCredit })).IsOk);

    private static async Task IssueAsync(TestDatabase database, Account account, bool notify) => Assert.True(
        (await database.Get<CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), new IssueCreditRequest
        {
            Amount = MoneyInput.Of("12.34", "USD"),
            Type = "goodwill",
            Notify = notify,
        })).IsOk);
}
