namespace StoreCreditAdmin.Benchmarks;

/// <summary>One measured run, named on the command line.</summary>
internal sealed record Scenario(string Summary, Func<string[], Task> RunAsync);
