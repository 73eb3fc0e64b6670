using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Audit;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Accounts;

public sealed class AccountServiceTests
{
    private static readonly CreateAccountRequest Ada = new() { Name = "Ada Byron", Kind = "person", Email = "Ada@Example.com", Phone = "+44 20 7946 0958", ExternalId = "C-17" };

    [Fact]
    public async Task An_email_makes_a_first_contact_who_may_use_credit_if_it_is_a_persons()
    {
        await using var database = await TestDatabase.CreateAsync();

        var person = (await CreateAsync(database, Ada)).Value;
        var company = (await CreateAsync(database, new CreateAccountRequest { Name = "Acme", Kind = "company", Email = "office@example.com" })).Value;
        var nobody = (await CreateAsync(database, new CreateAccountRequest { Name = "Nemo", Kind = "person" })).Value;

        var contact = Assert.Single(person.Contacts);
        Assert.Equal(("Ada Byron", "Ada@Example.com", "+44 20 7946 0958", true), (contact.Name, contact.Email, contact.Phone, contact.MayUseCredit));
        Assert.Equal(("C-17", "person", false), (person.ExternalId, person.Kind, person.OnHold));
        Assert.False(Assert.Single(company.Contacts).MayUseCredit);
        Assert.Empty(nobody.Contacts);
        Assert.NotEqual(person.CardNumber, company.CardNumber);
    }

    [Fact]
    public async Task An_answer_that_is_given_again_is_the_same()
    {
        await using var database = await TestDatabase.CreateAsync();
        var key = new OperationKey("api:k:1", [1]);

        var first = await database.Get<AccountService>().CreateAsync(TestDatabase.Robot, key, Ada);
        var again = await database.Get<AccountService>().CreateAsync(TestDatabase.Robot, key, Ada);

        Assert.True(again.Replayed);
        Assert.Equivalent(first.Value, again.Value, strict: true);
        Assert.Equal(1, await CountAsync(database));
    }

    public static TheoryData<string, CreateAccountRequest> BadInput => new()
    {
        { "name-required", Ada with { Name = " \t" } },
        { "text-too-long", Ada with { Name = new string('x', 201) } },
        { "text-too-long", Ada with { ExternalId = new string('x', 101) } },
        { "text-too-long", Ada with { Phone = new string('1', 51) } },
        { "text-too-long", Ada with { Email = new string('a', 250) + "@b.co" } },
        { "text-invalid", Ada with { Name = "Ada\nByron" } },
        { "text-invalid", Ada with { Name = "Ada\0" } },
        { "text-invalid", Ada with { Name = "Ada \ud800" } },
        { "text-invalid", Ada with { ExternalId = "C\u007f17" } },
        { "text-invalid", Ada with { Phone = "1\r2" } },
        { "text-invalid", Ada with { Email = "a\u0001@b.co" } },
        { "email-invalid", Ada with { Email = "ada" } },
        { "email-invalid", Ada with { Email = "@example.com" } },
        { "email-invalid", Ada with { Email = "ada@" } },
        { "email-invalid", Ada with { Email = "a@b@c.com" } },
        { "email-invalid", Ada with { Email = "ada byron@example.com" } },
        { "email-invalid", Ada with { Email = "ada\u00a0@example.com" } },
        { "kind-unknown", Ada with { Kind = null } },
        { "kind-unknown", Ada with { Kind = "Person" } },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public async Task Bad_input_is_refused_at_its_field_and_changes_nothing(string code, CreateAccountRequest request)
    {
        await using var database = await TestDatabase.CreateAsync();

        var refused = await CreateAsync(database, request);

        Assert.Equal(code, refused.Refusal?.Code);
        Assert.NotNull(refused.Refusal?.Field);
        Assert.Equal(0, await CountAsync(database));
    }

    [Theory]
    [InlineData("<script>alert('x')</script>")]
    [InlineData("Zoe\u0308 Müller")]
    [InlineData("山田 太郎 🎁 𠮷野")]
    [InlineData("محمد O’Brien, \"Jr.\"")]
    public async Task Names_are_kept_as_they_were_typed(string name)
    {
        await using var database = await TestDatabase.CreateAsync();

        var created = (await CreateAsync(database, Ada with { Name = $"  {name} " })).Value;

        Assert.Equal(name, (await database.Get<AccountDetails>().GetAsync(TestDatabase.Robot, created.Id.ToString())).Value.Name);
    }

    [Fact]
    public async Task An_email_belongs_to_one_person_while_companies_may_share_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await CreateAsync(database, Ada);

        var otherPerson = await CreateAsync(database, Ada with { Email = "ADA@example.COM", ExternalId = null });
        var sameExternalId = await CreateAsync(database, Ada with { Email = "other@example.com" });
        var company = await CreateAsync(database, Ada with { Kind = "company", ExternalId = null });

        Assert.Equal(("email-taken", "email"), (otherPerson.Refusal?.Code, otherPerson.Refusal?.Field));
        Assert.DoesNotContain("Byron", otherPerson.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(("external-id-taken", "externalId"), (sameExternalId.Refusal?.Code, sameExternalId.Refusal?.Field));
        Assert.True(company.IsOk);
    }

    [Fact]
    public async Task Of_many_who_take_one_email_at_once_one_wins()
    {
        await using var database = await TestDatabase.CreateAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(index => Task.Run(() => CreateAsync(database, Ada with { ExternalId = $"{index}" }))));

        Assert.Single(results, result => result.IsOk);
        Assert.All(results.Where(result => !result.IsOk), result => Assert.Equal("email-taken", result.Refusal?.Code));
        Assert.Equal(1, await CountAsync(database));
    }

