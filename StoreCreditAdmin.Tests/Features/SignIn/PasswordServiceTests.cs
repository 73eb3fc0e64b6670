using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Features.Staff;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.SignIn;

public sealed class PasswordServiceTests
{
    private static readonly NewPassword Good = new("another good one", "another good one");

    [Theory]
    [InlineData("elevenchars", "elevenchars", "password")]
    [InlineData("", "", "password")]
    [InlineData(null, null, "password")]
    [InlineData("EVE@shop.example", "EVE@shop.example", "password")]
    [InlineData("another good one", "another good two", "repeated")]
    public async Task A_password_that_is_short_the_address_or_mistyped_is_refused_at_its_field(string? password, string? repeated, string field)
    {
        await using var database = await TestDatabase.CreateAsync();
        var eve = await database.SignInNewAsync("Eve", Roles.Agent);

        var result = await database.Get<PasswordService>().ChangeAsync(eve, StaffOfTests.Password, new NewPassword(password, repeated));

        Assert.Equal(field, result.Refusal?.Field);
        Assert.True((await database.Get<SignInService>().SignInAsync("eve@shop.example", StaffOfTests.Password, "")).IsOk);
    }

    [Theory]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("            ")]
    [InlineData("пароль на дванадцать")]
    public async Task Twelve_characters_of_any_kind_will_do(string password)
    {
        await using var database = await TestDatabase.CreateAsync();
        var eve = await database.SignInNewAsync("Eve", Roles.Agent);

        Assert.True((await database.Get<PasswordService>().ChangeAsync(eve, StaffOfTests.Password, new NewPassword(password, password))).IsOk);
        Assert.True((await database.Get<SignInService>().SignInAsync("eve@shop.example", password, "")).IsOk);
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sign_ins_of_the_person()
    {
        await using var database = await TestDatabase.CreateAsync();
        var eve = await database.SignInNewAsync("Eve", Roles.Agent);
        var sessions = database.Get<StaffSessions>();
        var elsewhere = (await database.Get<SignInService>().SignInAsync("eve@shop.example", StaffOfTests.Password, "")).Value;

        var here = (await database.Get<PasswordService>().ChangeAsync(eve, StaffOfTests.Password, Good)).Value;

        Assert.True(await sessions.IsCurrentAsync(here));
        Assert.False(await sessions.IsCurrentAsync(elsewhere));
        Assert.False((await database.Get<SignInService>().SignInAsync("eve@shop.example", StaffOfTests.Password, "")).IsOk);
        Assert.Equal("staff.change-password", (await database.ReadAuditAsync())[^2].Action);
    }

    [Fact]
    public async Task A_wrong_current_password_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var eve = await database.SignInNewAsync("Eve", Roles.Agent);

        var result = await database.Get<PasswordService>().ChangeAsync(eve, "wrong", Good);

        Assert.Equal("current", result.Refusal?.Field);
        Assert.Equal("password-wrong", (await database.ReadAuditAsync())[^1].RefusalCode);
        Assert.True((await database.Get<SignInService>().SignInAsync("eve@shop.example", StaffOfTests.Password, "")).IsOk);
    }

    [Fact]
    public async Task A_link_works_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        var token = StaffOfTests.TokenOf(await database.InviteAsync("Eve", Roles.Agent));
        var service = database.Get<PasswordService>();

        Assert.Equal("password", (await service.AcceptAsync(token, new NewPassword("short", "short"))).Refusal?.Field);
        Assert.Equal(new InvitedPerson("Eve", "eve@shop.example", IsNew: true), await database.Get<StaffLinks>().PersonOfAsync(token));
        Assert.True((await service.AcceptAsync(token, Good)).IsOk);
        Assert.Equal(PasswordService.LinkDead, (await service.AcceptAsync(token, new NewPassword("somebody else's one", "somebody else's one"))).Refusal);
        Assert.Null(await database.Get<StaffLinks>().PersonOfAsync(token));
        Assert.True((await database.Get<SignInService>().SignInAsync("eve@shop.example", Good.Password, "")).IsOk);
    }

    [Fact]
    public async Task Racing_takers_of_one_link_set_one_password()
    {
        await using var database = await TestDatabase.CreateAsync();
        var token = StaffOfTests.TokenOf(await database.InviteAsync("Eve", Roles.Agent));
        var service = database.Get<PasswordService>();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(taker =>
            Task.Run(() => service.AcceptAsync(token, new NewPassword($"password number {taker}", $"password number {taker}")))));

        Assert.Single(results, result => result.IsOk);
        Assert.All(results.Where(result => !result.IsOk), result => Assert.Equal(PasswordService.LinkDead, result.Refusal));
    }

    [Fact]
    public async Task A_link_works_for_three_days()
    {
        await using var database = await TestDatabase.CreateAsync();
        var token = StaffOfTests.TokenOf(await database.InviteAsync("Eve", Roles.Agent));

        database.Clock.Now += TimeSpan.FromDays(3);
        Assert.NotNull(await database.Get<StaffLinks>().PersonOfAsync(token));
        database.Clock.Now += TimeSpan.FromTicks(1);
        Assert.Null(await database.Get<StaffLinks>().PersonOfAsync(token));
        Assert.Equal(PasswordService.LinkDead, (await database.Get<PasswordService>().AcceptAsync(token, Good)).Refusal);
    }

    [Fact]
    public async Task A_newer_link_replaces_the_older_and_a_disabled_person_s_is_dead()
    {
        await using var database = await TestDatabase.CreateAsync();
        var staff = database.Get<StaffService>();
        var links = database.Get<StaffLinks>();
        var first = await database.InviteAsync("Eve", Roles.Agent);

        var second = (await staff.MakeLinkAsync(TestDatabase.Robot, OperationKey.ForForm(), first.Person.Id)).Value;
        Assert.Null(await links.PersonOfAsync(StaffOfTests.TokenOf(first)));
        Assert.NotNull(await links.PersonOfAsync(StaffOfTests.TokenOf(second)));

        await staff.DisableAsync(TestDatabase.Robot, OperationKey.ForForm(), first.Person.Id);
        Assert.Null(await links.PersonOfAsync(StaffOfTests.TokenOf(second)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("made-up")]
    [InlineData("not base64 !")]
    public async Task A_made_up_link_opens_nothing(string token)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.InviteAsync("Eve", Roles.Agent);

        Assert.Null(await database.Get<StaffLinks>().PersonOfAsync(token));
    }

    [Fact]
    public async Task No_link_and_no_password_is_kept_in_the_database()
    {
        await using var database = await TestDatabase.CreateAsync();
        var link = await database.InviteAsync("Eve", Roles.Agent);
        await database.Get<PasswordService>().AcceptAsync(StaffOfTests.TokenOf(link), Good);

        await using var db = database.Open();
        var kept = string.Join('\n', db.OperationOutcomes.Select(outcome => outcome.Answer).ToList().Concat(
            db.AuditEntries.ToList().Select(entry => $"{entry.Note} {entry.OldValues} {entry.NewValues}")));
        Assert.DoesNotContain(StaffOfTests.TokenOf(link), kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Good.Password!, kept, StringComparison.Ordinal);
    }
}
