using System.Globalization;
using StoreCreditAdmin.Features.CommandLine;

namespace StoreCreditAdmin.Features.Ledger;

/// <summary><c>ledger verify</c>.</summary>
internal static class LedgerCommands
{
    public static readonly Command Verify = new("ledger verify", VerifyAsync);

    private static async Task<int> VerifyAsync(CommandRun run)
    {
        var report = await run.Get<LedgerVerification>().VerifyAsync(run.Caller, cancellationToken: run.CancellationToken);
        await run.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.Entries} entries read."));
        if (report.Anchor is { } anchor)
        {
            await run.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Last anchor: {anchor.Day:yyyy-MM-dd}, {anchor.Entries} entries, {anchor.Hash}"));
        }

        await run.Out.WriteLineAsync(report.Ok ? "The ledger is whole." : $"First thing wrong: {report.FirstBroken}");
        return report.Ok ? ExitCode.Done : ExitCode.Refused;
    }
}
