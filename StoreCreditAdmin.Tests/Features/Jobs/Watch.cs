namespace StoreCreditAdmin.Tests.Features.Jobs;

/// <summary>A clock that a test sets, and a watch that goes on whatever the clock does.</summary>
internal sealed class Watch : TimeProvider
{
    private Action? ticked;

    /// <summary>Somebody waits for five seconds.</summary>
    public TaskCompletionSource Waited { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public TimeSpan Elapsed { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Elapsed.Ticks;

    public void Tick() => ticked?.Invoke();

    /// <summary>Its time is up at each <see cref="Tick"/>, and never else.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ticked += () => callback(state);
        if (dueTime == TimeSpan.FromSeconds(5))
        {
            Waited.TrySetResult();
        }

        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
