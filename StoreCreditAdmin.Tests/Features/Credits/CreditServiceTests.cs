using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Credits;

public sealed class CreditServiceTests
{
    [Fact]
    public async Task Issuing_makes_one_credit_and_one_entry_by_whoever_issued_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();

        var credit = await database.IssueAsync(account, "1.00");

        var entry = Assert.Single(await database.ReadEntriesAsync(account));
        Assert.Equal(EntryKind.Issue, entry.Kind);
        Assert.Equal((100, 100, 100), (entry.AmountMinor, entry.AvailableAfter, entry.AccountAvailableAfter));
        Assert.Equal("test", entry.ActorName);
        Assert.Equal("test", credit.CreatedBy);
        Assert.Equal("1.00", credit.Remaining.ToString());
        Assert.Equal(new LedgerReport(true, 1, null), await database.VerifyAsync());
    }

    [Fact]
    public async Task The_same_key_gets_the_first_answer_and_another_request_under_it_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var service = database.Get<CreditService>();
        var request = new IssueCreditRequest { Amount = MoneyInput.Of("5", "USD"), Type = "goodwill" };
        var key = new OperationKey("api:k:1", [1]);

        var first = await service.IssueAsync(TestDatabase.Robot, key, account.PublicId.ToString(), request);
        var again = await service.IssueAsync(TestDatabase.Robot, key, account.PublicId.ToString(), request);
        var other = await service.IssueAsync(TestDatabase.Robot, key with { RequestHash = [2] }, account.PublicId.ToString(), request);

        Assert.False(first.Replayed);
        Assert.True(again.Replayed);
        Assert.Equal(first.Value, again.Value);
        Assert.Equal("idempotency-conflict", other.Refusal?.Code);
        Assert.Single(await database.ReadEntriesAsync(account));
    }

    [Theory]
    [InlineData("5", true)]
    [InlineData("15", true)]
    [InlineData("-5", false)]
    public async Task An_amount_can_be_set_with_a_reason_but_not_below_zero(string amount, bool accepted)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "10");
        var request = new AdjustCreditRequest { NewAmount = MoneyInput.Of(amount, "USD"), Reason = "correction" };

        var result = await database.Get<CreditService>().AdjustAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id, request);

        Assert.Equal(accepted, result.IsOk);
        Assert.Equal(accepted ? 2 : 1, (await database.ReadEntriesAsync(account)).Length);
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_credit_is_invalidated_once_and_deleted_only_when_it_is_still_valid()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var credit = await database.IssueAsync(account, "10");
        var service = database.Get<CreditService>();
        var request = new InvalidateCreditRequest { Reason = "fraud" };

        var first = await service.InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id, request);
        var second = await service.InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id, request);
        var delete = await service.DeleteAsync(TestDatabase.Robot, OperationKey.ForForm(), credit.Id);

        Assert.Equal(("invalidated", "0.00", "10.00"), (first.Value.Status, first.Value.Remaining.ToString(), first.Value.InvalidatedAmount.ToString()));
        Assert.Equal("credit-invalidated", second.Refusal?.Code);
        Assert.Equal("credit-invalidated", delete.Refusal?.Code);
        Assert.Equal(2, (await database.ReadEntriesAsync(account)).Length);
        Assert.True((await database.VerifyAsync()).Ok);
    }

    [Fact]
    public async Task A_debit_takes_the_soonest_expiring_first_and_never_more_than_is_left()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var december = await database.IssueAsync(account, "10", expiresOn: new DateOnly(2026, 12, 1));
        var november = await database.IssueAsync(account, "20", expiresOn: new DateOnly(2026, 11, 30));
        var never = await database.IssueAsync(account, "30");
        var service = database.Get<CreditService>();
        DebitRequest Take(string amount) => new() { Amount = MoneyInput.Of(amount, "USD"), Reason = "correction" };

        var debited = await service.DebitAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), Take("25"));
        var tooMuch = await service.DebitAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), Take("35.01"));

        Assert.Equal([(november.Id, "20.00"), (december.Id, "5.00")], debited.Value.Lines.Select(line => (line.CreditId, line.Amount.ToString())));
        Assert.Equal(3000, (await database.ReadCreditAsync(never.Id)).Buckets.Available);
        Assert.Equal(("insufficient-credit", "Only 35.00 USD is left."), (tooMuch.Refusal?.Code, tooMuch.Refusal?.Message));
        Assert.True((await database.VerifyAsync()).Ok);
    }
}
