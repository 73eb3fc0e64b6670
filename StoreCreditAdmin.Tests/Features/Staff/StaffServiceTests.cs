using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.Staff;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.Staff;

public sealed class StaffServiceTests
{
    [Theory]
    [InlineData("eve@shop.example", "Eve", "Boss", "role")]
    [InlineData("eve@shop.example", "Eve", null, "role")]
    [InlineData("eve@shop.example", " ", "Agent", "name")]
    [InlineData("", "Eve", "Agent", "email")]
    [InlineData("eve", "Eve", "Agent", "email")]
    [InlineData("eve@shop", "Eve", "Agent", "email")]
    [InlineData("e ve@shop.example", "Eve", "Agent", "email")]
    [InlineData("ADA@shop.example", "Eve", "Agent", "email")]
    public async Task A_bad_invitation_is_refused_at_its_field(string? email, string? name, string? role, string field)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.InviteAsync("Ada", Roles.Agent);

        var result = await database.Get<StaffService>().InviteAsync(TestDatabase.Robot, OperationKey.ForForm(), new InviteRequest { Email = email, Name = name, Role = role });

        Assert.Equal(field, result.Refusal?.Field);
        Assert.Single(await database.Get<StaffService>().ListAsync(TestDatabase.Robot));
    }

    [Fact]
    public async Task The_list_shows_each_person_once_with_role_and_state()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.InviteAsync("Ada", Roles.Manager);
        var eve = await database.SignInNewAsync("Eve", Roles.Agent);
        await database.SignInNewAsync("Zoe", Roles.Accountant);
        await database.Get<StaffService>().DisableAsync(TestDatabase.Robot, OperationKey.ForForm(), eve.Actor.Id);

        var list = await database.Get<StaffService>().ListAsync(TestDatabase.Robot);

        Assert.Equal(
            [("Ada", "Manager", StaffStatus.Invited), ("Eve", "Agent", StaffStatus.Disabled), ("Zoe", "Accountant", StaffStatus.Active)],
            list.Select(person => (person.Name, person.Role, person.Status)));
    }

    [Theory]
    [InlineData(Roles.Agent)]
    [InlineData(Roles.Manager)]
    [InlineData(Roles.Accountant)]
    public async Task Only_administrators_keep_the_staff(string role)
    {
        await using var database = await TestDatabase.CreateAsync();
        var eve = await database.SignInNewAsync("Eve", role);
        var staff = database.Get<StaffService>();

        await Assert.ThrowsAsync<AccessDeniedException>(() => staff.ListAsync(eve));
        Assert.Equal(CallerCheck.Forbidden, (await staff.InviteAsync(eve, OperationKey.ForForm(), new InviteRequest { Email = "x@shop.example", Name = "X", Role = Roles.Administrator })).Refusal);
        Assert.Equal(CallerCheck.Forbidden, (await staff.ChangeRoleAsync(eve, OperationKey.ForForm(), eve.Actor.Id, Roles.Administrator)).Refusal);
    }

    [Fact]
    public async Task A_change_of_role_counts_from_the_next_call_on()
    {
        await using var database = await TestDatabase.CreateAsync();
        var eve = await database.SignInNewAsync("Eve", Roles.Manager);

        var changed = await database.Get<StaffService>().ChangeRoleAsync(TestDatabase.Robot, OperationKey.ForForm(), eve.Actor.Id, Roles.Agent);

        Assert.Equal(Roles.Agent, changed.Value.Role);
        Assert.Equal(CallerCheck.SessionEnded, await IssueAsync(database, eve));
        var audit = (await database.ReadAuditAsync()).Single(entry => entry.Action == "staff.change-role");
        Assert.Equal(("{\"role\":\"Manager\"}", "{\"role\":\"Agent\"}"), (audit.OldValues, audit.NewValues));
    }

    [Fact]
    public async Task A_disabled_person_can_do_nothing_until_enabled_and_signed_in_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var staff = database.Get<StaffService>();
        var eve = await database.SignInNewAsync("Eve", Roles.Agent);
        Assert.Null(await IssueAsync(database, eve));

        await staff.DisableAsync(TestDatabase.Robot, OperationKey.ForForm(), eve.Actor.Id);
        Assert.Equal(CallerCheck.SessionEnded, await IssueAsync(database, eve));
        await staff.EnableAsync(TestDatabase.Robot, OperationKey.ForForm(), eve.Actor.Id);
        Assert.Equal(CallerCheck.SessionEnded, await IssueAsync(database, eve));
    }

    [Fact]
    public async Task Nobody_takes_their_own_administration_away()
    {
        await using var database = await TestDatabase.CreateAsync();
        var staff = database.Get<StaffService>();
        var ada = await database.SignInNewAsync("Ada", Roles.Administrator);
        await database.SignInNewAsync("Bea", Roles.Administrator);

        Assert.Equal("own-account", (await staff.DisableAsync(ada, OperationKey.ForForm(), ada.Actor.Id)).Refusal?.Code);
        Assert.Equal("own-account", (await staff.ChangeRoleAsync(ada, OperationKey.ForForm(), ada.Actor.Id, Roles.Manager)).Refusal?.Code);
        Assert.Equal("own-account", (await staff.MakeLinkAsync(ada, OperationKey.ForForm(), ada.Actor.Id)).Refusal?.Code);
        Assert.True((await staff.ChangeRoleAsync(ada, OperationKey.ForForm(), ada.Actor.Id, Roles.Administrator)).IsOk);
    }

    [Fact]
    public async Task There_is_always_an_administrator_who_can_sign_in()
    {
        await using var database = await TestDatabase.CreateAsync();
        var staff = database.Get<StaffService>();
        var ada = await database.SignInNewAsync("Ada", Roles.Administrator);
        await database.InviteAsync("Bea", Roles.Administrator);

        Assert.Equal("last-administrator", (await staff.DisableAsync(TestDatabase.Robot, OperationKey.ForForm(), ada.Actor.Id)).Refusal?.Code);
        Assert.Equal("last-administrator", (await staff.ChangeRoleAsync(TestDatabase.Robot, OperationKey.ForForm(), ada.Actor.Id, Roles.Agent)).Refusal?.Code);
        var zoe = await database.SignInNewAsync("Zoe", Roles.Administrator);
        Assert.True((await staff.DisableAsync(zoe, OperationKey.ForForm(), ada.Actor.Id)).IsOk);
    }

    [Fact]
    public async Task Two_administrators_who_disable_each_other_at_once_leave_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        var staff = database.Get<StaffService>();
        var ada = await database.SignInNewAsync("Ada", Roles.Administrator);
        var bea = await database.SignInNewAsync("Bea", Roles.Administrator);

        var results = await Task.WhenAll(
            Task.Run(() => staff.DisableAsync(ada, OperationKey.ForForm(), bea.Actor.Id)),
            Task.Run(() => staff.DisableAsync(bea, OperationKey.ForForm(), ada.Actor.Id)));

        Assert.Single(results, result => result.IsOk);
        Assert.Single(await staff.ListAsync(TestDatabase.Robot), person => person.Status == StaffStatus.Active);
    }

    private static async Task<Refusal?> IssueAsync(TestDatabase database, Caller caller)
    {
        var account = await database.AddAccountAsync();
        var request = new IssueCreditRequest { Amount = MoneyInput.Of("5", "USD"), Type = "goodwill" };
        return (await database.Get<CreditService>().IssueAsync(caller, OperationKey.ForForm(), account.PublicId.ToString(), request)).Refusal;
    }
}
