using Microsoft.EntityFrameworkCore;
using StoreCreditAdmin.Data;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Access;

/// <summary>Whether a caller may do something now: not what they could when they signed in, but what the database says at this moment.</summary>
public static class CallerCheck
{
    public static readonly Refusal SessionEnded = new("session-ended", "Your sign-in is no longer valid. Sign in again.");

    public static readonly Refusal Forbidden = new("forbidden", "Your role does not allow this.");

    private static readonly Func<StoreCreditDbContext, string, string?, CancellationToken, Task<bool>> IsValid =
        EF.CompileAsyncQuery((StoreCreditDbContext db, string id, string? stamp, CancellationToken cancellationToken) =>
            db.Users.Any(user => user.Id == id && !user.Disabled && user.SecurityStamp == stamp));

    public static async Task<Refusal?> RefusalAsync(StoreCreditDbContext db, Caller caller, Permission permission, CancellationToken cancellationToken = default)
    {
        if (caller.Actor.Kind == ActorKind.Staff)
        {
            if (!await IsValid(db, caller.Actor.Id, caller.SecurityStamp, cancellationToken))
            {
                return SessionEnded;
            }
        }

        return caller.May(permission) ? null : Forbidden;
    }

    /// <summary>For reads: opens nothing to a caller who may not.</summary>
    /// <exception cref="AccessDeniedException">The caller may not, or may no longer.</exception>
    public static async Task DemandAsync(this StoreCreditDbContext db, Caller caller, Permission permission, CancellationToken cancellationToken = default)
    {
        if (await RefusalAsync(db, caller, permission, cancellationToken) is { } refusal)
        {
            throw new AccessDeniedException(refusal);
        }
    }
}

/// <summary>A read that the caller may not do. Pages show its sentence; routes answer 401 or 403.</summary>
public sealed class AccessDeniedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;
}
