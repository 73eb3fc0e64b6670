using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Statements;

/// <summary>The runs of statements as a file: who made which, of how many accounts.</summary>
internal static class StatementBatchExport
{
    public static ListExport List { get; } = ListExport.Of<StatementBatchService, StatementBatchView>(
        "statement-runs",
        Permission.ViewReports,
        [
            ExportColumn<StatementBatchView>.Text("Store", row => row.Store),
            ExportColumn<StatementBatchView>.Text("Currency", row => row.Currency),
            ExportColumn<StatementBatchView>.Date("From", row => row.From),
            ExportColumn<StatementBatchView>.Date("To", row => row.To),
            ExportColumn<StatementBatchView>.Text("Accounts", row => row.Accounts.ToString()),
            ExportColumn<StatementBatchView>.Text("Found by", row => row.Query),
            ExportColumn<StatementBatchView>.YesNo("In the customer's words", row => row.ForCustomer),
            ExportColumn<StatementBatchView>.Text("State", row => row.State),
            ExportColumn<StatementBatchView>.Text("Why it failed", row => row.FailReason),
            ExportColumn<StatementBatchView>.Instant("Asked for at", row => row.StartedAt),
            ExportColumn<StatementBatchView>.Text("By", row => row.By),
            ExportColumn<StatementBatchView>.Number("Statements", row => (long?)row.Made),
        ],
        (batches, caller, _) => batches.ReadAllAsync(caller));
}
