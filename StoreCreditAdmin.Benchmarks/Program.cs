using StoreCreditAdmin.Benchmarks;

var scenarios = new Dictionary<string, Scenario>(StringComparer.OrdinalIgnoreCase)
{
    ["postings"] = Postings.Scenario,
};

if (args is [var name, ..] && scenarios.TryGetValue(name, out var scenario))
{
    await scenario.RunAsync(args[1..]);
    return 0;
}

Console.WriteLine("Usage: dotnet run -c Release --project StoreCreditAdmin.Benchmarks -- <scenario> [options]");
Console.WriteLine(scenarios.Count == 0 ? "There are no scenarios yet." : "Scenarios:");
foreach (var (key, value) in scenarios.OrderBy(s => s.Key, StringComparer.Ordinal))
    Console.WriteLine($"  {key,-24} {value.Summary}");

return args.Length == 0 ? 0 : 1;
