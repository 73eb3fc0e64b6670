namespace StoreCreditAdmin.Tests.Features.Ledger.Simulation;

/// <summary>Runs the model beside a ledger on commands by chance and compares both after each: the answer, the entries, every bucket and line.</summary>
internal sealed class Simulation(ILedgerUnderTest ledger, int seed, int verifyEvery = 1000)
{
    /// <summary>Credits that value opened which came back after its last good day.</summary>
    public const string ReturnedAsNew = "returned as new credit";

    private const int CompareAllEvery = 25;

    private static readonly IEnumerable<int> Everybody = Enumerable.Range(0, World.Accounts);

    private readonly Random random = new(seed);
    private readonly NaiveLedger model = new();
    private readonly int[] seen = new int[World.Accounts];
    private readonly List<string> log = [];
    private readonly List<(string Key, Command Command, Outcome Outcome)> done = [];

    /// <summary>How often each kind of command was accepted, and each refusal given.</summary>
    public Dictionary<string, int> Coverage { get; } = [];

    public async Task RunAsync(int commands)
    {
        var generator = new CommandGenerator(random, model, ledger.HasServices);
        for (var step = 1; step <= commands; step++)
        {
            if (ledger.HasServices && done.Count > 0 && random.Next(12) == 0)
            {
                await RepeatAsync();
            }
            else
            {
                await StepAsync(generator.Next(), $"key-{step}");
            }

            if (step % verifyEvery == 0 || step == commands)
            {
                await ledger.VerifyAsync();
            }
        }

        Coverage[ReturnedAsNew] = model.Credits.Count(credit => credit.Origin is not null && credit.Type != World.RefundType);
    }

    private async Task StepAsync(Command command, string key)
    {
        log.Add(command.ToString());
        var outcome = await ledger.RunAsync(command, key);
        var pictures = await LookAsync(log.Count % CompareAllEvery == 0 ? Everybody : model.Touched(command));
        var (refusals, answer) = model.Run(command, () => Observed(pictures));
        Check(refusals.Count == 0 ? outcome.IsOk : refusals.Contains(outcome.Code), $"expected {(refusals.Count == 0 ? "ok" : string.Join(" or ", refusals))}, got {outcome.Code}");
        Check(outcome.Answer is null || outcome.Answer == answer, $"expected the answer '{answer}', got '{outcome.Answer}'");
        Compare(pictures);
        var name = command.GetType().Name + (outcome.IsOk ? "" : " " + outcome.Code);
        Coverage[name] = Coverage.GetValueOrDefault(name) + 1;
        if (command is not (MoveClock or RunExpiry or ReleaseStale or SettleInvoices))
        {
            done.Add((key, command, outcome));
        }
    }

    /// <summary>The same key again: the first answer, and nothing changes. The same key for something else: a conflict, and nothing changes.</summary>
    private async Task RepeatAsync()
    {
        var (key, command, first) = done[random.Next(done.Count)];
        var other = random.Next(4) == 0;
        var asked = other ? OneLike(command) : command;
        log.Add($"again {key}: {asked}");
        var outcome = await ledger.RunAsync(asked, key);
        var expected = asked == command ? first with { Replayed = true } : new Outcome("idempotency-conflict");
        Check(outcome == expected, $"expected {expected}, got {outcome}");
        Coverage[$"repeat {expected.Replayed}"] = Coverage.GetValueOrDefault($"repeat {expected.Replayed}") + 1;
        Compare(await LookAsync(model.Touched(asked).Concat(model.Touched(command)).Distinct()));
    }

    /// <summary>A command whose key is of the same sort: those of events never meet the others.</summary>
    private Command OneLike(Command command)
    {
        var alike = done.Where(one => one.Command is InvoiceEvent == command is InvoiceEvent).ToList();
        return alike[random.Next(alike.Count)].Command;
    }

    private async Task<List<(int Account, Picture Picture)>> LookAsync(IEnumerable<int> accounts)
    {
        var pictures = new List<(int, Picture)>();
        foreach (var account in accounts)
        {
            pictures.Add((account, await ledger.ReadAsync(account, seen[account])));
        }

        return pictures;
    }

    private void Compare(List<(int Account, Picture Picture)> pictures)
    {
        foreach (var (account, picture) in pictures)
        {
            var expected = model.Picture(account, seen[account]);
            Same($"entries of account {account}", expected.NewEntries, picture.NewEntries);
            Same($"credits of account {account}", expected.Credits, picture.Credits);
            Same($"invoices of account {account}", expected.Invoices, picture.Invoices);
            Same($"authorizations of account {account}", expected.Authorizations, picture.Authorizations);
            seen[account] = model.EntryCount(account);
        }
    }

    /// <summary>In what order the expiry job took what was due; only that is taken from the ledger, what it did is for the model to say.</summary>
    private static List<int> Observed(List<(int Account, Picture Picture)> pictures) =>
    [
        .. pictures.SelectMany(one => one.Picture.NewEntries).Where(entry => entry.Contains(" expire ", StringComparison.Ordinal)).Select(entry => int.Parse(entry.Split(' ')[2][1..])),
    ];

    private void Same(string what, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        if (!expected.SequenceEqual(actual))
        {
            Check(false, $"{what} differ.\nModel:\n{string.Join('\n', expected.Except(actual))}\nLedger:\n{string.Join('\n', actual.Except(expected))}");
        }
    }

    private void Check(bool holds, string what)
    {
        if (!holds)
        {
            Assert.Fail($"Seed {seed}, command {log.Count}: {what}\nLast commands:\n{string.Join('\n', log.TakeLast(15))}");
        }
    }
}
