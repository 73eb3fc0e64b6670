using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Journal;

/// <summary>What was exported for good as a file: <c>store</c> narrows it.</summary>
internal static class JournalExportsList
{
    public static ListExport List { get; } = ListExport.Of<JournalService, JournalExportView>(
        "journal-exports",
        Permission.ViewReports,
        [
            ExportColumn<JournalExportView>.Text("Export", row => row.Id.ToString()),
            ExportColumn<JournalExportView>.Text("Store", row => row.Store),
            ExportColumn<JournalExportView>.Date("From", row => row.From),
            ExportColumn<JournalExportView>.Date("To", row => row.To),
            ExportColumn<JournalExportView>.Number("Entries", row => (long?)row.Entries),
            ExportColumn<JournalExportView>.Number("Accounts version", row => (long?)row.MappingNumber),
            ExportColumn<JournalExportView>.Text("Newest entry", row => row.HeadHash),
            ExportColumn<JournalExportView>.Text("Ledger anchor", row => row.AnchorHash),
            ExportColumn<JournalExportView>.Instant("Exported at", row => row.At),
            ExportColumn<JournalExportView>.Text("By", row => row.By),
        ],
        (journal, caller, filter) => journal.ReadAllAsync(caller, filter["store"]));
}
