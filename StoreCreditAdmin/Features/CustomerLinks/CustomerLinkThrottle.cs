using System.Net;
using System.Threading.RateLimiting;

namespace StoreCreditAdmin.Features.CustomerLinks;

/// <summary>Slows down guessing: after so many links that do not work, an address waits for the minute to pass, whatever it sends.</summary>
public sealed class CustomerLinkThrottle : IDisposable
{
    public const int FailuresPerMinute = 30;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(from => RateLimitPartition.GetFixedWindowLimiter(
        from,
        _ => new FixedWindowRateLimiterOptions { PermitLimit = FailuresPerMinute, Window = Window }));

    public bool Admits(IPAddress? from)
    {
        using var lease = limiter.AttemptAcquire(NameOf(from), 0);
        return lease.IsAcquired;
    }

    public void CountFailure(IPAddress? from)
    {
        using var lease = limiter.AttemptAcquire(NameOf(from));
    }

    public void Dispose() => limiter.Dispose();

    private static string NameOf(IPAddress? from) => from?.ToString() ?? "";
}
