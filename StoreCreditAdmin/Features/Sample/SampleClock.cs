namespace StoreCreditAdmin.Features.Sample;

/// <summary>A clock that stands where the sample's history puts it, so that what it makes happened on many days.</summary>
internal sealed class SampleClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void MoveTo(DateTimeOffset instant) => now = instant;
}
