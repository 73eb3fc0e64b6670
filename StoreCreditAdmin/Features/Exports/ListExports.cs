using System.Runtime.CompilerServices;
using StoreCreditAdmin.Domain.Jobs;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Domain.Messages;
using StoreCreditAdmin.Domain.Orders;
using StoreCreditAdmin.Features.ApiKeys;
using StoreCreditAdmin.Features.Catalogue;
using StoreCreditAdmin.Features.Import;
using StoreCreditAdmin.Features.Jobs;
using StoreCreditAdmin.Features.Mails;
using StoreCreditAdmin.Features.Messages;
using StoreCreditAdmin.Features.PromoCodes;
using StoreCreditAdmin.Features.Staff;
using StoreCreditAdmin.Features.Webhooks;
using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>What leaves of each list that pages show, and under whose permission. The filter has the names that the page's address has.</summary>
internal static partial class ListExports
{
    public static IReadOnlyList<ListExport> All { get; } =
    [
        CreditExport.List, Users(), Orders(), Invoices(), OpenAuthorizations(), History(), Awards(), Shortfalls(), Expiring(), Codes(), CodeUses(), Mails(), Messages(), JobRuns(), Imports(), Types(), Reasons(),
        Stores(), Staff(), ApiKeys(), Webhooks(),
    ];

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

    private static ListExport Mails() => ListExport.Of<MailQueries, MailRow>(
        "mails",
        Permission.ManageMessages,
        [
            ExportColumn<MailRow>.Text("E-mail", row => row.Id.ToString()),
            ExportColumn<MailRow>.Instant("Made at", row => row.CreatedAt),
            ExportColumn<MailRow>.Text("Kind", row => MailNames.Of(row.Kind)),
            ExportColumn<MailRow>.Text("State", row => row.State.ToString()),
            ExportColumn<MailRow>.Text("Subject", row => row.Subject),
            ExportColumn<MailRow>.Text("To", row => row.Address),
            ExportColumn<MailRow>.Text("User", row => row.AccountId.ToString()),
            ExportColumn<MailRow>.Text("Name", row => row.AccountName),
            ExportColumn<MailRow>.Number("Tries", row => row.Tries),
            ExportColumn<MailRow>.Instant("Last try at", row => row.LastTryAt),
            ExportColumn<MailRow>.Instant("Sent at", row => row.SentAt),
            ExportColumn<MailRow>.Text("Last error", row => row.LastError),
        ],
        (mails, caller, filter) => mails.ReadAllAsync(caller, new MailFilter { State = Named<MailState>(filter["state"]), Kind = MailNames.Kind(filter["kind"]), About = filter["to"] }));

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
