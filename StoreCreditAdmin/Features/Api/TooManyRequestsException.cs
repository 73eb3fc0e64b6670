using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Api;

/// <summary>A request that is not even tried, since there were too many like it. Nothing of it is kept, so that it can be sent again.</summary>
public sealed class TooManyRequestsException(string message, TimeSpan retryAfter) : Exception(message)
{
    public Refusal Refusal => new("too-many-requests", Message);

    public TimeSpan RetryAfter { get; } = retryAfter;
}
