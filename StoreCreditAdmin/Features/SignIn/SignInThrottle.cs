using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace StoreCreditAdmin.Features.SignIn;

/// <summary>Slows down guessing: so many attempts a minute for each network address.</summary>
public sealed class SignInThrottle(IOptions<SignInOptions> options) : IDisposable
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(from => RateLimitPartition.GetFixedWindowLimiter(
        from,
        _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.AttemptsPerMinute, Window = Window }));

    public bool Admits(string from)
    {
        using var lease = limiter.AttemptAcquire(from);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
