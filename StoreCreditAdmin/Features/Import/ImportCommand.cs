using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.CommandLine;
using StoreCreditAdmin.Features.Ledger;

namespace StoreCreditAdmin.Features.Import;

/// <summary>
/// <c>import customers FILE</c>: the same check and the same import as the page. Progress and wrong rows go to standard error, the counts to standard output.
/// </summary>
internal static class ImportCommand
{
    private const string DryRun = "dry-run";
    private const string Format = "format";
    private const string File = "FILE";

    public static Command Customers { get; } = new("import customers", RunAsync)
    {
        Arguments = [File],
        Options = [new CommandOption(DryRun, null), new CommandOption(Format, string.Join('|', ImportFormat.All.Select(format => format.Code)))],
    };

    private static async Task<int> RunAsync(CommandRun command)
    {
        var source = await OpenAsync(command);
        if (!source.IsOk)
        {
            return await command.RefuseAsync(source.Refusal);
        }

        using var meter = new ProgressMeter(command.Error);
        var check = await command.Get<CustomerCheck>().RunAsync(
            command.Caller,
            source.Value,
            async problem =>
            {
                meter.Clear();
                await command.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Line {problem.Line} ({problem.Customer}): {problem.Message}"));
            },
            meter.Of(Said("Checked")),
            command.CancellationToken);
        meter.Clear();
        if (!check.IsOk)
        {
            return await command.RefuseAsync(check.Refusal);
        }

        if (command.Has(DryRun))
        {
            await SayAsync(command, "new", check.Value);
            await command.Out.WriteLineAsync("Nothing was written.");
            return check.Value.Wrong > 0 ? ExitCode.Refused : ExitCode.Done;
        }

        return await ImportAsync(command, source.Value, check.Value.Rows, meter);
    }

    private static async Task<Result<CustomerSource>> OpenAsync(CommandRun command)
    {
        var file = await ImportFile.OpenAsync(command[File], command.Get<ImportOptions>(), command.CancellationToken);
        if (!file.IsOk)
        {
            return file.Refusal;
        }

        var inspection = await file.Value.InspectAsync(command.CancellationToken);
        if (!inspection.IsOk)
        {
            return inspection.Refusal;
        }

        var (header, format) = (inspection.Value.Header, inspection.Value.Format);
        if (command.Find(Format) is { } code && !ImportFormat.TryFind(code, out format!))
        {
            return new Refusal("format-unknown", $"There is no format '{code}'. Choose one of {string.Join(", ", ImportFormat.All.Select(one => one.Code))}.");
        }

        var missing = format.Signature.Where(name => header.IndexOf(name) is null).ToList();
        return missing.Count > 0
            ? new Refusal("column-missing", $"The file lacks {(missing.Count == 1 ? "the column" : "the columns")} {string.Join(", ", missing)} of the format {format.Code}.")
            : new CustomerSource(file.Value, header, format, format.MappingFor(header));
    }

    private static async Task<int> ImportAsync(CommandRun command, CustomerSource source, int rows, ProgressMeter meter)
    {
        var import = command.Get<CustomerImport>();
        var begun = await import.BeginAsync(command.Caller, OperationKey.ForForm(), source, rows);
        if (!begun.IsOk)
        {
            return await command.RefuseAsync(begun.Refusal);
        }

        if (begun.Value.RowsDone > 0)
        {
            await command.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Going on after {begun.Value.RowsDone} rows, where the import of this file stopped."));
        }

        Result<ImportRunView> result;
        try
        {
            result = await import.RunAsync(command.Caller, begun.Value, source, meter.Of(Said("Imported")), command.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            var stopped = await import.StopAsync(command.Caller, OperationKey.ForForm(), begun.Value.Id, $"Stopped by {command.Caller.Actor.Name}.");
            result = stopped.IsOk ? new Refusal(CustomerImport.Stopped, "Stopped. What was added stays; the same command goes on from there.") : stopped;
        }

        meter.Clear();
        if (!result.IsOk)
        {
            return await command.RefuseAsync(result.Refusal);
        }

        var run = result.Value;
        await SayAsync(command, "added", new ImportCounts(run.RowsDone, run.Added, run.AlreadyThere, run.Wrong));
        return run.Wrong > 0 ? ExitCode.Refused : ExitCode.Done;
    }

    private static Task SayAsync(CommandRun command, string added, ImportCounts counts) =>
        command.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Rows} rows: {counts.New} {added}, {counts.AlreadyThere} already there and left as they are, {counts.Wrong} wrong and left out."));

    private static Func<ImportProgress, string> Said(string done) => progress => string.Create(
        CultureInfo.InvariantCulture, $"{done} {progress.Counts.Rows} rows, {Math.Min(100, (int)(progress.Share * 100))} %");
}
