using Bunit;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Components.Pages.SystemHealth;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Components.Pages.SystemHealth;

public sealed class SystemPageTests
{
    [Fact]
    public async Task The_ledger_is_verified_and_the_first_broken_thing_named()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        await database.IssueAsync(account, "10");
        await using var desk = await StaffDesk.OpenAsync(database, Roles.Administrator);
        var page = desk.Show<SystemPage>();
        page.WaitForElement(".panel");

        page.ButtonNamed("Verify the ledger").Click();
        page.WaitForAssertion(() => Assert.Equal("All is well: 1 entry verified.", page.Find(".verify-result").TextContent));

        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER LedgerEntries_RefuseUpdate; UPDATE LedgerEntries SET AmountMinor = 2000");
        }

        page.ButtonNamed("Verify the ledger").Click();
        page.WaitForAssertion(() => Assert.Equal(
            $"The ledger is broken. First: Account {account.PublicId}, entry 1: was changed after it was written.", page.Find(".verify-result").TextContent));
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1 KB")]
    [InlineData(1536, "1.5 KB")]
    [InlineData(5L * 1024 * 1024 * 1024, "5 GB")]
    public void A_size_is_told_in_the_largest_unit(long bytes, string text) => Assert.Equal(text, SizeText.Of(bytes));
}
