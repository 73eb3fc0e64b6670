using StoreCreditAdmin.Features.Credits;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>The list of credits as a file: one row a credit.</summary>
internal static class CreditExport
{
    public const string List = "credits";

    public static IReadOnlyList<CsvColumn<CreditView>> Columns { get; } =
    [
        CsvColumn<CreditView>.Text("Credit", credit => credit.Id.ToString()),
        CsvColumn<CreditView>.Text("Account", credit => credit.AccountId.ToString()),
        CsvColumn<CreditView>.Text("Account name", credit => credit.AccountName),
        CsvColumn<CreditView>.Text("Store", credit => credit.Store),
        CsvColumn<CreditView>.Text("Type", credit => credit.TypeName),
        CsvColumn<CreditView>.Text("Name", credit => credit.Name),
        CsvColumn<CreditView>.Text("Status", credit => credit.Status),
        CsvColumn<CreditView>.Text("Currency", credit => credit.Currency),
        CsvColumn<CreditView>.Number("Opening amount", credit => credit.OpeningAmount),
        CsvColumn<CreditView>.Number("Credited", credit => credit.Credited),
        CsvColumn<CreditView>.Number("Used", credit => credit.Used),
        CsvColumn<CreditView>.Number("Authorized", credit => credit.Authorized),
        CsvColumn<CreditView>.Number("Expired", credit => credit.Expired),
        CsvColumn<CreditView>.Number("Reclaimed", credit => credit.Reclaimed),
        CsvColumn<CreditView>.Number("Invalidated", credit => credit.InvalidatedAmount),
        CsvColumn<CreditView>.Number("Remaining", credit => credit.Remaining),
        CsvColumn<CreditView>.Text("Paid for", credit => credit.PaidFor ? "yes" : "no"),
        CsvColumn<CreditView>.Text("Source", credit => credit.Source),
        CsvColumn<CreditView>.Text("Created by", credit => credit.CreatedBy),
        CsvColumn<CreditView>.Date("Issued on", credit => credit.IssuedOn),
        CsvColumn<CreditView>.Instant("Issued at", credit => credit.IssuedAt),
        CsvColumn<CreditView>.Date("Effective on", credit => credit.EffectiveOn),
        CsvColumn<CreditView>.Date("Expires on", credit => credit.ExpiresOn),
        CsvColumn<CreditView>.Instant("Invalidated at", credit => credit.InvalidatedAt),
        CsvColumn<CreditView>.Text("Invalidated by", credit => credit.InvalidatedBy),
        CsvColumn<CreditView>.Text("Reason", credit => credit.InvalidationReason),
        CsvColumn<CreditView>.Text("Memo", credit => credit.Memo),
        CsvColumn<CreditView>.Text("Customer note", credit => credit.CustomerNote),
    ];
}