    [Fact]
    public async Task Many_are_created_at_once_and_bad_ones_left_out()
    {
        await using var database = await TestDatabase.CreateAsync();
        await CreateAsync(database, Ada);

        var created = (await database.Get<AccountService>().CreateManyAsync(TestDatabase.Robot, OperationKey.ForForm(),
        [
            new CreateAccountRequest { Name = "Bea", Kind = "person", Email = "bea@example.com", ExternalId = "C-18" },
            new CreateAccountRequest { Name = "Bea again", Kind = "person", Email = "BEA@example.com", ExternalId = "C-19" },
            new CreateAccountRequest { Name = "Cid", Kind = "person", Email = "ada@example.com", ExternalId = "C-20" },
            new CreateAccountRequest { Name = "Dot", Kind = "person", Email = "dot@example.com", ExternalId = "C-18" },
            new CreateAccountRequest { Name = "", Kind = "person" },
            new CreateAccountRequest { Name = "Eve", Kind = "person", Email = "eve@example.com", ExternalId = "C-19" },
        ])).Value.Accounts;

        Assert.Equal([null, "email-taken", "email-taken", "external-id-taken", "name-required", null], created.Select(one => one.Refusal?.Code));
        Assert.Equal(3, await CountAsync(database));
        Assert.Equal("Eve", (await database.Get<AccountDetails>().GetAsync(TestDatabase.Robot, created[5].Id.ToString()!)).Value.Name);
        Assert.Equal(["Ada Byron", "Bea", "Eve"], (await AuditAsync(database, "account.create")).Select(line => line.Subject));
    }

    [Fact]
    public async Task A_hold_pauses_and_lifting_it_ends_it_and_both_stay_in_the_audit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = (await CreateAsync(database, Ada)).Value.Id.ToString();
        var service = database.Get<AccountService>();

