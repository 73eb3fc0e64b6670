using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Exports;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Accounting;

/// <summary>The reports and the list of entries as files: the same rows as the pages show.</summary>
internal static class AccountingExports
{
    public static ListExport Liability { get; } = ListExport.Of<LiabilityReports, LiabilityRow>(
        "liability",
        Permission.ViewReports,
        [
            ExportColumn<LiabilityRow>.Date("As of", row => row.AsOf),
            ExportColumn<LiabilityRow>.Text("Store", row => row.Store.Store),
            ExportColumn<LiabilityRow>.Text("Type", row => row.Type.Name),
            ExportColumn<LiabilityRow>.YesNo("Paid for", row => row.Type.PaidFor),
            ExportColumn<LiabilityRow>.Text("Currency", row => row.Store.Currency),
            ExportColumn<LiabilityRow>.Number("Available", row => row.Type.Available),
            ExportColumn<LiabilityRow>.Number("Authorized", row => row.Type.Authorized),
            ExportColumn<LiabilityRow>.Number("Outstanding", row => row.Type.Outstanding),
        ],
        (reports, caller, filter) => Rows(
            reports.LiabilityAsync(caller, Asked(filter)),
            view => from store in view.Items from type in store.Types select new LiabilityRow(view.AsOf, store, type)));

    public static ListExport RollForward { get; } = ListExport.Of<LiabilityReports, RollForwardRow>(
        "roll-forward",
        Permission.ViewReports,
        [
            ExportColumn<RollForwardRow>.Date("From", row => row.View.From),
            ExportColumn<RollForwardRow>.Date("To", row => row.View.To),
            ExportColumn<RollForwardRow>.Text("Store", row => row.Store.Store),
            ExportColumn<RollForwardRow>.Text("Currency", row => row.Store.Currency),
            ExportColumn<RollForwardRow>.Text("Line", row => row.Line),
            ExportColumn<RollForwardRow>.Number("Entries", row => row.Entries),
            ExportColumn<RollForwardRow>.Number("Amount", row => row.Amount),
        ],
        (reports, caller, filter) => Rows(
            reports.RollForwardAsync(caller, Asked(filter)),
            view => view.Items.SelectMany(store => store.Lines.Select(line => new RollForwardRow(view, store, line.Line, line.Change, line.Entries))
                .Prepend(new RollForwardRow(view, store, "opening", store.Opening, null)).Append(new RollForwardRow(view, store, "closing", store.Closing, null)))));

    public static ListExport Breakage { get; } = ListExport.Of<ActivityReports, StoreBreakageRow>(
        "breakage",
        Permission.ViewReports,
        [
            ExportColumn<StoreBreakageRow>.Date("From", row => row.Row.From),
            ExportColumn<StoreBreakageRow>.Date("To", row => row.Row.To),
            ExportColumn<StoreBreakageRow>.Text("Store", row => row.Store.Store),
            ExportColumn<StoreBreakageRow>.Text("Type", row => row.Row.TypeName),
            ExportColumn<StoreBreakageRow>.YesNo("Paid for", row => row.Row.PaidFor),
            ExportColumn<StoreBreakageRow>.Text("Currency", row => row.Store.Currency),
            ExportColumn<StoreBreakageRow>.Number("Expired unused", row => row.Row.Expired),
            ExportColumn<StoreBreakageRow>.Number("Reinstated", row => row.Row.Reinstated),
            ExportColumn<StoreBreakageRow>.Number("Breakage", row => row.Row.Net),
        ],
        (reports, caller, filter) => Rows(reports.BreakageAsync(caller, Asked(filter)), view => from store in view.Items from row in store.Rows select new StoreBreakageRow(store, row)));

    public static ListExport Usage { get; } = ListExport.Of<ActivityReports, StoreUsageRow>(
        "usage",
        Permission.ViewReports,
        [
            ExportColumn<StoreUsageRow>.Date("From", row => row.Row.From),
            ExportColumn<StoreUsageRow>.Date("To", row => row.Row.To),
            ExportColumn<StoreUsageRow>.Text("Store", row => row.Store.Store),
            ExportColumn<StoreUsageRow>.Text("Currency", row => row.Store.Currency),
            ExportColumn<StoreUsageRow>.Number("Orders", row => row.Row.Orders),
            ExportColumn<StoreUsageRow>.Number("Order value", row => row.Row.OrderValue),
            ExportColumn<StoreUsageRow>.Number("Orders with credit", row => row.Row.OrdersWithCredit),
            ExportColumn<StoreUsageRow>.Number("Paid with credit", row => row.Row.PaidWithCredit),
            ExportColumn<StoreUsageRow>.Number("Refunded as credit", row => row.Row.RefundedAsCredit),
            ExportColumn<StoreUsageRow>.Number("Earned", row => row.Row.Earned),
            ExportColumn<StoreUsageRow>.Number("Reclaimed", row => row.Row.Reclaimed),
            ExportColumn<StoreUsageRow>.Number("Other credits", row => row.Row.OtherCredits),
        ],
        (reports, caller, filter) => Rows(reports.UsageAsync(caller, Asked(filter)), view => from store in view.Items from row in store.Rows select new StoreUsageRow(store, row)));

