using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Features.Staff;
using StoreCreditAdmin.Security;
using StoreCreditAdmin.Tests.TestSupport;

namespace StoreCreditAdmin.Tests.Features.SignIn;

public sealed class SignInServiceTests
{
    private const string From = "192.0.2.1";

    [Theory]
    [InlineData("eve@shop.example")]
    [InlineData(" EVE@Shop.Example ")]
    public async Task The_right_password_signs_in_however_the_address_is_written(string email)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.SignInNewAsync("Eve", Roles.Agent);

        var result = await database.Get<SignInService>().SignInAsync(email, StaffOfTests.Password, From);

        Assert.Equal("Eve", result.Value.Identity!.Name);
        Assert.True(result.Value.IsInRole(Roles.Agent));
        var audit = (await database.ReadAuditAsync())[^1];
        Assert.Equal(("staff.sign-in", ActorKind.Staff, "Eve", null), (audit.Action, audit.ActorKind, audit.ActorName, audit.RefusalCode));
    }

    [Theory]
    [InlineData("nobody@shop.example", "unknown-person", "nobody@shop.example")]
    [InlineData("correct horse battery", "unknown-person", "(no e-mail address)")]
    [InlineData(null, "unknown-person", "(no e-mail address)")]
    [InlineData("eve@shop.example", "wrong-password", "eve@shop.example")]
    [InlineData("new@shop.example", "invitation-open", "new@shop.example")]
    [InlineData("gone@shop.example", "account-disabled", "gone@shop.example")]
    public async Task Every_refusal_says_the_same_and_the_audit_says_why(string? email, string reason, string subject)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.SignInNewAsync("Eve", Roles.Agent);
        await database.InviteAsync("New", Roles.Agent);
        var gone = await database.SignInNewAsync("Gone", Roles.Agent);
        await database.Get<StaffService>().DisableAsync(TestDatabase.Robot, OperationKey.ForForm(), gone.Actor.Id);

        var result = await database.Get<SignInService>().SignInAsync(email, reason == "account-disabled" ? StaffOfTests.Password : "wrong", From);

        Assert.Equal(SignInService.NotAccepted, result.Refusal);
        var audit = (await database.ReadAuditAsync())[^1];
        Assert.Equal(("staff.sign-in", reason, subject), (audit.Action, audit.RefusalCode, audit.Subject));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_fifteen_minutes()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.SignInNewAsync("Eve", Roles.Agent);
        var service = database.Get<SignInService>();

        for (var attempt = 0; attempt < 4; attempt++)
        {
            await service.SignInAsync("eve@shop.example", "wrong", From);
        }

        Assert.True((await service.SignInAsync("eve@shop.example", StaffOfTests.Password, From)).IsOk);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await service.SignInAsync("eve@shop.example", "wrong", From);
        }

        Assert.Single(await database.ReadAuditAsync(), entry => entry.Action == "staff.lock-out");
        database.Clock.Now += TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1);
        Assert.Equal(SignInService.NotAccepted, (await service.SignInAsync("eve@shop.example", StaffOfTests.Password, From)).Refusal);
        Assert.Equal("account-locked", (await database.ReadAuditAsync())[^1].RefusalCode);
        database.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.True((await service.SignInAsync("eve@shop.example", StaffOfTests.Password, From)).IsOk);
    }

    [Fact]
    public async Task Guesses_at_the_same_instant_are_counted_each()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.SignInNewAsync("Eve", Roles.Agent);
        var service = database.Get<SignInService>();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(guess => Task.Run(() => service.SignInAsync("eve@shop.example", $"guess {guess}", From))));

        var refused = (await database.ReadAuditAsync()).Where(entry => entry.Action == "staff.sign-in" && entry.RefusalCode is not null).ToLookup(entry => entry.RefusalCode);
        Assert.Equal((5, 7), (refused["wrong-password"].Count(), refused["account-locked"].Count()));
    }

    [Fact]
    public async Task One_network_address_can_try_so_often_and_no_more_while_others_can()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.SignInNewAsync("Eve", Roles.Agent);
        var service = database.Get<SignInService>();

        for (var attempt = 0; attempt < 30; attempt++)
        {
            await service.SignInAsync($"somebody{attempt}@shop.example", "wrong", From);
        }

        Assert.Equal(SignInService.TooManyAttempts, (await service.SignInAsync("eve@shop.example", StaffOfTests.Password, From)).Refusal);
        Assert.True((await service.SignInAsync("eve@shop.example", StaffOfTests.Password, "192.0.2.2")).IsOk);
    }

    [Fact]
    public async Task A_stored_password_is_hashed_slowly()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.SignInNewAsync("Eve", Roles.Agent);

        await using var db = database.Open();
        var hash = Convert.FromBase64String(db.Users.Single().PasswordHash!);

        // Identity's format 1: a marker, the pseudo-random function (2 is SHA-512), the count of iterations.
        Assert.Equal([1, 0, 0, 0, 2, 0, 3, 0x34, 0x50], hash[..9]);
    }
}
