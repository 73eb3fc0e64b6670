using Microsoft.Extensions.Logging;
using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Tests.Features.Jobs;

/// <summary>Tells when a failure was logged, whoever logs it.</summary>
internal sealed class FailureSeen : ILogger<JobRunner>, ILoggerFactory
{
    public TaskCompletionSource Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null)
        {
            Seen.TrySetResult();
        }
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }
}
