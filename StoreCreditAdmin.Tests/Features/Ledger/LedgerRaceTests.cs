using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Ledger;

/// <summary>Sixty-four callers at one thing, on a real file, each slowed down between reading and writing: exactly the allowed number wins.</summary>
public sealed class LedgerRaceTests
{
    private const int Callers = 64;

    [Fact]
    public async Task Debits_of_one_credit_take_what_is_there_and_no_more()
    {
        await using var database = await TestDatabase.CreateAsync(new SlowSaves());
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "40");
        var service = database.Get<CreditService>();
        var request = new DebitRequest { Amount = MoneyInput.Of("1", "USD"), Reason = "correction" };

        var results = await AllAtOnceAsync(_ => service.DebitAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), request));

        Assert.Equal(40, results.Count(result => result.IsOk));
        Assert.All(results.Where(result => !result.IsOk), result => Assert.Equal("insufficient-credit", result.Refusal?.Code));
        Assert.Equal(0, (await database.ReadCreditAsync(credit.Id)).Buckets.Available);
        await VerifyAsync(database);
    }

    [Fact]
    public async Task One_key_takes_effect_once_and_everybody_gets_the_first_answer()
    {
        await using var database = await TestDatabase.CreateAsync(new SlowSaves());
        var account = await database.AddAccountAsync();
        var key = new OperationKey("api:shop:1", [1]);
        var request = new IssueCreditRequest { Amount = MoneyInput.Of("5", "USD"), Type = "goodwill" };

        var results = await AllAtOnceAsync(_ => database.Get<CreditService>().IssueAsync(TestDatabase.Robot, key, account.PublicId.ToString(), request));

        Assert.Single(results, result => !result.Replayed);
        Assert.Single(results.Select(result => result.Value).Distinct());
        Assert.Single(await database.ReadEntriesAsync(account));
        await VerifyAsync(database);
    }

    [Fact]
    public async Task The_last_ten_dollars_go_to_one_checkout()
    {
        await using var database = await TestDatabase.CreateAsync(new SlowSaves());
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        var shop = new Shop(database, account);

        var results = await AllAtOnceAsync(caller => shop.AuthorizeAsync($"order-{caller}", "10", "10"));

        Assert.Single(results, result => result.IsOk);
        Assert.All(results.Where(result => !result.IsOk), result => Assert.Equal("insufficient-credit", result.Refusal?.Code));
        await VerifyAsync(database);
    }

    [Fact]
    public async Task Racing_authorizations_of_one_order_leave_one_open()
    {
        await using var database = await TestDatabase.CreateAsync(new SlowSaves());
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "100");
        var shop = new Shop(database, account);

        var results = await AllAtOnceAsync(_ => shop.AuthorizeAsync("1001", "10", "10"));

        Assert.All(results, result => Assert.True(result.IsOk));
        var buckets = (await database.ReadCreditAsync(credit.Id)).Buckets;
        Assert.Equal((1000, 9000), (buckets.Authorized, buckets.Available));
        await VerifyAsync(database);
    }

    [Fact]
    public async Task Racing_captures_never_take_more_than_was_authorized()
    {
        await using var database = await TestDatabase.CreateAsync(new SlowSaves());
        var (shop, code, credit) = await HeldAsync(database, "20");

        var results = await AllAtOnceAsync(_ => shop.CaptureAsync(code, "1", keepRest: true));

        Assert.Equal(20, results.Count(result => result.IsOk));
        Assert.All(results.Where(result => !result.IsOk), result => Assert.Equal("already-captured", result.Refusal?.Code));
        Assert.Equal(2000, (await database.ReadCreditAsync(credit)).Buckets.Used);
        await VerifyAsync(database);
    }

    [Fact]
    public async Task Racing_refunds_never_give_back_more_than_was_captured()
    {
        await using var database = await TestDatabase.CreateAsync(new SlowSaves());
        var (shop, code, _) = await HeldAsync(database, "20");
        await shop.CaptureAsync(code);

        var results = await AllAtOnceAsync(caller => shop.RefundAsync(code, "1", toNewCredit: caller % 2 == 0));

        Assert.Equal(20, results.Count(result => result.IsOk));
        Assert.All(results.Where(result => !result.IsOk), result => Assert.Equal("exceeds-captured", result.Refusal?.Code));
        await VerifyAsync(database);
    }

    [Fact]
    public async Task An_authorization_is_captured_or_voided_and_never_both()
    {
        await using var database = await TestDatabase.CreateAsync(new SlowSaves());
        var (shop, code, credit) = await HeldAsync(database, "20");

        var results = await AllAtOnceAsync(caller => caller % 2 == 0 ? shop.CaptureAsync(code) : shop.VoidAsync(code));

        var captured = results.Where((_, caller) => caller % 2 == 0).Count(result => result.IsOk);
        var voided = results.Where((_, caller) => caller % 2 == 1).Count(result => result.IsOk);
        Assert.True((captured, voided) is (1, 0) or (0, Callers / 2), $"{captured} captures and {voided} voids succeeded.");
        var buckets = (await database.ReadCreditAsync(credit)).Buckets;
        Assert.Equal((captured * 2000, 0), (buckets.Used, buckets.Authorized));
        await VerifyAsync(database);
    }

    [Fact]
    public async Task A_credit_is_voided_or_held_and_never_both()
    {
        await using var database = await TestDatabase.CreateAsync(new SlowSaves());
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "10");
        var shop = new Shop(database, account);
        var service = database.Get<CreditService>();

        var results = await AllAtOnceAsync(async caller => caller % 2 == 0
            ? (await shop.AuthorizeAsync($"order-{caller}", "10", "10")).IsOk
            : (await service.InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id, new InvalidateCreditRequest { Reason = "fraud" })).IsOk);

        Assert.Single(results, won => won);
        await VerifyAsync(database);
    }

    [Fact]
    public async Task Of_many_who_edit_what_they_all_saw_one_wins()
    {
        await using var database = await TestDatabase.CreateAsync(new SlowSaves());
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "10");
        var service = database.Get<CreditService>();

        var results = await AllAtOnceAsync(caller => service.ChangeAsync(
            TestDatabase.Robot, OperationKey.ForForm(), credit.Id, new ChangeCreditRequest { Memo = $"By {caller}", Version = credit.Version }));

        Assert.Single(results, result => result.IsOk);
        Assert.All(results.Where(result => !result.IsOk), result => Assert.Equal("changed-meanwhile", result.Refusal?.Code));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_next_one_whole()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var request = new OperationRequest("test.fail", OperationKey.ForForm(), TestDatabase.Robot, StoreCreditAdmin.Security.Permission.IssueCredit);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Get<CommitGate>().ExecuteAsync<StoreCreditAdmin.Domain.Done>(request, async write =>
        {
            (await write.Db.Accounts.FindAsync(account.Id))!.ReissueCard("half-done");
            await write.Db.SaveChangesAsync();
            throw new InvalidOperationException("Something broke.");
        }));
        await database.IssueAsync(account, "10");

        await using var db = database.Open();
        Assert.NotEqual("half-done", (await db.Accounts.FindAsync(account.Id))!.CardNumber);
        await VerifyAsync(database);
    }

    private static async Task<T[]> AllAtOnceAsync<T>(Func<int, Task<T>> call)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            await start.Task;
            return await call(caller);
        })).ToArray();
        start.SetResult();
        return await Task.WhenAll(calls);
    }

    private static async Task<(Shop Shop, string Code, Guid Credit)> HeldAsync(TestDatabase database, string amount)
    {
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "100");
        var shop = new Shop(database, account);
        return (shop, (await shop.AuthorizeAsync("1001", amount)).Value.Code, credit.Id);
    }

    private static async Task VerifyAsync(TestDatabase database)
    {
        var report = await database.VerifyAsync();
        Assert.True(report.Ok, report.FirstBroken);
    }
}
