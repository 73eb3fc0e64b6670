using StoreCreditAdmin.Features.Credits;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>The list of credits as a file: one row a credit.</summary>
internal static class CreditExport
{
    public static IReadOnlyList<ExportColumn<CreditView>> Columns { get; } =
    [
        ExportColumn<CreditView>.Text("Credit", credit => credit.Id.ToString()),
        ExportColumn<CreditView>.Text("Account", credit => credit.AccountId.ToString()),
        ExportColumn<CreditView>.Text("Account name", credit => credit.AccountName),
        ExportColumn<CreditView>.Text("Store", credit => credit.Store),
        ExportColumn<CreditView>.Text("Type", credit => credit.TypeName),
        ExportColumn<CreditView>.Text("Name", credit => credit.Name),
        ExportColumn<CreditView>.Text("Status", credit => credit.Status),
        ExportColumn<CreditView>.Text("Currency", credit => credit.Currency),
        ExportColumn<CreditView>.Number("Opening amount", credit => credit.OpeningAmount),
        ExportColumn<CreditView>.Number("Credited", credit => credit.Credited),
        ExportColumn<CreditView>.Number("Used", credit => credit.Used),
        ExportColumn<CreditView>.Number("Authorized", credit => credit.Authorized),
        ExportColumn<CreditView>.Number("Expired", credit => credit.Expired),
        ExportColumn<CreditView>.Number("Reclaimed", credit => credit.Reclaimed),
        ExportColumn<CreditView>.Number("Invalidated", credit => credit.InvalidatedAmount),
        ExportColumn<CreditView>.Number("Remaining", credit => credit.Remaining),
        ExportColumn<CreditView>.YesNo("Paid for", credit => credit.PaidFor),
        ExportColumn<CreditView>.Text("Source", credit => credit.Source),
        ExportColumn<CreditView>.Text("Created by", credit => credit.CreatedBy),
        ExportColumn<CreditView>.Date("Issued on", credit => credit.IssuedOn),
        ExportColumn<CreditView>.Instant("Issued at", credit => credit.IssuedAt),
        ExportColumn<CreditView>.Date("Effective on", credit => credit.EffectiveOn),
        ExportColumn<CreditView>.Date("Expires on", credit => credit.ExpiresOn),
        ExportColumn<CreditView>.Instant("Invalidated at", credit => credit.InvalidatedAt),
        ExportColumn<CreditView>.Text("Invalidated by", credit => credit.InvalidatedBy),
        ExportColumn<CreditView>.Text("Reason", credit => credit.InvalidationReason),
        ExportColumn<CreditView>.Text("Memo", credit => credit.Memo),
        ExportColumn<CreditView>.Text("Customer note", credit => credit.CustomerNote),
    ];

    public static ListExport List { get; } = ListExport.Of<CreditQueries, CreditView>("credits", Permission.View, Columns, (credits, caller, filter) =>
    {
        var query = CreditListQuery.Parse(filter.Query);
        filter.Note(query.Values);
        return credits.ReadAllAsync(caller, query.Filter, new PageRequest(SortBy: query.SortName, Descending: query.Descending));
    });
}