    public static ListExport Given { get; } = ListExport.Of<ActivityReports, StoreGivenRow>(
        "given",
        Permission.ViewReports,
        [
            ExportColumn<StoreGivenRow>.Date("From", row => row.View.From),
            ExportColumn<StoreGivenRow>.Date("To", row => row.View.To),
            ExportColumn<StoreGivenRow>.Text("Store", row => row.Store.Store),
            ExportColumn<StoreGivenRow>.Text("By", row => row.Row.Staff),
            ExportColumn<StoreGivenRow>.Text("Type", row => row.Row.TypeName),
            ExportColumn<StoreGivenRow>.Text("Reason", row => row.Row.ReasonName),
            ExportColumn<StoreGivenRow>.Text("Currency", row => row.Store.Currency),
            ExportColumn<StoreGivenRow>.Number("Times", row => row.Row.Entries),
            ExportColumn<StoreGivenRow>.Number("Amount", row => row.Row.Amount),
        ],
        (reports, caller, filter) => Rows(reports.GivenAsync(caller, Asked(filter)), view => from store in view.Items from row in store.Rows select new StoreGivenRow(view, store, row)));

    public static ListExport Entries { get; } = ListExport.Of<EntryList, AccountingEntry>(
        "entries",
        Permission.ViewReports,
        [
            ExportColumn<AccountingEntry>.Date("Effective on", row => row.Entry.EffectiveOn),
            ExportColumn<AccountingEntry>.Instant("Recorded at", row => row.Entry.RecordedAt),
            ExportColumn<AccountingEntry>.Text("Entry", row => row.Entry.Id.ToString()),
            ExportColumn<AccountingEntry>.Text("Account", row => row.AccountId.ToString()),
            ExportColumn<AccountingEntry>.Text("Account name", row => row.AccountName),
            ExportColumn<AccountingEntry>.Number("Sequence", row => row.Entry.Seq),
            ExportColumn<AccountingEntry>.Text("Store", row => row.Entry.Store),
            ExportColumn<AccountingEntry>.Text("Credit", row => row.Entry.CreditId.ToString()),
            ExportColumn<AccountingEntry>.Text("Type", row => row.Entry.CreditTypeName),
            ExportColumn<AccountingEntry>.Text("Kind", row => row.Entry.Kind),
            ExportColumn<AccountingEntry>.Text("From", row => row.Entry.From),
            ExportColumn<AccountingEntry>.Text("To", row => row.Entry.To),
            ExportColumn<AccountingEntry>.Text("Currency", row => row.Entry.Currency),
            ExportColumn<AccountingEntry>.Number("Amount", row => row.Entry.Amount),
            ExportColumn<AccountingEntry>.Number("Change", row => row.Change),
            ExportColumn<AccountingEntry>.Text("By", row => row.Entry.Actor),
            ExportColumn<AccountingEntry>.Text("Reason", row => row.Entry.ReasonName),
            ExportColumn<AccountingEntry>.Text("Memo", row => row.Entry.Memo),
            ExportColumn<AccountingEntry>.Text("Order", row => row.Entry.OrderNumber),
            ExportColumn<AccountingEntry>.Text("Invoice", row => row.Entry.InvoiceNumber),
        ],
        (entries, caller, filter) =>
        {
            var request = EntryListRequest.Parse(filter.Query);
            filter.Note(request.Values.Select(value => KeyValuePair.Create(value.Key, (object?)value.Value)));
            return entries.ReadAllAsync(caller, request);
        });

    public static ListExport OnHold { get; } = ListExport.Of<DashboardQueries, AccountOnHold>(
        "on-hold",
        Permission.View,
        [
            ExportColumn<AccountOnHold>.Text("User", row => row.AccountId.ToString()),
            ExportColumn<AccountOnHold>.Text("Name", row => row.Name),
            ExportColumn<AccountOnHold>.Instant("On hold since", row => row.Since),
            ExportColumn<AccountOnHold>.Text("By", row => row.By),
            ExportColumn<AccountOnHold>.Text("Reason", row => row.Reason),
            ExportColumn<AccountOnHold>.Text("Note", row => row.Note),
        ],
        (queries, caller, _) => queries.ReadAllOnHoldAsync(caller));

    private static ReportRequest Asked(ListFilter filter)
    {
        var request = ReportRequest.Parse(filter.Query);
        filter.Note(request.Values.Select(value => KeyValuePair.Create(value.Key, (object?)value.Value)));
        return request;
    }

    private static async IAsyncEnumerable<TRow> Rows<TView, TRow>(Task<Result<TView>> reading, Func<TView, IEnumerable<TRow>> rowsOf)
    {
        var read = await reading;
        foreach (var row in rowsOf(read.IsOk ? read.Value : throw new BadHttpRequestException(read.Refusal.Message)))
        {
            yield return row;
        }
    }

    private sealed record LiabilityRow(DateOnly? AsOf, StoreLiability Store, TypeLiability Type);

    private sealed record RollForwardRow(RollForwardView View, StoreRollForward Store, string Line, Amount Amount, long? Entries);

    private sealed record StoreBreakageRow(StoreBreakage Store, BreakageRow Row);

    private sealed record StoreUsageRow(StoreUsage Store, UsageRow Row);

    private sealed record StoreGivenRow(GivenView View, StoreGiven Store, GivenRow Row);
}
