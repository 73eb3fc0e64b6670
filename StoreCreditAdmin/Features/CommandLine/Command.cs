using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.CommandLine;

/// <summary>What can be asked of the program on the command line, beside serving: <c>api-key create --name NAME</c>.</summary>
/// <param name="Name">One word or two.</param>
/// <param name="Run">Answers the exit code: <see cref="ExitCode"/>.</param>
public sealed record Command(string Name, Func<CommandRun, Task<int>> Run)
{
    /// <summary>What stands after the name without a dash, in order, as usage names it: <c>FILE</c>. All are needed.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyList<CommandOption> Options { get; init; } = [];

    public string Usage => string.Join(' ', [Name, .. Arguments, .. Options.Select(option => option.Usage)]);
}

/// <param name="Value">How usage names the value; null for an option that takes none.</param>
public sealed record CommandOption(string Name, string? Value, bool Required = false)
{
    public string Usage
    {
        get
        {
            var text = Value is null ? $"--{Name}" : $"--{Name} {Value}";
            return Required ? text : $"[{text}]";
        }
    }
}

public static class ExitCode
{
    public const int Done = 0;

    /// <summary>It was refused, or something was found wrong.</summary>
    public const int Refused = 1;

    public const int WrongUsage = 2;
}

/// <summary>A command while it runs.</summary>
public sealed class CommandRun
{
    private readonly IReadOnlyDictionary<string, string> values;

    internal CommandRun(IServiceProvider services, IReadOnlyDictionary<string, string> values, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        Services = services;
        this.values = values;
        Out = output;
        Error = error;
        CancellationToken = cancellationToken;
    }

    public IServiceProvider Services { get; }

    /// <summary>The person at the machine.</summary>
    public Caller Caller { get; } = Caller.CommandLine(Environment.UserName);

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    /// <summary>Cancelled by Ctrl+C.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The value of an argument or option that is always there.</summary>
    public string this[string name] => values[name];

    public string? Find(string name) => values.GetValueOrDefault(name);

    public bool Has(string name) => values.ContainsKey(name);

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Says a refusal's sentence.</summary>
    public async Task<int> RefuseAsync(Refusal refusal)
    {
        await Error.WriteLineAsync(refusal.Message);
        return ExitCode.Refused;
    }
}
