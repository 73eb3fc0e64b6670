using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Audit;
using StoreCreditAdmin.Features.Access;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>
/// Signs people in and out by e-mail and password. Whoever tries gets the same answer, after the same work, for an unknown e-mail, a wrong password,
/// a locked and a disabled account; the audit says which it was.
/// </summary>
public sealed class SignInService(
    IDbContextFactory<StoreCreditDbContext> contexts,
    WriterLock writerLock,
    IPasswordHasher<StaffUser> hasher,
    ILookupNormalizer normalizer,
    StaffSessions sessions,
    SignInThrottle throttle,
    TimeProvider clock)
{
    public const int PasswordMaxLength = PasswordRules.MaxLength;

    public static readonly Refusal NotAccepted = new(
        "sign-in-not-accepted",
        $"The e-mail or the password is wrong, or the account is locked. After {SignInOptions.AttemptsUntilLocked} wrong passwords it stays locked for {SignInOptions.LockedFor.TotalMinutes:0} minutes.");

    public static readonly Refusal TooManyAttempts = new("too-many-attempts", "Too many attempts. Wait a minute, then try again.");

    private static readonly Actor SignInDesk = Actor.Job("sign-in");

    private readonly Lazy<string> hashOfNobody = new(() => hasher.HashPassword(new StaffUser(), Guid.NewGuid().ToString()));

    /// <param name="from">The network address that asks.</param>
    public async Task<Result<ClaimsPrincipal>> SignInAsync(string? email, string? password, string from)
    {
        if (!throttle.Admits(from))
        {
            return TooManyAttempts;
        }

        var normalizedEmail = normalizer.NormalizeEmail(email?.Trim());
        await using var db = await contexts.CreateDbContextAsync();
        var hash = await db.Users.Where(user => user.NormalizedEmail == normalizedEmail).Select(user => user.PasswordHash).FirstOrDefaultAsync();
        var matches = Matches(hash, password);

        using var held = await writerLock.EnterAsync();
        db.HoldsWriterLock = true;
        var user = await db.Users.SingleOrDefaultAsync(one => one.NormalizedEmail == normalizedEmail);
        var reason = WhyNot(user, matches && user?.PasswordHash == hash);
        if (reason is null)
        {
            user!.AccessFailedCount = 0;
            user.LockoutEnd = null;
            db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow(), ActorOf(user), "staff.sign-in") { Subject = user.DisplayName, SubjectId = user.Id });
            await db.SaveChangesAsync();
            return sessions.Of(user, await db.RolesOfAsync(user.Id));
        }

        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow(), SignInDesk, "staff.sign-in")
        {
            Subject = user?.Email ?? WhatWasTyped(email),
            SubjectId = user?.Id,
            RefusalCode = reason,
        });
        if (reason == "wrong-password")
        {
            CountWrongPassword(db, user!);
        }

        await db.SaveChangesAsync();
        return NotAccepted;
    }

    /// <summary>Records that a person signed out; the cookie is the page's to delete.</summary>
    public async Task SignOutAsync(ClaimsPrincipal person, ClaimsIdentityOptions claims)
    {
        var caller = CurrentCaller.Of(person, claims);
        await using var db = await contexts.CreateDbContextAsync();
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow(), caller.Actor, "staff.sign-out") { Subject = caller.Actor.Name, SubjectId = caller.Actor.Id });
        await db.SaveChangesAsync();
    }

    internal static Actor ActorOf(StaffUser user) => new(ActorKind.Staff, user.Id, user.DisplayName);

    private bool Matches(string? hash, string? password)
    {
        if (string.IsNullOrEmpty(password) || password.Length > PasswordRules.MaxLength)
        {
            password = "";
        }

        var result = hasher.VerifyHashedPassword(new StaffUser(), hash ?? hashOfNobody.Value, password);
        return hash is not null && result != PasswordVerificationResult.Failed;
    }

    private string? WhyNot(StaffUser? user, bool matches) => user switch
    {
        null => "unknown-person",
        { Disabled: true } => "account-disabled",
        { LockoutEnd: { } until } when until > clock.GetUtcNow() => "account-locked",
        { PasswordHash: null } => "invitation-open",
        _ => matches ? null : "wrong-password",
    };

    private void CountWrongPassword(StoreCreditDbContext db, StaffUser user)
    {
        user.AccessFailedCount++;
        if (user.AccessFailedCount < SignInOptions.AttemptsUntilLocked)
        {
            return;
        }

        user.AccessFailedCount = 0;
        user.LockoutEnd = clock.GetUtcNow() + SignInOptions.LockedFor;
        db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow(), SignInDesk, "staff.lock-out") { Subject = user.Email, SubjectId = user.Id });
    }

    /// <summary>People type their password into the wrong field now and then; only what looks like an e-mail address is kept.</summary>
    private static string WhatWasTyped(string? email)
    {
        var typed = Texts.Clean(email) ?? "";
        return typed.Contains('@') && typed.Length <= 254 ? typed : "(no e-mail address)";
    }
}
