using System.Globalization;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounts;

public sealed class AccountEntriesTests
{
    [Fact]
    public async Task Staff_see_every_entry_newest_first_and_customers_those_that_change_what_they_have()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await IssueWithMemoAsync(database, account);
        var shop = new Shop(database, account);
        var bought = (await shop.AuthorizeAsync("1001", "60")).Value;
        await shop.CaptureAsync(bought.Code, "50");
        await shop.RefundAsync(bought.Code, "20");
        await InvalidateAsync(database, credit.Id);

        var staff = await ListAsync(database, account, new EntryFilter());
        var customer = await ListAsync(database, account, new EntryFilter { ForCustomer = true });

        Assert.Equal(
            ["invalidate 120.00 Cancelled -120.00", "refund 20.00 Credit 20.00", "release 10.00 Released 0.00", "capture 50.00 Used -50.00", "authorize 60.00 Authorized 0.00", "issue 150.00 Added 150.00"],
            staff.Select(entry => $"{entry.Kind} {entry.Amount} {entry.Label} {entry.BalanceChange}"));
        Assert.Equal(["Cancelled", "Credit", "Used", "Added"], customer.Select(entry => entry.Label));
        Assert.Equal([6, 5, 4, 3, 2, 1], staff.Select(entry => entry.Seq));
        Assert.Equal(("for staff", null), (staff[^1].Memo, customer[^1].Memo));
        Assert.Equal(("authorized", "used", "1001", bought.Code), (staff[3].From, staff[3].To, staff[3].OrderNumber, staff[3].AuthorizationCode));
        Assert.Equal(("fraud", "Fraud", "test", credit.Id), (staff[0].Reason, staff[0].ReasonName, staff[0].Actor, staff[0].CreditId));
        Assert.Equal(("100.00", "100.00"), (staff[2].AvailableAfter.ToString(), staff[2].AccountAvailableAfter.ToString()));
    }

    [Fact]
    public async Task A_filter_keeps_to_its_dates_its_credit_and_its_kinds()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var first = await database.IssueAsync(account, "1");
        database.Clock.Now = database.Clock.Now.AddDays(1);
        var second = await database.IssueAsync(account, "2");
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await InvalidateAsync(database, second.Id);
        var stranger = await database.IssueAsync(await database.AddAccountAsync("Bea"), "3");

        Assert.Equal([2, 1], await SequencesAsync(new EntryFilter { To = new DateOnly(2026, 11, 23) }));
        Assert.Equal([2], await SequencesAsync(new EntryFilter { From = new DateOnly(2026, 11, 23), To = new DateOnly(2026, 11, 23) }));
        Assert.Equal([3, 2], await SequencesAsync(new EntryFilter { CreditId = second.Id }));
        Assert.Equal([1], await SequencesAsync(new EntryFilter { CreditId = first.Id }));
        Assert.Equal([3], await SequencesAsync(new EntryFilter { Kinds = [EntryKind.Invalidate] }));
        Assert.Empty(await SequencesAsync(new EntryFilter { From = new DateOnly(2026, 11, 24), To = new DateOnly(2026, 11, 22) }));
        var foreign = await database.Get<AccountEntries>().ListAsync(TestDatabase.Robot, account.PublicId.ToString(), new EntryFilter { CreditId = stranger.Id }, new PageRequest());
        Assert.Equal("not-found", foreign.Refusal?.Code);

        async Task<IEnumerable<long>> SequencesAsync(EntryFilter filter) => (await ListAsync(database, account, filter)).Select(entry => entry.Seq);
    }

    [Fact]
    public async Task Pages_and_cursors_show_each_entry_once_while_new_ones_arrive()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        for (var index = 0; index < 7; index++)
        {
            await database.IssueAsync(account, "1");
        }

        var entries = database.Get<AccountEntries>();
        var reference = account.PublicId.ToString();
        var first = (await entries.ListAsync(TestDatabase.Robot, reference, new EntryFilter(), new KeysetRequest(3))).Value;
        await database.IssueAsync(account, "1");
        var second = (await entries.ListAsync(TestDatabase.Robot, reference, new EntryFilter(), new KeysetRequest(3, Cursor.Parse(first.NextCursor!)))).Value;
        var third = (await entries.ListAsync(TestDatabase.Robot, reference, new EntryFilter(), new KeysetRequest(3, Cursor.Parse(second.NextCursor!)))).Value;
        var page = (await entries.ListAsync(TestDatabase.Robot, reference, new EntryFilter(), new PageRequest(2, 3))).Value;

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], new[] { first, second, third }.SelectMany(part => part.Items).Select(entry => entry.Seq));
        Assert.Null(third.NextCursor);
        Assert.Equal((8, "6 5 4"), (page.TotalCount, string.Join(' ', page.Items.Select(entry => entry.Seq))));
        await Assert.ThrowsAsync<BadCursorException>(() => entries.ListAsync(TestDatabase.Robot, reference, new EntryFilter(), new KeysetRequest(3, Cursor.After("credits", 1))));
    }

    [Fact]
    public async Task A_credits_page_lists_its_entries_and_explains_its_balance()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "10");
        await database.IssueAsync(account, "5");
        await InvalidateAsync(database, credit.Id);
        var entries = database.Get<AccountEntries>();

        var page = (await entries.ListOfCreditAsync(TestDatabase.Robot, credit.Id, new EntryFilter(), new PageRequest())).Value;
        var story = (await entries.ExplainAsync(TestDatabase.Robot, credit.Id, CultureInfo.InvariantCulture)).Value;

        Assert.Equal(["invalidate", "issue"], page.Items.Select(entry => entry.Kind));
        Assert.Equal("So 0.00 USD is left: 10.00 USD credited − 10.00 USD invalidated.", story[^1]);
        Assert.Equal("not-found", (await entries.ExplainAsync(TestDatabase.Robot, account.PublicId, CultureInfo.InvariantCulture)).Refusal?.Code);
        Assert.Equal("not-found", (await entries.ListOfCreditAsync(TestDatabase.Robot, account.PublicId, new EntryFilter(), new PageRequest())).Refusal?.Code);
    }

    private static async Task<IReadOnlyList<EntryView>> ListAsync(TestDatabase database, Account account, EntryFilter filter) =>
        (await database.Get<AccountEntries>().ListAsync(TestDatabase.Robot, account.PublicId.ToString(), filter, new PageRequest())).Value.Items;

    private static async Task<CreditView> IssueWithMemoAsync(TestDatabase database, Account account) =>
        (await database.Get<CreditService>().IssueAsync(
            TestDatabase.Robot,
            OperationKey.ForForm(),
            account.PublicId.ToString(),
            new IssueCreditRequest { Amount = StoreCreditAdmin.Features.Api.MoneyInput.Of("150", "USD"), Type = "goodwill", Memo = "for staff" })).Value;

    private static async Task InvalidateAsync(TestDatabase database, Guid creditId) =>
        Assert.True((await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), creditId, new InvalidateCreditRequest { Reason = "fraud" })).IsOk);
}
