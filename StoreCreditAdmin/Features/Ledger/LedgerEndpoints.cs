using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Ledger;

public static class LedgerEndpoints
{
    public static void MapLedger(this RouteGroupBuilder api) =>
        api.MapGet("/system/ledger/verify", (ApiRead read, LedgerVerification verification, CancellationToken cancellationToken) =>
                read.AnswerAsync(verification.VerifyAsync(read.Caller, cancellationToken: cancellationToken)))
            .NeedsScope(Scopes.Admin)
            .WithTags("System")
            .WithSummary("Recomputes the whole ledger and names the first thing that is wrong")
            .Produces<LedgerReport>();
}
