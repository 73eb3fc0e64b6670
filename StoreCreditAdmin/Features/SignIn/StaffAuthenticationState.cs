using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>Who is signed in on an open page. When the sign-in no longer holds, the page turns to the sign-in page by itself.</summary>
internal sealed class StaffAuthenticationState(StaffSessions sessions, IOptions<SignInOptions> options, ILoggerFactory loggers)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => options.Value.RecheckEvery;

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        sessions.IsCurrentAsync(authenticationState.User, cancellationToken);
}
