using StoreCreditAdmin.Features.CommandLine;
using StoreCreditAdmin.Features.Jobs;

namespace StoreCreditAdmin.Features.Ledger;

public static class LedgerSetup
{
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<CommitGate>()
        .AddSingleton<LedgerVerification>()
        .AddSingleton<IDueJob, LedgerAnchors>()
        .AddSingleton<IDueJob, MovementFolding>()
        .AddCommand(LedgerCommands.Verify);
}
