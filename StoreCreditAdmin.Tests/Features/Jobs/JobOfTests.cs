using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Tests.Features.Jobs;

/// <summary>A job that does what a test tells it to.</summary>
internal sealed class JobOfTests(string name = "test") : IDueJob
{
    public int Runs { get; private set; }

    public DateTimeOffset? Due { get; set; }

    public Func<CancellationToken, Task<JobReport>> Deed { get; set; } = _ => Task.FromResult(JobReport.Nothing);

    public string Name => name;

    public string Title => "Job " + name;

    public string Purpose => "Does what the test says.";

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => Task.FromResult(Due);

    public Task<JobReport> RunAsync(CancellationToken cancellationToken)
    {
        Runs++;
        return Deed(cancellationToken);
    }
}
