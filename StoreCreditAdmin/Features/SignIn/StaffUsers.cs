using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>Identity's user manager over the context of a write, so that what it changes is saved, audited and committed with the rest.</summary>
public sealed class StaffUsers(IServiceProvider services)
{
    public UserManager<StaffUser> Over(StoreCreditDbContext db) =>
        ActivatorUtilities.CreateInstance<UserManager<StaffUser>>(
            services, new UserStore<StaffUser, IdentityRole, StoreCreditDbContext>(db) { AutoSaveChanges = false });
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
            "password" => new Refusal("password-not-accepted", error.Description, "password"),
            nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName) =>
                new Refusal("email-taken", "Somebody with this e-mail address is there already.", "email"),
            nameof(IdentityErrorDescriber.InvalidEmail) or nameof(IdentityErrorDescriber.InvalidUserName) =>
                new Refusal("email-invalid", "Write an e-mail address such as ada@example.com.", "email"),
            _ => new Refusal("staff-invalid", error.Description),
        };
    }
}
