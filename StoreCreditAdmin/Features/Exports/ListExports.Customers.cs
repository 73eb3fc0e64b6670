using System.Globalization;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Expiry;
using StoreCreditAdmin.Features.Invoices;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>The lists of customers, their credit, orders and invoices.</summary>
internal static partial class ListExports
{
    private static ListExport Users() => ListExport.Of<AccountSearch, AccountBalanceRow>(
        "users",
        Permission.View,
        [
            ExportColumn<AccountBalanceRow>.Text("User", row => row.Id.ToString()),
            ExportColumn<AccountBalanceRow>.Text("External id", row => row.ExternalId),
            ExportColumn<AccountBalanceRow>.Text("Name", row => row.Name),
            ExportColumn<AccountBalanceRow>.Text("Kind", row => row.Kind),
            ExportColumn<AccountBalanceRow>.Text("E-mail", row => row.Email),
            ExportColumn<AccountBalanceRow>.Text("Card number", row => row.CardNumber),
            ExportColumn<AccountBalanceRow>.YesNo("On hold", row => row.OnHold),
            ExportColumn<AccountBalanceRow>.Text("Store", row => row.Store),
            ExportColumn<AccountBalanceRow>.Text("Currency", row => row.Currency),
            ExportColumn<AccountBalanceRow>.Number("Available", row => row.Available),
            ExportColumn<AccountBalanceRow>.Number("Authorized", row => row.Authorized),
        ],
        (search, caller, filter) => search.ReadAllAsync(caller, filter["q"]));

    /// <summary>Of one account: <c>account</c> names it.</summary>
    private static ListExport History() => ListExport.Of<AccountHistory, HistoryLine>(
        "history",
        Permission.View,
        [
            ExportColumn<HistoryLine>.Number("Number", row => row.Entry?.Seq),
            ExportColumn<HistoryLine>.Date("Effective on", row => row.Entry?.EffectiveOn),
            ExportColumn<HistoryLine>.Instant("Recorded at", row => row.At),
            ExportColumn<HistoryLine>.Text("Store", row => row.Entry?.Store),
            ExportColumn<HistoryLine>.Text("Kind", row => row.Kind),
            ExportColumn<HistoryLine>.Text("In words", row => row.Entry?.Label ?? row.Event?.Label),
            ExportColumn<HistoryLine>.Text("Currency", row => row.Entry?.Currency),
            ExportColumn<HistoryLine>.Number("Amount", row => row.Entry?.Amount),
            ExportColumn<HistoryLine>.Text("From", row => row.Entry?.From),
            ExportColumn<HistoryLine>.Text("To", row => row.Entry?.To),
            ExportColumn<HistoryLine>.Number("Change of balance", row => row.Entry?.BalanceChange),
            ExportColumn<HistoryLine>.Number("Available after", row => row.Entry?.AccountAvailableAfter),
            ExportColumn<HistoryLine>.Text("Credit type", row => row.Entry?.CreditTypeName),
            ExportColumn<HistoryLine>.Text("Store credit", row => row.Entry?.CreditId.ToString()),
            ExportColumn<HistoryLine>.Text("Order", row => row.Entry?.OrderNumber),
            ExportColumn<HistoryLine>.Text("Invoice", row => row.Entry?.InvoiceNumber),
            ExportColumn<HistoryLine>.Text("Changes", row => row.Event is { } done ? AccountEventTexts.ChangesOf(row.Kind, done) : null),
            ExportColumn<HistoryLine>.Text("Reason", row => row.Entry?.ReasonName ?? row.Event?.Reason),
            ExportColumn<HistoryLine>.Text("Memo", row => row.Entry?.Memo ?? row.Event?.Note),
            ExportColumn<HistoryLine>.Text("By", row => row.Actor),
            ExportColumn<HistoryLine>.Text("Entry", row => row.Entry?.Id.ToString()),
        ],
        (history, caller, filter) => history.ReadAllAsync(caller, filter["account"] ?? "", new HistoryFilter
        {
            ForCustomer = filter["view"] == "customer",
            From = filter.Date("from"),
            To = filter.Date("to"),
            Kinds = filter["kind"] is { } kind ? [kind] : [],
        }));

