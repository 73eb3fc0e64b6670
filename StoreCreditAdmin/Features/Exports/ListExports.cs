using System.Globalization;
using System.Runtime.CompilerServices;
using StoreCreditAdmin.Domain.Jobs;
using StoreCreditAdmin.Domain.Ledger;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.Accounts;
using StoreCreditAdmin.Features.ApiKeys;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Checkout;
using StoreCreditAdmin.Features.Earning;
using StoreCreditAdmin.Features.Expiry;
using StoreCreditAdmin.Features.Import;
using StoreCreditAdmin.Features.Invoices;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Messages;
using StoreCreditAdmin.Features.Orders;
using StoreCreditAdmin.Features.Paging;
using StoreCreditAdmin.Features.PromoCodes;
using StoreCreditAdmin.Features.Staff;
using StoreCreditAdmin.Features.Webhooks;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>What leaves of each list that pages show, and under whose permission. The filter has the names that the page's address has.</summary>
internal static class ListExports
{
    public static IReadOnlyList<ListExport> All { get; } =
    [
        CreditExport.List, Users(), Orders(), Invoices(), OpenAuthorizations(), Entries(), Shortfalls(), Expiring(), Codes(), CodeUses(), Messages(), JobRuns(), Imports(), Types(), Reasons(),
        Stores(), Staff(), ApiKeys(), Webhooks(),
    ];

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
            filter.Read("q", "store", "status", "credit", "placedFrom", "placedTo", "sort");
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
            caller, new OpenAuthorizationFilter { Store = filter["store"], Age = HoldAges.Named(filter["age"]), Account = filter["account"] }, filter.Order));

    /// <summary>Of one account: <c>account</c> names it.</summary>
    private static ListExport Entries() => ListExport.Of<AccountEntries, EntryView>(
        "history",
        Permission.View,
        [
            ExportColumn<EntryView>.Number("Number", row => row.Seq),
            ExportColumn<EntryView>.Date("Effective on", row => row.EffectiveOn),
            ExportColumn<EntryView>.Instant("Recorded at", row => row.RecordedAt),
            ExportColumn<EntryView>.Text("Store", row => row.Store),
            ExportColumn<EntryView>.Text("Kind", row => row.Kind),
            ExportColumn<EntryView>.Text("Customer's word", row => row.Label),
            ExportColumn<EntryView>.Text("Currency", row => row.Currency),
            ExportColumn<EntryView>.Number("Amount", row => row.Amount),
            ExportColumn<EntryView>.Text("From", row => row.From),
            ExportColumn<EntryView>.Text("To", row => row.To),
            ExportColumn<EntryView>.Number("Change of balance", row => row.BalanceChange),
            ExportColumn<EntryView>.Number("Available after", row => row.AccountAvailableAfter),
            ExportColumn<EntryView>.Text("Credit type", row => row.CreditTypeName),
            ExportColumn<EntryView>.Text("Store credit", row => row.CreditId.ToString()),
            ExportColumn<EntryView>.Text("Order", row => row.OrderNumber),
            ExportColumn<EntryView>.Text("Invoice", row => row.InvoiceNumber),
            ExportColumn<EntryView>.Text("Reason", row => row.ReasonName),
            ExportColumn<EntryView>.Text("Memo", row => row.Memo),
            ExportColumn<EntryView>.Text("By", row => row.Actor),
            ExportColumn<EntryView>.Text("Entry", row => row.Id.ToString()),
        ],
        (entries, caller, filter) =>
        {
            EntryKind? kind = Enum.GetValues<EntryKind>().Where(one => EntryWords.NameOf(one) == filter["kind"]).Select(one => (EntryKind?)one).FirstOrDefault();
            return entries.ReadAllAsync(caller, filter["account"] ?? "", new EntryFilter
            {
                ForCustomer = filter["view"] == "customer",
                From = filter.Date("from"),
                To = filter.Date("to"),
                Kinds = kind is { } only ? [only] : [],
            });
        });

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

    private static ListExport Codes() => ListExport.Of<PromoCodeQueries, PromoCodeRow>(
        "codes",
        Permission.ManageCatalogues,
        [
            ExportColumn<PromoCodeRow>.Text("Code", row => row.Code.Code),
            ExportColumn<PromoCodeRow>.Text("Kind", row => row.Code.Kind),
            ExportColumn<PromoCodeRow>.Text("State", row => row.State.ToString()),
            ExportColumn<PromoCodeRow>.Text("Type", row => row.TypeName),
            ExportColumn<PromoCodeRow>.Text("Currency", row => row.Code.Currency),
            ExportColumn<PromoCodeRow>.Number("Amount", row => row.Code.Amount),
            ExportColumn<PromoCodeRow>.Text("Referrer", row => row.ReferrerName),
            ExportColumn<PromoCodeRow>.Number("Uses", row => row.Uses),
            ExportColumn<PromoCodeRow>.Number("Given to customers", row => row.GivenToCustomers),
            ExportColumn<PromoCodeRow>.Number("Given to the referrer", row => row.GivenToReferrer),
        ],
        (codes, caller, filter) => codes.ReadAllAsync(caller, new PromoCodeFilter
        {
            Search = filter["q"],
            Kind = Named<PromoCodeKind>(filter["kind"]),
            State = Named<PromoCodeState>(filter["state"]),
        }));

    /// <summary>Of one code: <c>code</c> names it.</summary>
    private static ListExport CodeUses() => ListExport.Of<PromoCodeQueries, PromoCodeUseRow>(
        "code-uses",
        Permission.ManageCatalogues,
        [
            ExportColumn<PromoCodeUseRow>.Instant("Used at", row => row.At),
            ExportColumn<PromoCodeUseRow>.Text("Order", row => row.OrderNumber),
            ExportColumn<PromoCodeUseRow>.Text("User", row => row.AccountId.ToString()),
            ExportColumn<PromoCodeUseRow>.Text("Name", row => row.AccountName),
            ExportColumn<PromoCodeUseRow>.Text("Currency", row => row.Currency),
            ExportColumn<PromoCodeUseRow>.Number("Credit", row => row.Amount),
            ExportColumn<PromoCodeUseRow>.Number("Referrer's credit", row => row.ReferrerAmount),
        ],
        (codes, caller, filter) => codes.ReadAllUsesAsync(caller, filter["code"] ?? ""));

    private static ListExport Messages() => ListExport.Of<MessageQueries, MessageView>(
        "messages",
        Permission.ManageMessages,
        [
            ExportColumn<MessageView>.Text("Message", row => row.Id.ToString()),
            ExportColumn<MessageView>.Instant("Made at", row => row.CreatedAt),
            ExportColumn<MessageView>.Text("Kind", row => row.Kind),
            ExportColumn<MessageView>.Text("State", row => row.State.ToString()),
            ExportColumn<MessageView>.Text("Order", row => row.OrderNumber),
            ExportColumn<MessageView>.Text("User", row => row.AccountId?.ToString()),
            ExportColumn<MessageView>.Text("Name", row => row.AccountName),
            ExportColumn<MessageView>.Number("Tries", row => row.Deliveries.Sum(delivery => (long)delivery.Tries)),
            ExportColumn<MessageView>.Instant("Last try at", row => row.Deliveries.Max(delivery => delivery.LastTryAt)),
            ExportColumn<MessageView>.Text("Last error", row => row.Deliveries.Select(delivery => delivery.LastError).LastOrDefault(error => error is not null)),
        ],
        (messages, caller, filter) => messages.ReadAllAsync(caller, new MessageFilter { State = Named<MessageState>(filter["state"]), Kind = filter["kind"], About = filter["about"] }));

    private static ListExport JobRuns() => ListExport.Of<JobQueries, JobRunView>(
        "job-runs",
        Permission.RunJobs,
        [
            ExportColumn<JobRunView>.Text("Job", row => row.Title),
            ExportColumn<JobRunView>.Instant("Begun at", row => row.StartedAt),
            ExportColumn<JobRunView>.Instant("Ended at", row => row.EndedAt),
            ExportColumn<JobRunView>.Text("Outcome", row => row.Outcome.ToString()),
            ExportColumn<JobRunView>.Text("Begun by", row => row.AskedBy ?? row.Trigger.ToString()),
            ExportColumn<JobRunView>.Number("Done", row => row.Count),
            ExportColumn<JobRunView>.Text("What it did", row => row.Did),
            ExportColumn<JobRunView>.Text("Error", row => row.Error),
        ],
        (jobs, caller, filter) => jobs.ReadAllRunsAsync(caller, new JobRunFilter(filter["job"], Named<JobOutcome>(filter["outcome"]))));

    private static ListExport Imports() => ListExport.Of<ImportRuns, ImportRunView>(
        "imports",
        Permission.Import,
        [
            ExportColumn<ImportRunView>.Text("File", row => row.FileName),
            ExportColumn<ImportRunView>.Text("Format", row => row.Format),
            ExportColumn<ImportRunView>.Text("SHA-256", row => row.FileHash),
            ExportColumn<ImportRunView>.Text("State", row => row.State),
            ExportColumn<ImportRunView>.Instant("Begun at", row => row.StartedAt),
            ExportColumn<ImportRunView>.Text("By", row => row.By),
            ExportColumn<ImportRunView>.Number("Rows", row => row.Rows),
            ExportColumn<ImportRunView>.Number("Added", row => row.Added),
            ExportColumn<ImportRunView>.Number("Already there", row => row.AlreadyThere),
            ExportColumn<ImportRunView>.Number("Wrong", row => row.Wrong),
            ExportColumn<ImportRunView>.Number("Removed", row => row.Removed),
        ],
        (imports, caller, _) => imports.ReadAllAsync(caller));

    private static ListExport Types() => ListExport.Of<CreditTypeService, CreditTypeView>(
        "types",
        Permission.ManageCatalogues,
        [
            ExportColumn<CreditTypeView>.Text("Code", row => row.Code),
            ExportColumn<CreditTypeView>.Text("Name", row => row.Name),
            ExportColumn<CreditTypeView>.Number("Priority", row => row.Priority),
            ExportColumn<CreditTypeView>.YesNo("Paid for", row => row.PaidFor),
            ExportColumn<CreditTypeView>.YesNo("May expire", row => row.MayExpire),
            ExportColumn<CreditTypeView>.YesNo("Needs a reason", row => row.RequiresReason),
            ExportColumn<CreditTypeView>.YesNo("Active", row => row.Active),
        ],
        (types, caller, _) => Each(cancellation => types.ListAsync(caller, cancellationToken: cancellation)));

    private static ListExport Reasons() => ListExport.Of<ReasonService, ReasonView>(
        "reasons",
        Permission.ManageCatalogues,
        [
            ExportColumn<ReasonView>.Text("Code", row => row.Code),
            ExportColumn<ReasonView>.Text("Name", row => row.Name),
            ExportColumn<ReasonView>.Text("Offered when", row => string.Join(", ", row.Purposes)),
            ExportColumn<ReasonView>.YesNo("Active", row => row.Active),
        ],
        (reasons, caller, _) => Each(cancellation => reasons.ListAsync(caller, cancellation)));

    private static ListExport Stores() => ListExport.Of<StoreService, StoreView>(
        "stores",
        Permission.ManageStores,
        [
            ExportColumn<StoreView>.Text("Code", row => row.Code),
            ExportColumn<StoreView>.Text("Name", row => row.Name),
            ExportColumn<StoreView>.Text("Currency", row => row.Currency),
            ExportColumn<StoreView>.Text("Time zone", row => row.TimeZone),
            ExportColumn<StoreView>.Number("Limit for one account", row => row.CapPerAccount),
            ExportColumn<StoreView>.Number("Checkout holds credit for (minutes)", row => row.AuthorizationMinutes),
            ExportColumn<StoreView>.YesNo("Default", row => row.IsDefault),
            ExportColumn<StoreView>.YesNo("Active", row => row.Active),
        ],
        (stores, caller, _) => Each(cancellation => stores.ListAsync(caller, cancellationToken: cancellation)));

    private static ListExport Staff() => ListExport.Of<StaffService, StaffView>(
        "staff",
        Permission.ManageStaff,
        [
            ExportColumn<StaffView>.Text("Name", row => row.Name),
            ExportColumn<StaffView>.Text("E-mail", row => row.Email),
            ExportColumn<StaffView>.Text("Role", row => row.Role),
            ExportColumn<StaffView>.Text("State", row => row.Status.ToString()),
            ExportColumn<StaffView>.Instant("Added at", row => row.CreatedAt),
        ],
        (staff, caller, _) => Each(cancellation => staff.ListAsync(caller, cancellation)));

    private static ListExport ApiKeys() => ListExport.Of<ApiKeyService, ApiKeyView>(
        "api-keys",
        Permission.ManageApiKeys,
        [
            ExportColumn<ApiKeyView>.Text("Name", row => row.Name),
            ExportColumn<ApiKeyView>.Text("Begins with", row => row.Prefix),
            ExportColumn<ApiKeyView>.Text("Scopes", row => string.Join(", ", row.Scopes)),
            ExportColumn<ApiKeyView>.Text("Created by", row => row.CreatedBy),
            ExportColumn<ApiKeyView>.Instant("Created at", row => row.CreatedAt),
            ExportColumn<ApiKeyView>.Instant("Revoked at", row => row.RevokedAt),
            ExportColumn<ApiKeyView>.Text("Revoked by", row => row.RevokedBy),
        ],
        (keys, caller, _) => keys.ReadAllAsync(caller));

    /// <summary>Without what is behind the host, where addresses may hold a secret.</summary>
    private static ListExport Webhooks() => ListExport.Of<WebhookService, WebhookLine>(
        "webhooks",
        Permission.ManageWebhooks,
        [
            ExportColumn<WebhookLine>.Text("Address", row => WebhookAddress.Shown(row.Webhook.Url)),
            ExportColumn<WebhookLine>.YesNo("Active", row => row.Webhook.Active),
            ExportColumn<WebhookLine>.Number("Waiting", row => row.Waiting),
            ExportColumn<WebhookLine>.Number("Given up", row => row.Dead),
            ExportColumn<WebhookLine>.Instant("Last delivered at", row => row.LastDeliveredAt),
            ExportColumn<WebhookLine>.Text("Last error", row => row.LastError),
            ExportColumn<WebhookLine>.Text("Created by", row => row.Webhook.CreatedBy),
            ExportColumn<WebhookLine>.Instant("Created at", row => row.Webhook.CreatedAt),
        ],
        (webhooks, caller, _) => Each(cancellation => webhooks.OverviewAsync(caller, cancellation)));

    /// <summary>Addresses have the names in small letters, some with hyphens between words.</summary>
    private static T? Named<T>(string? name)
        where T : struct, Enum => name is not null && Enum.TryParse<T>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    /// <summary>A list that is short enough to be read whole.</summary>
    private static async IAsyncEnumerable<T> Each<T>(Func<CancellationToken, Task<IReadOnlyList<T>>> read, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var row in await read(cancellationToken))
        {
            yield return row;
        }
    }
}
