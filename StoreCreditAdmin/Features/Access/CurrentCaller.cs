using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Access;

/// <summary>The signed-in person as services know callers. Scoped to a page's circuit or a request.</summary>
public sealed class CurrentCaller(AuthenticationStateProvider authentication, IOptions<IdentityOptions> identity)
{
    /// <exception cref="AccessDeniedException">Nobody is signed in.</exception>
    public async Task<Caller> GetAsync() => Of((await authentication.GetAuthenticationStateAsync()).User, identity.Value.ClaimsIdentity);

    /// <inheritdoc cref="GetAsync"/>
    public static Caller Of(ClaimsPrincipal user, ClaimsIdentityOptions claims) =>
        user.FindFirstValue(claims.UserIdClaimType) is { } id && user.FindFirstValue(claims.SecurityStampClaimType) is { } stamp
            ? Caller.Staff(id, user.Identity?.Name ?? id, stamp, user.FindAll(claims.RoleClaimType).Select(claim => claim.Value))
            : throw new AccessDeniedException(CallerCheck.SessionEnded);
}
