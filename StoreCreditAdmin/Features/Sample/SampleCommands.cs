using System.Globalization;
using StoreCreditAdmin.Features.CommandLine;

namespace StoreCreditAdmin.Features.Sample;

/// <summary><c>sample replay</c>: all 22,190 orders and refunds of the sample shop, in Development only.</summary>
internal static class SampleCommands
{
    public static readonly Command Replay = new("sample replay", ReplayAsync);

    private static async Task<int> ReplayAsync(CommandRun run)
    {
        using var meter = new ProgressMeter(run.Error);
        var replayed = await run.Get<SampleData>().ReplayAsync(
            meter.Of<(int Done, int Total)>(progress => string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Total}, {100L * progress.Done / progress.Total} %")),
            run.CancellationToken);
        meter.Clear();
        if (!replayed.IsOk)
        {
            return await run.RefuseAsync(replayed.Refusal);
        }

        var (orders, refused, awards) = replayed.Value;
        await run.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{orders} orders and refunds told, {refused} of them refunds of more than was paid and refused. The shop's rules gave credit {awards} times."));
        return ExitCode.Done;
    }
}
