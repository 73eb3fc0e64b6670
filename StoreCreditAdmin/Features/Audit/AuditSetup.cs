using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Audit;

public static class AuditSetup
{
    private static IReadOnlyList<ExportColumn<AuditLine>> Columns =>
    [
        ExportColumn<AuditLine>.Instant("At", line => line.At),
        ExportColumn<AuditLine>.Text("Kind of actor", line => line.ActorKind.ToString()),
        ExportColumn<AuditLine>.Text("Who", line => line.ActorName),
        ExportColumn<AuditLine>.Text("Action", line => line.Action),
        ExportColumn<AuditLine>.Text("Subject", line => line.Subject),
        ExportColumn<AuditLine>.Text("Subject id", line => line.SubjectId),
        ExportColumn<AuditLine>.Text("Account", line => line.AccountId?.ToString()),
        ExportColumn<AuditLine>.Text("Outcome", line => line.IsRefused ? "refused" : "done"),
        ExportColumn<AuditLine>.Text("Refusal", line => line.RefusalCode),
        ExportColumn<AuditLine>.Text("Reason", line => line.Reason),
        ExportColumn<AuditLine>.Text("Note", line => line.Note),
        ExportColumn<AuditLine>.Text("Old values", line => line.OldValues),
        ExportColumn<AuditLine>.Text("New values", line => line.NewValues),
        ExportColumn<AuditLine>.Text("Operation", line => line.OperationId?.ToString()),
    ];

    private static ListExport Export { get; } = ListExport.Of<AuditQueries, AuditLine>("audit", Permission.ViewAudit, Columns, (audit, caller, filter) =>
    {
        var read = AuditFilter.Parse(filter.Query);
        filter.Note(read.Values.Select(value => KeyValuePair.Create(value.Key, (object?)value.Value)));
        return audit.ReadAllAsync(caller, read);
    });

    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditQueries>()
        .AddSingleton(Export);
}
