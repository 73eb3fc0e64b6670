using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using StoreCreditAdmin.Features.Access;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Audit;

public static class AuditSetup
{
    public const string DownloadPath = "exports/audit.csv";

    private const string List = "audit";

    private static readonly IReadOnlyList<CsvColumn<AuditLine>> Columns =
    [
        CsvColumn<AuditLine>.Instant("At", line => line.At),
        CsvColumn<AuditLine>.Text("Kind of actor", line => line.ActorKind.ToString()),
        CsvColumn<AuditLine>.Text("Who", line => line.ActorName),
        CsvColumn<AuditLine>.Text("Action", line => line.Action),
        CsvColumn<AuditLine>.Text("Subject", line => line.Subject),
        CsvColumn<AuditLine>.Text("Subject id", line => line.SubjectId),
        CsvColumn<AuditLine>.Text("Account", line => line.AccountId?.ToString()),
        CsvColumn<AuditLine>.Text("Outcome", line => line.IsRefused ? "refused" : "done"),
        CsvColumn<AuditLine>.Text("Refusal", line => line.RefusalCode),
        CsvColumn<AuditLine>.Text("Reason", line => line.Reason),
        CsvColumn<AuditLine>.Text("Note", line => line.Note),
        CsvColumn<AuditLine>.Text("Old values", line => line.OldValues),
        CsvColumn<AuditLine>.Text("New values", line => line.NewValues),
        CsvColumn<AuditLine>.Text("Operation", line => line.OperationId?.ToString()),
    ];

    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<AuditQueries>();

    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet("/" + DownloadPath, DownloadAsync).RequireAuthorization(nameof(Permission.ViewAudit)).ExcludeFromDescription();

    private static async Task<IResult> DownloadAsync(
        HttpContext context, ExportService exports, AuditQueries audit, IOptions<IdentityOptions> identity, TimeProvider clock)
    {
        var caller = CurrentCaller.Of(context.User, identity.Value.ClaimsIdentity);
        var filter = AuditFilter.Parse(context.Request.QueryString.Value);
        var recorded = await exports.RecordAsync(caller, Permission.ViewAudit, List, filter.Values.Where(value => value.Value is not null).ToDictionary());
        return recorded.IsOk
            ? new CsvDownload<AuditLine>(ExportEndpoints.FileName(List, clock.GetUtcNow()), Columns, audit.ReadAllAsync(caller, filter, context.RequestAborted))
            : ExportEndpoints.Denied(recorded.Refusal);
    }
}