    /// <summary>Of one account: <c>account</c> names it.</summary>
    private static ListExport Awards() => ListExport.Of<EarningQueries, AwardRow>(
        "awards",
        Permission.View,
        [
            ExportColumn<AwardRow>.Instant("Reckoned at", row => row.At),
            ExportColumn<AwardRow>.Text("Store", row => row.Store),
            ExportColumn<AwardRow>.Text("Order", row => row.OrderNumber),
            ExportColumn<AwardRow>.Text("Rule", row => EarningNames.Of(row.Method)),
            ExportColumn<AwardRow>.Number("Version", row => (long?)row.RuleVersion),
            ExportColumn<AwardRow>.Text("Currency", row => row.Currency),
            ExportColumn<AwardRow>.Number("Goods paid", row => row.Base),
            ExportColumn<AwardRow>.Number("Left over before", row => row.CarryBefore),
            ExportColumn<AwardRow>.Number("Left over after", row => row.CarryAfter),
            ExportColumn<AwardRow>.Number("Earned", row => row.Amount),
            ExportColumn<AwardRow>.Text("Why nothing", row => row.Reason),
            ExportColumn<AwardRow>.Number("Taken back", row => row.Reclaimed),
            ExportColumn<AwardRow>.Number("Missing", row => row.Shortfall),
            ExportColumn<AwardRow>.Text("Store credit", row => row.CreditId?.ToString()),
        ],
        (earning, caller, filter) => earning.ReadAllAwardsAsync(caller, filter["account"] ?? ""));

    private static ListExport Orders() => ListExport.Of<OrderQueries, OrderRow>(
        "orders",
        Permission.View,
        [
            ExportColumn<OrderRow>.Text("Order", row => row.Number),
            ExportColumn<OrderRow>.Text("Store", row => row.Store),
            ExportColumn<OrderRow>.Text("Customer", row => row.Customer),
            ExportColumn<OrderRow>.Text("User", row => row.AccountId?.ToString()),
            ExportColumn<OrderRow>.YesNo("Guest", row => row.Guest),
            ExportColumn<OrderRow>.Text("Kind", row => row.Kind),
            ExportColumn<OrderRow>.Text("Status", row => row.Status),
            ExportColumn<OrderRow>.Text("Currency", row => row.Currency),
            ExportColumn<OrderRow>.Number("Total", row => row.Total),
            ExportColumn<OrderRow>.Number("Credit", row => row.CreditApplied),
            ExportColumn<OrderRow>.Number("Due", row => row.Due),
            ExportColumn<OrderRow>.Number("Given back", row => row.Refunded),
            ExportColumn<OrderRow>.Instant("Placed at", row => row.PlacedAt),
        ],
        (orders, caller, filter) =>
        {
            var query = OrderListQuery.Parse(filter.Query);
            filter.Read("q", "store", "currency", "kind", "status", "credit", "gave", "placedFrom", "placedTo", "sort");
            return orders.ReadAllAsync(caller, query.Filter with { Account = filter["account"] }, filter.Order);
        });

    private static ListExport Invoices() => ListExport.Of<InvoiceQueries, InvoiceRow>(
        "invoices",
        Permission.View,
        [
            ExportColumn<InvoiceRow>.Text("Invoice", row => row.Number),
            ExportColumn<InvoiceRow>.Text("Store", row => row.Store),
            ExportColumn<InvoiceRow>.Text("Customer", row => row.AccountName),
            ExportColumn<InvoiceRow>.Text("User", row => row.AccountId.ToString()),
            ExportColumn<InvoiceRow>.Text("Kind", row => row.Kind),
            ExportColumn<InvoiceRow>.Text("Status", row => row.Status),
            ExportColumn<InvoiceRow>.Date("Issued on", row => row.IssuedOn),
            ExportColumn<InvoiceRow>.Date("Due on", row => row.DueOn),
            ExportColumn<InvoiceRow>.Text("Currency", row => row.Currency),
            ExportColumn<InvoiceRow>.Number("Total", row => row.Total),
            ExportColumn<InvoiceRow>.Number("Credit", row => row.Credit),
            ExportColumn<InvoiceRow>.Number("Balance remaining", row => row.BalanceRemaining),
        ],
        (invoices, caller, filter) =>
        {
            var query = InvoiceListQuery.Parse(filter.Query);
            filter.Read("q", "account", "store", "kind", "status", "currency", "dueFrom", "dueTo", "sort");
            return invoices.ReadAllAsync(caller, query.Filter, filter.Order);
        });

