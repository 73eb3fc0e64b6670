using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Features.SignIn;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Staff;

/// <summary>
/// Invites people, gives them roles, disables and enables them. Each change of what a person may do renews their security stamp: what they have open can do
/// nothing from then on. There is always an administrator who can sign in.
/// </summary>
public sealed class StaffService(CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, StaffUsers users, StaffLinks links, TimeProvider clock)
{
    private static readonly Refusal NotFound = new("not-found", "There is no such person.");

    private static readonly Refusal RoleUnknown = new("role-unknown", $"Choose one of {string.Join(", ", Roles.All)}.", "role");

    private static readonly Refusal OwnAccount = new("own-account", "You cannot take your own administration away. Ask another administrator.");

    private static readonly Refusal OwnPassword = new("own-account", "Change your own password in the menu under your name.");

    private static readonly Refusal LastAdministrator = new("last-administrator", "This is the last administrator who can sign in. Make another one first.");

    /// <summary>Everybody, by name.</summary>
    public async Task<IReadOnlyList<StaffView>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageStaff, cancellationToken);
        var everybody = await db.Users.AsNoTracking()
            .GroupJoin(db.UserRoles, user => user.Id, role => role.UserId, (user, roles) => new { user, roles })
            .SelectMany(one => one.roles.DefaultIfEmpty(), (one, role) => new { one.user, Role = role!.RoleId })
            .OrderBy(one => one.user.DisplayName).ThenBy(one => one.user.Email)
            .ToListAsync(cancellationToken);
        return [.. everybody.Select(one => StaffView.Of(one.user, one.Role ?? "", clock.GetUtcNow()))];
    }

    public async Task<Result<StaffLink>> InviteAsync(Caller caller, OperationKey key, InviteRequest request)
    {
        var invited = await gate.ExecuteAsync<StaffView>(new OperationRequest("staff.invite", key, caller, Permission.ManageStaff), async write =>
        {
            write.About(Texts.Clean(request.Name), Texts.Clean(request.Email));
            if (!Roles.All.Contains(request.Role))
            {
                return RoleUnknown;
            }

            var made = await users.AddAsync(write, request.Name, request.Email, request.Role!);
            if (!made.IsOk)
            {
                return made.Refusal;
            }

            var user = made.Value;
            write.Audit(user.DisplayName, user.Id, newValues: new { name = user.DisplayName, email = user.Email, role = request.Role });
            return StaffView.Of(user, request.Role!, write.Now);
        });
        return await WithLinkAsync(invited);
    }

    /// <summary>
    /// A new link for somebody who lost theirs or forgot the password. It ends older links and what the person has open; the old password stays good until it is used.
    /// </summary>
    public async Task<Result<StaffLink>> MakeLinkAsync(Caller caller, OperationKey key, string id)
    {
        var person = await OnPersonAsync("staff.make-link", caller, key, id, (write, user, _) =>
        {
            if (caller.Actor.Id == user.Id)
            {
                return Task.FromResult<Refusal?>(OwnPassword);
            }

            if (user.Disabled)
            {
                return Task.FromResult<Refusal?>(new Refusal("account-disabled", "This person is disabled. Enable them first."));
            }

            user.SecurityStamp = StaffUsers.NewStamp();
            write.Audit(user.DisplayName, user.Id);
            return Task.FromResult<Refusal?>(null);
        });
        return await WithLinkAsync(person);
    }

    public Task<Result<StaffView>> ChangeRoleAsync(Caller caller, OperationKey key, string id, string? newRole) =>
        OnPersonAsync("staff.change-role", caller, key, id, async (write, user, role) =>
        {
            if (!Roles.All.Contains(newRole))
            {
                return RoleUnknown;
            }

            if (newRole == role)
            {
                return null;
            }

            if (role == Roles.Administrator && await WhyNotLosingAsync(write, caller, user) is { } refusal)
            {
                return refusal;
            }

            write.Db.UserRoles.RemoveRange(await write.Db.UserRoles.Where(one => one.UserId == user.Id).ToListAsync());
            write.Db.GiveRole(user, newRole!);
            user.SecurityStamp = StaffUsers.NewStamp();
            write.Audit(user.DisplayName, user.Id, oldValues: new { role }, newValues: new { role = newRole });
            return null;
        });

    public Task<Result<StaffView>> DisableAsync(Caller caller, OperationKey key, string id) =>
        OnPersonAsync("staff.disable", caller, key, id, async (write, user, role) =>
        {
            if (user.Disabled)
            {
                return null;
            }

            if (caller.Actor.Id == user.Id)
            {
                return OwnAccount;
            }

            if (role == Roles.Administrator && await WhyNotLosingAsync(write, caller, user) is { } refusal)
            {
                return refusal;
            }

            SetDisabled(write, user, true);
            return null;
        });

    public Task<Result<StaffView>> EnableAsync(Caller caller, OperationKey key, string id) =>
        OnPersonAsync("staff.enable", caller, key, id, (write, user, _) =>
        {
            if (user.Disabled)
            {
                SetDisabled(write, user, false);
            }

            return Task.FromResult<Refusal?>(null);
        });

    /// <summary>The id of the person with an e-mail address, for commands, which name people by it.</summary>
    public async Task<Result<string>> FindIdAsync(Caller caller, string email, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.DemandAsync(caller, Permission.ManageStaff, cancellationToken);
        using var manager = users.Over(db);
        return await manager.FindByEmailAsync(email) is { } user ? user.Id : NotFound;
    }

    private static void SetDisabled(WriteScope write, StaffUser user, bool disabled)
    {
        user.Disabled = disabled;
        user.SecurityStamp = StaffUsers.NewStamp();
        user.AccessFailedCount = 0;
        user.LockoutEnd = null;
        write.Audit(user.DisplayName, user.Id, oldValues: new { disabled = !disabled }, newValues: new { disabled });
    }

    /// <summary>Why an administrator may not stop being one.</summary>
    private static async Task<Refusal?> WhyNotLosingAsync(WriteScope write, Caller caller, StaffUser user)
    {
        if (caller.Actor.Id == user.Id)
        {
            return OwnAccount;
        }

        var others = await write.Db.UserRoles
            .Where(role => role.RoleId == Roles.Administrator && role.UserId != user.Id)
            .Join(write.Db.Users, role => role.UserId, one => one.Id, (_, one) => one)
            .AnyAsync(one => !one.Disabled && one.PasswordHash != null);
        return others ? null : LastAdministrator;
    }

    /// <param name="deed">Changes the person and writes the audit line, or says why not.</param>
    private Task<Result<StaffView>> OnPersonAsync(string kind, Caller caller, OperationKey key, string id, Func<WriteScope, StaffUser, string?, Task<Refusal?>> deed) =>
        gate.ExecuteAsync<StaffView>(new OperationRequest(kind, key, caller, Permission.ManageStaff), async write =>
        {
            var user = await write.Db.Users.SingleOrDefaultAsync(one => one.Id == id);
            if (user is null)
            {
                return NotFound;
            }

            write.About(user.DisplayName, user.Id);
            var role = (await write.Db.RolesOfAsync(user.Id)).SingleOrDefault();
            if (await deed(write, user, role) is { } refusal)
            {
                return refusal;
            }

            await write.Db.SaveChangesAsync();
            return StaffView.Of(user, (await write.Db.RolesOfAsync(user.Id)).SingleOrDefault() ?? "", write.Now);
        });

    private async Task<Result<StaffLink>> WithLinkAsync(Result<StaffView> person)
    {
        if (!person.IsOk)
        {
            return person.Refusal;
        }

        await using var db = await contexts.CreateDbContextAsync();
        return new StaffLink(person.Value, links.PathFor(await db.Users.SingleAsync(user => user.Id == person.Value.Id)));
    }
}
