using StoreCreditAdmin.Features.CommandLine;

namespace StoreCreditAdmin.Features.Ledger;

public static class LedgerSetup
{
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<CommitGate>()
        .AddSingleton<LedgerVerification>()
        .AddCommand(LedgerCommands.Verify);
}
