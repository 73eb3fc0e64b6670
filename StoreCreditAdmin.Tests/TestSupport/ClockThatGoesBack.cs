namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Tells another time once.</summary>
public sealed class ClockThatGoesBack : TimeProvider
{
    private DateTimeOffset? once;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public void NextOnly(DateTimeOffset now) => once = now;

    public override DateTimeOffset GetUtcNow()
    {
        var now = once ?? Now;
        once = null;
        return now;
    }
}
