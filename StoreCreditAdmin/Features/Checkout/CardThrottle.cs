using System.Threading.RateLimiting;
using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Checkout;

/// <summary>
/// Counts card numbers that are no account's, by who asks. Only wrong ones count, but after too many of them no number is tried for a while: a guess that
/// happened to be right would tell as much.
/// </summary>
public sealed class CardThrottle : IDisposable
{
    public const int WrongPerMinute = 20;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetFixedWindowLimiter(
        who,
        _ => new FixedWindowRateLimiterOptions { PermitLimit = WrongPerMinute, Window = Window }));

    /// <exception cref="TooManyRequestsException">There were too many wrong ones lately.</exception>
    public void DemandOpen(Caller caller) => Take(caller, permits: 0);

    /// <exception cref="TooManyRequestsException">There were too many wrong ones lately, this one among them.</exception>
    public void CountWrong(Caller caller) => Take(caller, permits: 1);

    public void Dispose() => limiter.Dispose();

    private void Take(Caller caller, int permits)
    {
        using var lease = limiter.AttemptAcquire($"{caller.Actor.Kind}:{caller.Actor.Id}", permits);
        if (!lease.IsAcquired)
        {
            throw new TooManyRequestsException(
                "Too many card numbers were not accepted. Wait, then try again.",
                lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window);
        }
    }
}
