using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounts;

public sealed class AccountServiceTests
{
    [Fact]
    public async Task An_account_with_an_email_gets_a_first_contact_and_is_found_at_once()
    {
        await using var database = await TestDatabase.CreateAsync();

        var created = (await database.Get<AccountService>().CreateAsync(
            TestDatabase.Robot, OperationKey.ForForm(), new CreateAccountRequest { Name = "Zoë O’Brien", Kind = "person", Email = "Zoe@Example.com", ExternalId = "C-17" })).Value;
        var found = (await database.Get<AccountSearch>().SearchAsync(TestDatabase.Robot, "obrien zo", new PageRequest()));

        var contact = Assert.Single(created.Contacts);
        Assert.Equal(("Zoë O’Brien", "Zoe@Example.com", true), (contact.Name, contact.Email, contact.MayUseCredit));
        Assert.Equal(created.Id, Assert.Single(found.Items).Id);
        Assert.Equal(1, found.TotalCount);
    }
}
