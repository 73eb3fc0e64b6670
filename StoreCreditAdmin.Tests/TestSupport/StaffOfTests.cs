using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Domain.Audit;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Features.Staff;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>People of the staff, made by the services that make them.</summary>
internal static class StaffOfTests
{
    public const string Password = "correct horse battery";

    public static string EmailOf(string name) => $"{name.ToLowerInvariant()}@shop.example";

    public static async Task<StaffLink> InviteAsync(this TestDatabase database, string name, string role)
    {
        var request = new InviteRequest { Email = EmailOf(name), Name = name, Role = role };
        return (await database.Get<StaffService>().InviteAsync(TestDatabase.Robot, OperationKey.ForForm(), request)).Value;
    }

    /// <summary>A person who has taken their link and signed in.</summary>
    public static async Task<Caller> SignInNewAsync(this TestDatabase database, string name, string role)
    {
        var link = await database.InviteAsync(name, role);
        var accepted = await database.Get<PasswordService>().AcceptAsync(TokenOf(link), new NewPassword(Password, Password));
        return CurrentCaller.Of(accepted.Value, database.Get<IOptions<IdentityOptions>>().Value.ClaimsIdentity);
    }

    public static string TokenOf(StaffLink link) => link.Path[(link.Path.LastIndexOf('/') + 1)..];

    public static async Task<AuditEntry[]> ReadAuditAsync(this TestDatabase database)
    {
        await using var db = database.Open();
        return await db.AuditEntries.OrderBy(entry => entry.Id).ToArrayAsync();
    }
}
