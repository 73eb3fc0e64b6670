using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>Identity's user manager over the context of a write, so that what it changes is saved, audited and committed with the rest.</summary>
public sealed class StaffUsers(IServiceProvider services)
{
    private const int MaxEmailLength = 254;

    /// <summary>A new security stamp ends every sign-in and every link of a person.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    public UserManager<StaffUser> Over(StoreCreditDbContext db) =>
        ActivatorUtilities.CreateInstance<UserManager<StaffUser>>(
            services, new UserStore<StaffUser, IdentityRole, StoreCreditDbContext>(db) { AutoSaveChanges = false });

    /// <summary>Adds a person without a password.</summary>
    internal async Task<Result<StaffUser>> AddAsync(WriteScope write, string? name, string? email, string role)
    {
        var (cleanName, cleanEmail) = (Texts.Clean(name), Texts.Clean(email));
        if (cleanName is null)
        {
            return new Refusal("name-required", "Write the person's name.", "name");
        }

        if (cleanEmail is null || !LooksLikeEmail(cleanEmail))
        {
            return new Refusal("email-invalid", "Write an e-mail address such as ada@example.com.", "email");
        }

        if (Texts.TooLong((cleanName, "name", StaffUser.MaxDisplayNameLength), (cleanEmail, "email", MaxEmailLength)) is { } tooLong)
        {
            return tooLong;
        }

        var user = new StaffUser { UserName = cleanEmail, Email = cleanEmail, DisplayName = cleanName, CreatedAt = write.Now };
        using var manager = Over(write.Db);
        if ((await manager.CreateAsync(user)).AsRefusal() is { } refusal)
        {
            return refusal;
        }

        write.Db.GiveRole(user, role);
        return user;
    }

    /// <summary>One @ between two parts, the second with a dot inside, and nothing that does not belong. Whether it exists, the person's link shows.</summary>
    private static bool LooksLikeEmail(string email) =>
        email.Split('@') is [{ Length: > 0 }, { Length: > 2 } domain]
        && domain.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && dot < domain.Length - 1
        && !email.Any(one => char.IsWhiteSpace(one) || char.IsControl(one));
}

internal static class StaffUserQueries
{
    public static Task<string[]> RolesOfAsync(this StoreCreditDbContext db, string userId, CancellationToken cancellationToken = default) =>
        db.UserRoles.Where(role => role.UserId == userId)
            .Join(db.Roles, role => role.RoleId, role => role.Id, (_, role) => role.Name!)
            .ToArrayAsync(cancellationToken);

    /// <summary>Each delivered role has its name as its id.</summary>
    public static void GiveRole(this StoreCreditDbContext db, StaffUser user, string role) =>
        db.UserRoles.Add(new IdentityUserRole<string> { UserId = user.Id, RoleId = role });

    /// <summary>Identity's errors as a refusal at the field that they are about.</summary>
    public static Refusal? AsRefusal(this IdentityResult result)
    {
        var error = result.Errors.FirstOrDefault();
        return error?.Code switch
        {
            null => null,
            PasswordRules.ErrorCode => new Refusal("password-not-accepted", error.Description, "password"),
            nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName) =>
                new Refusal("email-taken", "Somebody with this e-mail address is there already.", "email"),
            nameof(IdentityErrorDescriber.InvalidEmail) or nameof(IdentityErrorDescriber.InvalidUserName) =>
                new Refusal("email-invalid", "Write an e-mail address such as ada@example.com.", "email"),
            _ => new Refusal("staff-invalid", error.Description),
        };
    }
}
