using System.Net;
using System.Threading.RateLimiting;

namespace StoreCreditAdmin.Features.Api;

/// <summary>Counts keys that are not valid, by the address that sends them. A valid key is let through whatever else its address sends.</summary>
internal sealed class ApiKeyThrottle : IDisposable
{
    public const int FailuresPerMinute = 30;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(from => RateLimitPartition.GetFixedWindowLimiter(
        from,
        _ => new FixedWindowRateLimiterOptions { PermitLimit = FailuresPerMinute, Window = Window }));

    /// <returns>How long to wait where there were too many; null otherwise.</returns>
    public TimeSpan? CountFailure(IPAddress? from)
    {
        using var lease = limiter.AttemptAcquire(from?.ToString() ?? "");
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
    }

    public void Dispose() => limiter.Dispose();
}
