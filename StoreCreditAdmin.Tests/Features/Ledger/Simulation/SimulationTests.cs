using System.Globalization;
using Xunit.Abstractions;

namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

/// <summary>
/// The ledger beside a naive model of the rules, on commands by chance. The seed is printed; LEDGER_SEED runs the same again,
/// LEDGER_COMMANDS more of them.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static readonly string[] MustHappen =
    [
        "Issue", "AdjustBy", "AdjustTo", "Debit", "Authorize", "Capture", "VoidHeld", "Refund", "Invalidate", "Delete", "ChangeExpiry", "RunExpiry", "ReleaseStale",
        "Issue cap-exceeded", "AdjustBy below-used-and-authorized", "AdjustBy reason-required", "Debit insufficient-credit", "Authorize insufficient-credit",
        "Authorize account-on-hold", "Authorize credit-expired", "Authorize exceeds-order", "Capture already-captured", "Capture already-voided",
        "Capture authorization-expired", "Capture exceeds-authorized", "VoidHeld already-captured", "Refund exceeds-captured", "Invalidate credit-in-use", "Delete credit-in-use",
        Simulation.ReturnedAsNew,
    ];

    private const int CommandsInOneWorld = 1_000;

    [Fact]
    public async Task A_hundred_thousand_commands_by_chance_do_what_the_rules_say()
    {
        var seed = Seed();
        var worlds = Setting("LEDGER_COMMANDS", 100_000) / CommandsInOneWorld;
        var coverage = new Dictionary<string, int>();
        await Parallel.ForAsync(0, worlds, async (world, _) =>
        {
            await using var ledger = new WalletHarness();
            var simulation = new Simulation(ledger, seed + world);
            await simulation.RunAsync(CommandsInOneWorld);
            Add(coverage, simulation.Coverage);
        });
        Print(seed, coverage);
        Assert.All(MustHappen, name => Assert.True(coverage.GetValueOrDefault(name) > 100, $"{name} happened {coverage.GetValueOrDefault(name)} times."));
        Assert.True(worlds * CommandsInOneWorld >= 100_000);
    }

    [Fact]
    public async Task The_services_over_a_database_do_the_same_once_for_each_key()
    {
        var seed = Seed();
        await using var ledger = await ServiceHarness.CreateAsync();
        var simulation = new Simulation(ledger, seed, verifyEvery: 250);

        await simulation.RunAsync(Setting("LEDGER_SERVICE_COMMANDS", 3_000));

        Print(seed, simulation.Coverage);
        string[] ofInvoices = ["InvoiceCreated", "InvoiceVoided", "PayInvoice", "VoidInvoicePayment", "MarkInvoicePaid", "SettleInvoices"];
        Assert.All(ofInvoices, name => Assert.True(simulation.Coverage.GetValueOrDefault(name) > 2, $"{name} happened {simulation.Coverage.GetValueOrDefault(name)} times."));
        Assert.True(simulation.Coverage["repeat True"] > 50 && simulation.Coverage["repeat False"] > 20);
    }

    private int Seed()
    {
        var seed = Setting("LEDGER_SEED", Random.Shared.Next(1_000_000));
        output.WriteLine($"LEDGER_SEED={seed}");
        return seed;
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static void Add(Dictionary<string, int> all, Dictionary<string, int> some)
    {
        lock (all)
        {
            foreach (var (name, count) in some)
            {
                all[name] = all.GetValueOrDefault(name) + count;
            }
        }
    }

    private void Print(int seed, Dictionary<string, int> coverage)
    {
        output.WriteLine($"Seed {seed}, {coverage.Values.Sum()} commands:");
        foreach (var (name, count) in coverage.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{count,8} {name}");
        }
    }
}