        var held = await service.HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), id, new HoldRequest { Reason = "fraud", Note = " Called\nus " });
        database.Clock.Now = database.Clock.Now.AddHours(1);
        var heldAgain = await service.HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), id, new HoldRequest { Reason = "overdue-payment" });
        var lifted = await service.LiftHoldAsync(TestDatabase.Robot, OperationKey.ForForm(), id);
        var liftedAgain = await service.LiftHoldAsync(TestDatabase.Robot, OperationKey.ForForm(), id);

        Assert.Equal(("fraud", "Fraud", "Called\nus", "test"), (held.Value.Hold!.Reason, held.Value.Hold.ReasonName, held.Value.Hold.Note, held.Value.Hold.By));
        Assert.Equal(("overdue-payment", null, held.Value.Hold.Since), (heldAgain.Value.Hold!.Reason, heldAgain.Value.Hold.Note, heldAgain.Value.Hold.Since));
        Assert.True(held.Value.OnHold && heldAgain.Value.OnHold);
        Assert.Equal((false, null), (lifted.Value.OnHold, lifted.Value.Hold));
        Assert.Equivalent(lifted.Value, liftedAgain.Value, strict: true);
        Assert.Equal(2, (await AuditAsync(database, "account.hold")).Count);
        Assert.Single(await AuditAsync(database, "account.hold-lift"));
    }

    [Theory]
    [InlineData(null, null, "reason-required")]
    [InlineData("nonsense", null, "reason-unknown")]
    [InlineData("fraud", 2001, "text-too-long")]
    [InlineData("fraud", 10_000, "text-too-long")]
    public async Task A_hold_needs_a_reason_and_a_note_that_fits(string? reason, int? noteLength, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = (await CreateAsync(database, Ada)).Value.Id.ToString();

        var refused = await database.Get<AccountService>().HoldAsync(
            TestDatabase.Robot, OperationKey.ForForm(), id, new HoldRequest { Reason = reason, Note = noteLength is null ? null : new string('n', noteLength.Value) });

        Assert.Equal(code, refused.Refusal?.Code);
        Assert.False((await database.Get<AccountDetails>().GetAsync(TestDatabase.Robot, id)).Value.OnHold);
    }

    [Fact]
    public async Task An_agent_edits_accounts_but_only_a_manager_holds_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await database.AddAccountAsync();
        var id = account.PublicId.ToString();
        var service = database.Get<AccountService>();
        var editor = Caller.ApiKey(Guid.NewGuid(), "reader", [Scopes.Read]);

        var refused = await service.HoldAsync(editor, OperationKey.ForForm(), id, new HoldRequest { Reason = "fraud" });
        var created = await service.CreateAsync(editor, OperationKey.ForForm(), Ada);

        Assert.Equal(("forbidden", "forbidden"), (refused.Refusal?.Code, created.Refusal?.Code));
        Assert.DoesNotContain(Permission.HoldAccounts, Roles.PermissionsOf(Roles.Agent));
        Assert.Contains(Permission.EditAccounts, Roles.PermissionsOf(Roles.Agent));
        Assert.Contains(Permission.HoldAccounts, Roles.PermissionsOf(Roles.Manager));
    }

    [Fact]
    public async Task A_new_card_number_kills_the_old_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        var before = (await CreateAsync(database, Ada)).Value;

        var after = (await database.Get<AccountService>().ReissueCardAsync(TestDatabase.Robot, OperationKey.ForForm(), before.Id.ToString())).Value;

        Assert.NotEqual(before.CardNumber, after.CardNumber);
        var search = database.Get<AccountSearch>();
        Assert.Empty((await search.SearchAsync(TestDatabase.Robot, before.CardNumber, new())).Items);
        Assert.Equal(before.Id, Assert.Single((await search.SearchAsync(TestDatabase.Robot, CardNumber.InGroups(after.CardNumber), new())).Items).Id);
        Assert.DoesNotContain(before.CardNumber, Assert.Single(await AuditAsync(database, "account.card")).OldValues!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renaming_changes_the_name_once_and_writes_both_into_the_audit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = (await CreateAsync(database, Ada)).Value.Id.ToString();
        var service = database.Get<AccountService>();

        var renamed = await service.RenameAsync(TestDatabase.Robot, OperationKey.ForForm(), id, new RenameAccountRequest { Name = "Ada Lovelace" });
        await service.RenameAsync(TestDatabase.Robot, OperationKey.ForForm(), id, new RenameAccountRequest { Name = " Ada Lovelace " });
        var refused = await service.RenameAsync(TestDatabase.Robot, OperationKey.ForForm(), id, new RenameAccountRequest { Name = "" });

        Assert.Equal("Ada Lovelace", renamed.Value.Name);
        Assert.Equal("name-required", refused.Refusal?.Code);
        var line = Assert.Single(await AuditAsync(database, "account.rename"), one => one.RefusalCode is null);
        Assert.Equal(("""{"name":"Ada Byron"}""", """{"name":"Ada Lovelace"}"""), (line.OldValues, line.NewValues));
    }

    [Fact]
    public async Task Holding_and_renaming_at_once_keep_both_changes()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = (await CreateAsync(database, Ada)).Value.Id.ToString();
        var service = database.Get<AccountService>();

        await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(index => new Task[]
        {
            Task.Run(() => service.RenameAsync(TestDatabase.Robot, OperationKey.ForForm(), id, new RenameAccountRequest { Name = $"Ada {index}" })),
            Task.Run(() => service.HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), id, new HoldRequest { Reason = "fraud", Note = $"{index}" })),
        }));

        var account = (await database.Get<AccountDetails>().GetAsync(TestDatabase.Robot, id)).Value;
        Assert.Matches("^Ada [0-7]$", account.Name);
        Assert.True(account.OnHold);
    }

    [Theory]
    [InlineData("ext:nobody")]
    [InlineData("ext:")]
    [InlineData("17")]
    [InlineData("")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task An_id_of_nothing_is_not_found(string reference)
    {
        await using var database = await TestDatabase.CreateAsync();
        await CreateAsync(database, Ada);
        var service = database.Get<AccountService>();

        Assert.Equal("not-found", (await database.Get<AccountDetails>().GetAsync(TestDatabase.Robot, reference)).Refusal?.Code);
        Assert.Equal("not-found", (await service.HoldAsync(TestDatabase.Robot, OperationKey.ForForm(), reference, new HoldRequest { Reason = "fraud" })).Refusal?.Code);
        Assert.Equal("not-found", (await service.ReissueCardAsync(TestDatabase.Robot, OperationKey.ForForm(), reference)).Refusal?.Code);
        Assert.True((await database.Get<AccountDetails>().GetAsync(TestDatabase.Robot, "ext:C-17")).IsOk);
    }

    private static Task<Result<AccountView>> CreateAsync(TestDatabase database, CreateAccountRequest request) =>
        database.Get<AccountService>().CreateAsync(TestDatabase.Robot, OperationKey.ForForm(), request);

    private static async Task<int> CountAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Accounts.CountAsync();
    }

    private static async Task<List<AuditEntry>> AuditAsync(TestDatabase database, string action)
    {
        await using var db = database.Open();
        return await db.AuditEntries.Where(line => line.Action == action).OrderBy(line => line.Id).ToListAsync();
    }
}
