namespace StoreCreditAdmin.Features.Clock;

/// <summary>A clock that tests move forward. It goes on ticking from where it was put.</summary>
public sealed class TestClock(TimeProvider real) : TimeProvider
{
    private long aheadTicks;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow().AddTicks(Interlocked.Read(ref aheadTicks));

    /// <summary>Moves it forward; does nothing where it is there already.</summary>
    internal void MoveTo(DateTimeOffset instant)
    {
        var ahead = (instant - real.GetUtcNow()).Ticks;
        if (ahead > Interlocked.Read(ref aheadTicks))
        {
            Interlocked.Exchange(ref aheadTicks, ahead);
        }
    }
}
