namespace StoreCreditAdmin.Features.CommandLine;

/// <summary>Reads a command line by the table of commands.</summary>
internal static class CommandParser
{
    /// <summary>The command and what its arguments and options say, or the sentence that says what is wrong.</summary>
    public static (Command? Command, Dictionary<string, string> Values, string? Wrong) Parse(IEnumerable<Command> table, IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, string>();
        var command = table
            .OrderByDescending(one => one.Name.Length)
            .FirstOrDefault(one => one.Name.Split(' ').SequenceEqual(args.Take(one.Name.Split(' ').Length)));
        if (command is null)
        {
            return (null, values, $"There is no command '{string.Join(' ', args.TakeWhile(arg => !arg.StartsWith('-')).Take(2))}'.");
        }

        var rest = new Queue<string>(args.Skip(command.Name.Split(' ').Length));
        var arguments = new Queue<string>(command.Arguments);
        while (rest.TryDequeue(out var word))
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                var (name, given) = word.Split('=', 2) is [var before, var after] ? (before[2..], after) : (word[2..], null);
                var option = command.Options.FirstOrDefault(one => one.Name == name);
                if (option is null)
                {
                    return (command, values, $"There is no option --{name}.");
                }

                var value = option.Value is null ? "" : given ?? (rest.TryDequeue(out var next) ? next : null);
                if (string.IsNullOrWhiteSpace(value) && option.Value is not null)
                {
                    return (command, values, $"--{name} needs a value.");
                }

                if ((option.Value is null && given is not null) || !values.TryAdd(name, value!))
                {
                    return (command, values, option.Value is null ? $"--{name} takes no value and is given once." : $"--{name} is given more than once.");
                }
            }
            else if (arguments.TryDequeue(out var argument))
            {
                values.Add(argument, word);
            }
            else
            {
                return (command, values, $"'{word}' is one word too many.");
            }
        }

        var missing = arguments.Concat(command.Options.Where(option => option.Required && !values.ContainsKey(option.Name)).Select(option => "--" + option.Name)).ToList();
        return (command, values, missing.Count == 0 ? null : $"{string.Join(" and ", missing)} missing.");
    }
}