    private static ListExport OpenAuthorizations() => ListExport.Of<AuthorizationQueries, OpenAuthorization>(
        "open-authorizations",
        Permission.View,
        [
            ExportColumn<OpenAuthorization>.Text("Authorization", row => row.Code),
            ExportColumn<OpenAuthorization>.Text("Store", row => row.Store),
            ExportColumn<OpenAuthorization>.Text("User", row => row.AccountId.ToString()),
            ExportColumn<OpenAuthorization>.Text("Name", row => row.AccountName),
            ExportColumn<OpenAuthorization>.Text("Order", row => row.OrderNumber),
            ExportColumn<OpenAuthorization>.Text("Invoice", row => row.InvoiceNumber),
            ExportColumn<OpenAuthorization>.Text("Currency", row => row.Currency),
            ExportColumn<OpenAuthorization>.Number("Held", row => row.Held),
            ExportColumn<OpenAuthorization>.Instant("Authorized at", row => row.CreatedAt),
            ExportColumn<OpenAuthorization>.Instant("Set free at", row => row.ExpiresAt),
        ],
        (authorizations, caller, filter) => authorizations.ReadAllOpenAsync(
            caller, new OpenAuthorizationFilter { Store = filter["store"], Currency = Currency.TryFind(filter["currency"], out var currency) ? currency.Code : null, Age = HoldAges.Named(filter["age"]), Account = filter["account"] }, filter.Order));

    private static ListExport Shortfalls() => ListExport.Of<EarningQueries, ShortfallRow>(
        "shortfalls",
        Permission.View,
        [
            ExportColumn<ShortfallRow>.Text("Name", row => row.AccountName),
            ExportColumn<ShortfallRow>.Text("User", row => row.AccountId.ToString()),
            ExportColumn<ShortfallRow>.Text("Order", row => row.OrderNumber),
            ExportColumn<ShortfallRow>.Text("Store", row => row.Store),
            ExportColumn<ShortfallRow>.Text("Rule", row => row.Method),
            ExportColumn<ShortfallRow>.Instant("Earned at", row => row.EarnedAt),
            ExportColumn<ShortfallRow>.Instant("Given back at", row => row.GivenBackAt),
            ExportColumn<ShortfallRow>.Text("Currency", row => row.Currency),
            ExportColumn<ShortfallRow>.Number("Earned", row => row.Earned),
            ExportColumn<ShortfallRow>.Number("Taken back", row => row.Reclaimed),
            ExportColumn<ShortfallRow>.Number("Missing", row => row.Missing),
            ExportColumn<ShortfallRow>.Text("Store credit", row => row.CreditId.ToString()),
        ],
        (earning, caller, filter) => earning.ReadAllShortfallsAsync(caller, filter["store"]));

    private static ListExport Expiring() => ListExport.Of<ExpiryExtension, ExpiringCredit>(
        "expiring",
        Permission.ManageRules,
        [
            ExportColumn<ExpiringCredit>.Text("Store credit", row => row.Id.ToString()),
            ExportColumn<ExpiringCredit>.Text("User", row => row.AccountId.ToString()),
            ExportColumn<ExpiringCredit>.Text("Name", row => row.AccountName),
            ExportColumn<ExpiringCredit>.Text("Type", row => row.Type),
            ExportColumn<ExpiringCredit>.Date("Expires on", row => row.ExpiresOn),
            ExportColumn<ExpiringCredit>.Text("Currency", row => row.Currency),
            ExportColumn<ExpiringCredit>.Number("Remaining", row => row.Remaining),
        ],
        (expiring, caller, filter) => expiring.ReadAllAsync(
            caller, new ExpiringFilter(filter["store"], filter["days"] == ExpiringFilter.LongWindow.ToString(CultureInfo.InvariantCulture) ? ExpiringFilter.LongWindow : ExpiringFilter.ShortWindow, filter["type"])));
}
