using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounts;

public sealed class ContactServiceTests
{
    private static readonly AddContactRequest Bea = new() { Name = "Bea", Email = "bea@example.com", Phone = "123" };

    [Theory]
    [InlineData(AccountKind.Person, null, true, false)]
    [InlineData(AccountKind.Person, false, false, false)]
    [InlineData(AccountKind.Company, null, false, false)]
    [InlineData(AccountKind.Company, true, true, false)]
    public async Task Only_the_first_contact_of_a_person_may_use_credit_unasked(AccountKind kind, bool? asked, bool first, bool second)
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = (await database.AddAccountAsync(kind: kind)).PublicId.ToString();
        var service = database.Get<ContactService>();

        var one = await service.AddAsync(TestDatabase.Robot, OperationKey.ForForm(), id, Bea with { MayUseCredit = asked });
        var two = await service.AddAsync(TestDatabase.Robot, OperationKey.ForForm(), id, Bea with { Email = "second@example.com" });

        Assert.Equal((first, second), (one.Value.MayUseCredit, two.Value.MayUseCredit));
    }

    [Fact]
    public async Task What_a_change_leaves_out_stays_and_null_clears()
    {
        await using var database = await TestDatabase.CreateAsync();
        var contact = await AddAsync(database);
        var service = database.Get<ContactService>();

        var allowed = await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), contact.Id, new ChangeContactRequest { MayUseCredit = false });
        var cleared = await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), contact.Id, new ChangeContactRequest { Phone = null, Name = "Beatrice" });
        var unchanged = await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), contact.Id, new ChangeContactRequest());

        Assert.Equal(contact with { MayUseCredit = false }, allowed.Value);
        Assert.Equal(contact with { MayUseCredit = false, Phone = null, Name = "Beatrice" }, cleared.Value);
        Assert.Equal(cleared.Value, unchanged.Value);
        await using var db = database.Open();
        var lines = await db.AuditEntries.Where(line => line.Action == "contact.change").OrderBy(line => line.Id).ToListAsync();
        Assert.Equal(["""{"mayUseCredit":false}""", """{"name":"Beatrice","phone":null}"""], lines.Select(line => line.NewValues));
    }

    [Fact]
    public async Task A_contact_may_keep_its_own_address_in_other_letters_but_not_take_anothers()
    {
        await using var database = await TestDatabase.CreateAsync();
        var contact = await AddAsync(database);
        var other = await AddAsync(database, "other@example.com");
        var service = database.Get<ContactService>();

        var capitals = await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), contact.Id, new ChangeContactRequest { Email = "BEA@example.com" });
        var taken = await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), other.Id, new ChangeContactRequest { Email = "bea@EXAMPLE.com" });
        var added = await database.Get<ContactService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), other.AccountId.ToString(), Bea);

        Assert.Equal("BEA@example.com", capitals.Value.Email);
        Assert.Equal(("email-taken", "email-taken"), (taken.Refusal?.Code, added.Refusal?.Code));
    }

    [Theory]
    [InlineData("", "bea@example.com", null, "name-required")]
    [InlineData("Bea", "bea", null, "email-invalid")]
    [InlineData("Bea", null, "1\n2", "text-invalid")]
    public async Task Bad_input_is_refused_when_adding_and_when_changing(string name, string? email, string? phone, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var contact = await AddAsync(database, "first@example.com");
        var service = database.Get<ContactService>();

        var added = await service.AddAsync(TestDatabase.Robot, OperationKey.ForForm(), contact.AccountId.ToString(), new AddContactRequest { Name = name, Email = email, Phone = phone });
        var changed = await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), contact.Id, new ChangeContactRequest { Name = name, Email = email, Phone = phone });

        Assert.Equal((code, code), (added.Refusal?.Code, changed.Refusal?.Code));
        Assert.Equal([contact], (await database.Get<AccountDetails>().GetAsync(TestDatabase.Robot, contact.AccountId.ToString())).Value.Contacts);
    }

    [Fact]
    public async Task An_accounts_id_is_no_contacts_id()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var service = database.Get<ContactService>();

        var changed = await service.ChangeAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId, new ChangeContactRequest { Name = "X" });
        var added = await service.AddAsync(TestDatabase.Robot, OperationKey.ForForm(), "ext:nobody", Bea);

        Assert.Equal(("not-found", "not-found"), (changed.Refusal?.Code, added.Refusal?.Code));
    }

    private static async Task<ContactView> AddAsync(TestDatabase database, string email = "bea@example.com")
    {
        var account = await database.AddAccountAsync();
        return (await database.Get<ContactService>().AddAsync(TestDatabase.Robot, OperationKey.ForForm(), account.PublicId.ToString(), Bea with { Email = email })).Value;
    }
}
