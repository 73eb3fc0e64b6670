using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounts;

public sealed class AccountReadPlansTests
{
    [Fact]
    public async Task Reading_an_account_reads_no_table_from_end_to_end_but_the_few_stores()
    {
        var plans = new QueryPlans();
        await using var database = await TestDatabase.CreateAsync(plans);
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "10", expiresOn: new DateOnly(2026, 12, 1));
        var id = account.PublicId.ToString();
        await database.Get<AccountService>().HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), id, new HoldRequest { Reason = "fraud" });
        var (details, entries, history) = (database.Get<AccountDetails>(), database.Get<AccountEntries>(), database.Get<AccountHistory>());
        var day = new DateOnly(2026, 11, 22);

        plans.Start();
        Assert.True((await details.GetAsync(TestDatabase.Robot, id)).IsOk);
        Assert.True((await details.BalanceAsync(TestDatabase.Robot, id, new BalanceQuery("main", "USD"))).IsOk);
        Assert.True((await details.BalanceAsync(TestDatabase.Robot, id, new BalanceQuery(AsOf: day))).IsOk);
        var filter = new EntryFilter { From = day, To = day, Kinds = [EntryKind.Issue], ForCustomer = true };
        Assert.True((await entries.ListAsync(TestDatabase.Robot, id, filter, new PageRequest())).IsOk);
        Assert.True((await entries.ListAsync(TestDatabase.Robot, id, filter with { CreditId = credit.Id }, new KeysetRequest(5, Cursor.After("entries", 9)))).IsOk);
        Assert.True((await entries.ListOfCreditAsync(TestDatabase.Robot, credit.Id, filter, new PageRequest())).IsOk);
        Assert.True((await entries.ExplainAsync(TestDatabase.Robot, credit.Id, System.Globalization.CultureInfo.InvariantCulture)).IsOk);
        Assert.True((await history.ListAsync(TestDatabase.Robot, id, new HistoryFilter { From = day, To = day }, new PageRequest())).IsOk);

        Assert.True(plans.Queries.Count > 20);
        Assert.All(plans.Scans, scan => Assert.StartsWith("SCAN s in", scan, StringComparison.Ordinal));
        Assert.All(plans.Scans, scan => Assert.Contains("FROM \"Stores\" AS \"s\"", scan, StringComparison.Ordinal));
        Assert.NotEmpty(plans.Scans);
    }
}
