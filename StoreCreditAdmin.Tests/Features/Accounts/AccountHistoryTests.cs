using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounts;

public sealed class AccountHistoryTests
{
    [Fact]
    public async Task Entries_and_what_was_done_to_the_account_stand_in_one_list_newest_first()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await LayOutAsync(database);

        var page = await ListAsync(database, id, new HistoryFilter());

        Assert.Equal(
            ["Hold lifted", "Contact changed", "Card number re-issued", "Added", "Put on hold", "Account created"],
            page.Items.Select(line => line.Entry?.Label ?? line.Event!.Label));
        Assert.Equal(6, page.TotalCount);
        Assert.Equal(page.Items.Select(line => line.At).OrderDescending(), page.Items.Select(line => line.At));
        var hold = page.Items[4];
        Assert.Equal(("account.hold", "test", "Fraud", "Called us"), (hold.Kind, hold.Actor, hold.Event!.Reason, hold.Event.Note));
        Assert.Equal("""{"mayUseCredit":false}""", page.Items[1].Event!.NewValues);
    }

    [Fact]
    public async Task A_filter_keeps_to_its_kinds_and_dates_and_pages_follow_on()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await LayOutAsync(database);

        Assert.Equal(["account.hold-lift", "account.hold"], await KindsAsync(new HistoryFilter { Kinds = ["account.hold", "account.hold-lift"] }));
        Assert.Equal(["issue", "account.hold"], await KindsAsync(new HistoryFilter { Kinds = ["account.hold", "issue"] }));
        Assert.Empty(await KindsAsync(new HistoryFilter { Kinds = ["nonsense"] }));
        Assert.Equal(["issue"], await KindsAsync(new HistoryFilter { From = new DateOnly(2026, 11, 24), To = new DateOnly(2026, 11, 24) }));
        Assert.Equal(["account.hold", "account.create"], await KindsAsync(new HistoryFilter { To = new DateOnly(2026, 11, 23) }));
        Assert.Equal(["issue"], await KindsAsync(new HistoryFilter { ForCustomer = true }));
        Assert.Equal(await KindsAsync(new HistoryFilter()), await KindsAsync(new HistoryFilter { From = DateOnly.MinValue, To = DateOnly.MaxValue }));

        var all = await KindsAsync(new HistoryFilter());
        var parts = new List<string>();
        for (var skip = 0; skip < 6; skip += 2)
        {
            parts.AddRange((await ListAsync(database, id, new HistoryFilter(), new PageRequest(skip, 2))).Items.Select(line => line.Kind));
        }

        Assert.Equal(all, parts);

        async Task<IEnumerable<string>> KindsAsync(HistoryFilter filter) => (await ListAsync(database, id, filter)).Items.Select(line => line.Kind);
    }

    [Fact]
    public async Task What_was_refused_and_what_happened_to_others_is_not_in_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await LayOutAsync(database);
        var service = database.Get<AccountService>();
        await service.HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), id, new HoldRequest());
        await service.HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), (await database.AddAccountAsync("Bea")).PublicId.ToString(), new HoldRequest { Reason = "fraud" });

        Assert.Equal(6, (await ListAsync(database, id, new HistoryFilter())).TotalCount);
        Assert.Equal("not-found", (await database.Get<AccountHistory>().ListAsync(TestDatabase.Robot, "ext:nobody", new HistoryFilter(), new PageRequest())).Refusal?.Code);
    }

    /// <summary>An account on which something happened on each of six days.</summary>
    private static async Task<string> LayOutAsync(TestDatabase database)
    {
        var service = database.Get<AccountService>();
        var account = (await service.CreateAsync(
            TestDatabase.Robot, OperationKey.ForForm(), new CreateAccountRequest { Name = "Ada", Kind = "person", Email = "ada@example.com" })).Value;
        var id = account.Id.ToString();
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await service.HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), id, new HoldRequest { Reason = "fraud", Note = "Called us" });
        database.Clock.Now = database.Clock.Now.AddDays(1);
        var request = new StoreCreditAdmin.Features.Credits.IssueCreditRequest { Amount = StoreCreditAdmin.Features.Api.MoneyInput.Of("1", "USD"), Type = "goodwill" };
        await database.Get<StoreCreditAdmin.Features.Credits.CreditService>().IssueAsync(TestDatabase.Robot, OperationKey.ForForm(), id, request);
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await service.ReissueCardAsync(TestDatabase.Robot, OperationKey.ForForm(), id);
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await database.Get<ContactService>().ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), account.Contacts[0].Id, new ChangeContactRequest { MayUseCredit = false });
        database.Clock.Now = database.Clock.Now.AddDays(1);
        await service.LiftHoldAsync(TestDatabase.Robot, OperationKey.ForForm(), id);
        return id;
    }

    private static async Task<Page<HistoryLine>> ListAsync(TestDatabase database, string id, HistoryFilter filter, PageRequest? page = null) =>
        (await database.Get<AccountHistory>().ListAsync(TestDatabase.Robot, id, filter, page ?? new PageRequest())).Value;
}
