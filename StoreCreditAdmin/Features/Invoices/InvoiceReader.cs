using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;
using StoreCreditAdmin.Domain.Invoices;
using StoreCreditAdmin.Features.Api;

namespace StoreCreditAdmin.Features.Invoices;

/// <summary>An invoice that a billing system reported, checked as far as it goes without looking anything up.</summary>
internal sealed record ReportedInvoice(string Number, string AccountExternalId, string? StoreCode, string Kind, Money Total, DateOnly IssuedOn, DateOnly DueOn)
{
    private const int MaxDaysAhead = 366;
    private const int MaxYearsToPay = 10;
    private const string DateInvalid = "date-invalid";

    private static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <param name="today">A date may lie ahead of it, as for next month's rent, but not far.</param>
    public static Result<ReportedInvoice> Read(InvoiceInput input, DateOnly today)
    {
        var (number, externalId, kind) = (Texts.Clean(input.Number), Texts.Clean(input.AccountExternalId), Texts.Clean(input.Kind)?.ToLowerInvariant());
        var total = MoneyInput.RequirePositive(input.Total, "invoice.total");
        var refusal = NumberRefusal(number, "invoice.number")
            ?? Missing(externalId, "Give the account's external id.", "invoice.accountExternalId")
            ?? Missing(kind, "Give the invoice's kind, such as user or valet.", "invoice.kind")
            ?? Texts.TooLong((externalId, "invoice.accountExternalId", Account.MaxExternalIdLength), (kind, "invoice.kind", Invoice.MaxKindLength))
            ?? Texts.NotOneLine(externalId, "invoice.accountExternalId")
            ?? Texts.NotOneLine(kind, "invoice.kind")
            ?? total.Refusal
            ?? DateRefusal(input, today);
        return refusal is null
            ? new ReportedInvoice(number!, externalId!, Texts.Clean(input.Store), kind!, total.Value, input.IssuedOn!.Value, input.DueOn!.Value)
            : refusal;
    }

    public static Refusal? NumberRefusal(string? number, string field) =>
        Missing(number, "Give the invoice's number.", field) ?? Texts.TooLong((number, field, Invoice.MaxNumberLength)) ?? Texts.NotOneLine(number, field);

    private static Refusal? DateRefusal(InvoiceInput input, DateOnly today) =>
        input.IssuedOn is not { } issuedOn ? new Refusal("invalid-request", "Say when it was issued, as 2026-11-22.", "invoice.issuedOn")
        : input.DueOn is not { } dueOn ? new Refusal("invalid-request", "Say when it is due, as 2026-12-22.", "invoice.dueOn")
        : issuedOn < Earliest || issuedOn > today.AddDays(MaxDaysAhead)
            ? new Refusal(DateInvalid, $"Invoices are issued from {Earliest:yyyy-MM-dd} to {today.AddDays(MaxDaysAhead):yyyy-MM-dd}. Check this date.", "invoice.issuedOn")
        : dueOn < issuedOn ? new Refusal(DateInvalid, $"It cannot be due before it is issued, on {issuedOn:yyyy-MM-dd}.", "invoice.dueOn")
        : dueOn > issuedOn.AddYears(MaxYearsToPay)
            ? new Refusal(DateInvalid, $"An invoice is due within {MaxYearsToPay} years. Check this date.", "invoice.dueOn")
        : null;

    private static Refusal? Missing(string? text, string message, string field) => text is null ? new Refusal("invalid-request", message, field) : null;
}
