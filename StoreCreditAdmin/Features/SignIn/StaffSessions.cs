using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Data;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>What a sign-in says about a person, and whether it still holds: it ends when the person is disabled or their security stamp is renewed.</summary>
public sealed class StaffSessions(IDbContextFactory<StoreCreditDbContext> contexts, IOptions<IdentityOptions> identity)
{
    /// <summary>The scheme of the sign-in cookie.</summary>
    public static readonly string Scheme = IdentityConstants.ApplicationScheme;

    public async Task<bool> IsCurrentAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        var id = person.FindFirstValue(Claims.UserIdClaimType);
        var stamp = person.FindFirstValue(Claims.SecurityStampClaimType);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return id is not null && stamp is not null
            && await db.Users.AnyAsync(user => user.Id == id && !user.Disabled && user.SecurityStamp == stamp, cancellationToken);
    }

    internal ClaimsPrincipal Of(StaffUser user, IEnumerable<string> roles)
    {
        var claims = new List<Claim>
        {
            new(Claims.UserIdClaimType, user.Id),
            new(Claims.UserNameClaimType, user.DisplayName),
            new(Claims.EmailClaimType, user.Email!),
            new(Claims.SecurityStampClaimType, user.SecurityStamp!),
        };
        claims.AddRange(roles.Select(role => new Claim(Claims.RoleClaimType, role)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, Claims.UserNameClaimType, Claims.RoleClaimType));
    }

    internal static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<StaffSessions>();
        if (!await sessions.IsCurrentAsync(context.Principal!, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
        }
    }

    private ClaimsIdentityOptions Claims => identity.Value.ClaimsIdentity;
}
