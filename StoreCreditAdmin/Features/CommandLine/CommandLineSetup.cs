using Microsoft.Extensions.Logging.Console;
using StoreCreditAdmin.Data;

namespace StoreCreditAdmin.Features.CommandLine;

public static class CommandLineSetup
{
    /// <summary>A first word that is no option asks for a command; the web server does not start.</summary>
    public static bool IsCommand(IReadOnlyList<string> args) => args.Count > 0 && !args[0].StartsWith('-');

    public static IServiceCollection AddCommand(this IServiceCollection services, Command command) => services.AddSingleton(command);

    /// <summary>Standard output belongs to what the command says; the log goes to standard error, warnings and worse only.</summary>
    public static ILoggingBuilder LogBesideOutput(this ILoggingBuilder logging)
    {
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging.AddFilter(level => level >= LogLevel.Warning);
    }

    /// <summary>Brings the database up to date and runs the command. It may run beside the application on the same database file.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunCommandAsync(this IServiceProvider services, IReadOnlyList<string> args)
    {
        var table = services.GetServices<Command>().OrderBy(command => command.Name, StringComparer.Ordinal).ToList();
        var (command, values, wrong) = CommandParser.Parse(table, args);
        if (wrong is not null)
        {
            await Console.Error.WriteLineAsync(wrong);
            await Console.Error.WriteLineAsync(command is null
                ? "Commands:\n" + string.Join('\n', table.Select(one => "  " + one.Usage))
                : $"Usage: {command.Usage}");
            return ExitCode.WrongUsage;
        }

        using var cancelled = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            cancelled.Cancel();
        };
        try
        {
            await services.MigrateAsync(cancelled.Token);
            return await command!.Run(new CommandRun(services, values, Console.Out, Console.Error, cancelled.Token));
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled.");
            return ExitCode.Refused;
        }
    }
}
