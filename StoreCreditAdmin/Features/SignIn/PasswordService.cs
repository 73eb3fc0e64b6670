using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Ledger;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>A password as somebody typed it, twice.</summary>
public sealed record NewPassword(string? Password, string? Repeated)
{
    public Refusal? Differs =>
        Password == Repeated ? null : new Refusal("passwords-differ", "The two passwords are not the same. Type it again.", "repeated");
}

/// <summary>Lets people set and change their own password. Each change renews the security stamp, so it ends every other sign-in of that person.</summary>
public sealed class PasswordService(
    CommitGate gate, IDbContextFactory<StoreCreditDbContext> contexts, StaffUsers users, StaffLinks links, StaffSessions sessions, SignInThrottle throttle)
{
    public static readonly Refusal LinkDead = new("link-not-valid", "This link was used, has expired or was replaced. Ask an administrator for a new one.");

    private static readonly Refusal CurrentIsWrong = new("password-wrong", "This is not your current password.", "current");

    /// <returns>The sign-in that holds from now on.</returns>
    public async Task<Result<ClaimsPrincipal>> ChangeAsync(Caller caller, string? current, NewPassword next)
    {
        if (!throttle.Admits("password of " + caller.Actor.Id))
        {
            return SignInService.TooManyAttempts;
        }

        await using var db = await contexts.CreateDbContextAsync();
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(one => one.Id == caller.Actor.Id);
        using var manager = users.Over(db);
        var currentIsRight = user is not null && !string.IsNullOrEmpty(current) && await manager.CheckPasswordAsync(user, current);
        var refusal = currentIsRight ? next.Differs ?? await WhatIsWrongAsync(manager, user!, next.Password) : CurrentIsWrong;
        var hash = refusal is null ? manager.PasswordHasher.HashPassword(user!, next.Password!) : null;
        return await SetAsync("staff.change-password", caller, caller.Actor.Id, refusal, hash);
    }

    /// <summary>Takes a link: sets the password and signs its person in.</summary>
    /// <param name="by">Who does it in the person's stead; null for themselves.</param>
    public async Task<Result<ClaimsPrincipal>> AcceptAsync(string token, NewPassword next, Caller? by = null)
    {
        await using var db = await contexts.CreateDbContextAsync();
        if (await links.FindAsync(db, token) is not { } user)
        {
            return LinkDead;
        }

        using var manager = users.Over(db);
        if ((next.Differs ?? await WhatIsWrongAsync(manager, user, next.Password)) is { } refusal)
        {
            return refusal;
        }

        var caller = by ?? Caller.Staff(user.Id, user.DisplayName, user.SecurityStamp!, await db.RolesOfAsync(user.Id));
        var hash = manager.PasswordHasher.HashPassword(user, next.Password!);
        var accepted = await SetAsync("staff.accept-link", caller, user.Id, null, hash);
        return accepted.Refusal?.Code == CallerCheck.SessionEnded.Code ? LinkDead : accepted;
    }

    internal static async Task<Refusal?> WhatIsWrongAsync(UserManager<StaffUser> manager, StaffUser user, string? password)
    {
        foreach (var validator in manager.PasswordValidators)
        {
            if ((await validator.ValidateAsync(manager, user, password)).AsRefusal() is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <param name="hash">Made before, since hashing is slow on purpose and nobody else can write meanwhile.</param>
    private async Task<Result<ClaimsPrincipal>> SetAsync(string kind, Caller caller, string userId, Refusal? refusal, string? hash)
    {
        ClaimsPrincipal? signedIn = null;
        var result = await gate.ExecuteAsync<Done>(new OperationRequest(kind, OperationKey.ForForm(), caller, Permission.View), async write =>
        {
            var user = await write.Db.Users.SingleAsync(one => one.Id == userId);
            write.About(user.DisplayName, user.Id);
            if (refusal is not null)
            {
                return refusal;
            }

            user.PasswordHash = hash;
            user.SecurityStamp = StaffUsers.NewStamp();
            user.EmailConfirmed = true;
            user.AccessFailedCount = 0;
            user.LockoutEnd = null;
            write.Audit(user.DisplayName, user.Id);
            signedIn = sessions.Of(user, await write.Db.RolesOfAsync(user.Id));
            return Done.Instance;
        });
        return result.Map(_ => signedIn!);
    }
}
