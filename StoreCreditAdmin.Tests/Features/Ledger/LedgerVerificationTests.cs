using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Ledger;

/// <summary>Case G8: whatever is changed in the file itself is found, and the first thing wrong is named.</summary>
public sealed class LedgerVerificationTests
{
    private static readonly Lazy<Task<byte[]>> History = new(WriteHistoryAsync);

    [Theory]
    [InlineData("UPDATE LedgerEntries SET AmountMinor = 9999 WHERE Sequence = 3", "entry 3: was changed")]
    [InlineData("UPDATE LedgerEntries SET Memo = 'gift' WHERE Sequence = 2", "entry 2: was changed")]
    [InlineData("UPDATE LedgerEntries SET ActorName = 'Mallory' WHERE Sequence = 1", "entry 1: was changed")]
    [InlineData("UPDATE LedgerEntries SET EffectiveOn = '2026-01-01' WHERE Sequence = 4", "entry 4: was changed")]
    [InlineData("UPDATE LedgerEntries SET RecordedAt = RecordedAt + 1 WHERE Sequence = 4", "entry 4: was changed")]
    [InlineData("UPDATE LedgerEntries SET AvailableAfter = AvailableAfter + 1 WHERE Sequence = 5", "entry 5: was changed")]
    [InlineData("UPDATE LedgerEntries SET CreditId = 1 WHERE Sequence = 2", "entry 2: was changed")]
    [InlineData("UPDATE LedgerEntries SET ReasonId = 2 WHERE ReasonId IS NOT NULL", "was changed")]
    [InlineData("UPDATE LedgerEntries SET OrderNumber = '1002' WHERE OrderNumber IS NOT NULL", "entry 3: was changed")]
    [InlineData("UPDATE LedgerEntries SET OperationId = 1 WHERE Sequence = 6", "entry 6: was changed")]
    [InlineData("UPDATE LedgerEntries SET Hash = zeroblob(32) WHERE Sequence = 2", "entry 2: was changed")]
    [InlineData("UPDATE LedgerEntries SET PreviousHash = zeroblob(32) WHERE Sequence = 2", "entry 2: does not follow")]
    [InlineData("UPDATE LedgerEntries SET Sequence = 20 WHERE Sequence = 2", "entry 2: missing")]
    [InlineData("DELETE FROM LedgerEntries WHERE Sequence = 2", "entry 2: missing")]
    [InlineData("DELETE FROM LedgerEntries WHERE Sequence = (SELECT MAX(Sequence) FROM LedgerEntries)", "missing")]
    [InlineData("UPDATE LedgerEntries SET AccountId = 999 WHERE Sequence = 1", "entry 1: missing")]
    [InlineData("UPDATE LedgerEntries SET RecordedAt = 'yesterday' WHERE Sequence = 1", "entry 1: was changed")]
    [InlineData("UPDATE LedgerEntries SET PublicId = 'nobody' WHERE Sequence = 1", "cannot be read")]
    [InlineData("UPDATE LedgerEntries SET Kind = 99 WHERE Sequence = 1", "entry 1: was changed")]
    [InlineData("DELETE FROM Operations WHERE Id = (SELECT OperationId FROM LedgerEntries WHERE Sequence = 2)", "entry 2: missing")]
    [InlineData("DELETE FROM OperationOutcomes WHERE OperationId = 1", "its outcome is missing")]
    [InlineData("UPDATE Accounts SET LastSequence = LastSequence - 1", "its head says")]
    [InlineData("UPDATE Accounts SET LastSequence = LastSequence + 1", "missing")]
    [InlineData("UPDATE Accounts SET LastHash = zeroblob(32)", "its head says")]
    [InlineData("UPDATE Accounts SET PublicId = '00000000-0000-0000-0000-000000000001'", "entry 1: was changed")]
    [InlineData("DELETE FROM Accounts", "its account is missing")]
    [InlineData("UPDATE Credits SET Available = Available + 100 WHERE Id = 1", "its amounts are not what its entries give")]
    [InlineData("UPDATE Credits SET Available = -1 WHERE Id = 1", "its amounts are not what its entries give")]
    [InlineData("UPDATE Credits SET Used = Used - 1, Available = Available + 1 WHERE Id = 1", "its amounts are not what its entries give")]
    [InlineData("UPDATE Credits SET OpeningMinor = 1 WHERE Id = 1", "its amounts are not what its entries give")]
    [InlineData("UPDATE Credits SET PublicId = '00000000-0000-0000-0000-000000000001' WHERE Id = 1", "entry 1: was changed")]
    [InlineData("UPDATE Credits SET CurrencyCode = 'EUR' WHERE Id = 1", "it is in another store or currency")]
    [InlineData("UPDATE Credits SET WasEverDrawn = 0 WHERE Id = 1", "never drawn on")]
    [InlineData("UPDATE Credits SET InvalidatedAt = NULL", "whether it was invalidated")]
    [InlineData("UPDATE Credits SET InvalidatedAt = 1 WHERE Id = 1", "whether it was invalidated")]
    [InlineData("UPDATE Credits SET DeletedAt = 1 WHERE Id = 1", "it was deleted while it still had value")]
    [InlineData("UPDATE Credits SET OriginCreditId = NULL", "it names no credit")]
    [InlineData("UPDATE Credits SET AccountId = 999 WHERE Id = 1", "a credit that the account does not have")]
    [InlineData("UPDATE AccountBalances SET Available = Available + 1", "it is not what its entries give")]
    [InlineData("DELETE FROM AccountBalances", "Balance of account")]
    [InlineData("INSERT INTO AccountBalances (AccountId, StoreId, CurrencyCode, Available, Authorized, Used, Expired, Reclaimed, Invalidated) SELECT AccountId, StoreId, 'EUR', 1, 0, 0, 0, 0, 0 FROM AccountBalances", "in EUR: it is not what its entries give")]
    [InlineData("UPDATE LedgerEntries SET IsBackDated = 1 WHERE Sequence = 4", "entry 4: is marked as back-dated")]
    [InlineData("UPDATE AccountBalances SET LastEffectiveOn = '2026-11-21'", "its latest day is not the one of its entries")]
    [InlineData("UPDATE AccountBalances SET LastEffectiveOn = NULL", "its latest day is not the one of its entries")]
    [InlineData("UPDATE AuthorizationLines SET RefundedMinor = 0", "its amounts are not what its entries give")]
    [InlineData("UPDATE AuthorizationLines SET CapturedMinor = CapturedMinor + 1, AuthorizedMinor = AuthorizedMinor + 1", "its amounts are not what its entries give")]
    [InlineData("UPDATE AuthorizationLines SET CreditId = 2", "its amounts are not what its entries give")]
    [InlineData("DELETE FROM AuthorizationLines", "no such line")]
    [InlineData("UPDATE Authorizations SET IsOpen = 1 - IsOpen", "it says that it is")]
    [InlineData("UPDATE Authorizations SET Code = 'guess'", "entry 3: was changed")]
    public async Task What_is_changed_in_the_file_is_found_and_named(string change, string named)
    {
        await using var database = await TestDatabase.CreateAsync();
        await File.WriteAllBytesAsync(database.Path, await History.Value);
        var whole = await database.VerifyAsync();
        Assert.True(whole.Ok, whole.FirstBroken);

        Assert.NotEqual(0, await DatabaseFile.TamperAsync(database.Path, change));

        var report = await database.VerifyAsync();
        Assert.False(report.Ok);
        Assert.Contains(named, report.FirstBroken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_account_of_many_that_is_wrong_is_the_one_named()
    {
        await using var database = await TestDatabase.CreateAsync();
        var accounts = new List<Account>();
        for (var i = 0; i < 5; i++)
        {
            accounts.Add(await database.AddAccountAsync($"Customer {i}"));
            await database.IssueAsync(accounts[i], "10");
        }

        await DatabaseFile.TamperAsync(database.Path, $"UPDATE LedgerEntries SET PublicId = 'x' WHERE AccountId = {accounts[3].Id}");

        var report = await database.VerifyAsync();
        Assert.Equal(3, report.Entries);
        Assert.Contains(accounts[3].PublicId.ToString(), report.FirstBroken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_those_who_may_verify_can()
    {
        await using var database = await TestDatabase.CreateAsync();
        var reader = Caller.ApiKey(Guid.NewGuid(), "Shop", [Scopes.Read]);

        await Assert.ThrowsAsync<AccessDeniedException>(() => database.Get<LedgerVerification>().VerifyAsync(reader));
    }

    /// <summary>Two credits, one drawn on, captured, given back in part to it and in part to a new credit; the other voided.</summary>
    private static async Task<byte[]> WriteHistoryAsync()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "100");
        var other = await database.IssueAsync(account, "50");
        var shop = new Shop(database, account);
        var held = (await shop.AuthorizeAsync("1001", "30")).Value;
        await shop.CaptureAsync(held.Code, "20");
        await shop.RefundAsync(held.Code, "5");
        await shop.RefundAsync(held.Code, "3", toNewCredit: true);
        await database.Get<CreditService>().InvalidateAsync(TestDatabase.Robot, OperationKey.ForForm(), other.Id, new InvalidateCreditRequest { Reason = "fraud" });
        return await DatabaseFile.ReadAllAsync(database.Path);
    }
}
