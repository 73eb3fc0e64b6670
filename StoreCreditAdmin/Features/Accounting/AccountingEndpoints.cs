using StoreCreditAdmin.Features.Api;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounting;

public static class AccountingEndpoints
{
    public static void MapAccounting(this RouteGroupBuilder group)
    {
        var api = group.MapGroup("/reports").WithTags("Reports");
        api.MapGet("/liability", (ApiRead read, LiabilityReports reports, CancellationToken cancellationToken, string? asOf, string? store, string? currency, string? type, string? paidFor) =>
                read.AnswerAsync(reports.LiabilityAsync(
                    read.Caller,
                    new ReportRequest { AsOf = Texts.Clean(asOf), Store = Texts.Clean(store), Currency = Texts.Clean(currency), Type = Texts.Clean(type), PaidFor = Texts.Clean(paidFor) },
                    cancellationToken)))
            .NeedsScope(Scopes.Read)
            .WithSummary("What is owed now, or at the end of a day, by store and currency")
            .Produces<LiabilityView>();

        api.MapGet("/roll-forward", (ApiRead read, LiabilityReports reports, CancellationToken cancellationToken, string? from, string? to, string? store, string? currency, string? type, string? paidFor) =>
                read.AnswerAsync(reports.RollForwardAsync(
                    read.Caller,
                    new ReportRequest
                    {
                        From = Texts.Clean(from),
                        To = Texts.Clean(to),
                        Store = Texts.Clean(store),
                        Currency = Texts.Clean(currency),
                        Type = Texts.Clean(type),
                        PaidFor = Texts.Clean(paidFor),
                    },
                    cancellationToken)))
            .NeedsScope(Scopes.Read)
            .WithSummary("How a period changed what is owed, by store and currency")
            .Produces<RollForwardView>();
    }
}
