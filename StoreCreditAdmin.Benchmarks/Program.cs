using StoreCreditAdmin.Benchmarks;

var scenarios = new Dictionary<string, Scenario>(StringComparer.OrdinalIgnoreCase)
{
    ["awards"] = Replay.WithRules,
    ["checkout"] = Checkout.Scenario,
    ["dashboard"] = Liability.Dashboard,
    ["csv-million"] = CsvMillion.Scenario,
    ["dry-run"] = DryRun.Scenario,
    ["expiry"] = Expiry.Scenario,
    ["liability"] = Liability.AsOf,
    ["mails"] = Mails.Scenario,
    ["postings"] = Postings.Scenario,
    ["replay"] = Replay.Scenario,
    ["search"] = Search.Scenario,
    ["statement-batch"] = StatementFigures.Batch,
    ["statements"] = StatementFigures.One,
    ["user-page"] = UserPage.Scenario,
};

if (args is ["all", .. var options])
{
    foreach (var each in scenarios.Values)
    {
        await each.RunAsync(options);
        Console.WriteLine();
    }

    return 0;
}

if (args is [var name, ..] && scenarios.TryGetValue(name, out var scenario))
{
    await scenario.RunAsync(args[1..]);
    return 0;
}

Console.WriteLine("Usage: dotnet run -c Release --project StoreCreditAdmin.Benchmarks -- <scenario> [options]");
Console.WriteLine("Scenarios, or all:");
foreach (var (key, value) in scenarios.OrderBy(s => s.Key, StringComparer.Ordinal))
    Console.WriteLine($"  {key,-24} {value.Summary}");

return args.Length == 0 ? 0 : 1;
