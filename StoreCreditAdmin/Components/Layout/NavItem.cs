using StoreCreditAdmin.Security;

namespace StoreCreditAdmin.Components.Layout;

/// <summary>A place that the menu leads to, for those who may open it.</summary>
/// <param name="Path">Relative to the application's address.</param>
public sealed record NavItem(string Text, string Icon, string Path, Permission Permission)
{
    /// <summary>Whether a dot says at it that the module is on or off.</summary>
    public bool ShowsModule { get; init; }

    /// <summary>In the order of the menu, group by group.</summary>
    public static IReadOnlyList<NavGroup> Groups { get; } =
    [
        new("Desk",
        [
            new("Dashboard", "dashboard", "", Permission.View),
            new("Users", "group", "users", Permission.View),
            new("Credits", "payments", "credits", Permission.View),
            new("Orders", "receipt_long", "orders", Permission.View),
            new("Invoices", "request_quote", "invoices", Permission.View),
            new("Open authorizations", "lock_clock", "authorizations", Permission.View),
            new("Simulate", "calculate", "simulate", Permission.View),
            new("Shortfalls", "money_off", "shortfalls", Permission.View),
            new("Messages", "mail", "messages", Permission.ManageMessages),
        ]),
        new("Accounting",
        [
            new("Liability", "account_balance", "accounting", Permission.ViewReports),
            new("Statements", "description", "accounting/statements", Permission.ViewReports),
            new("Journal", "menu_book", "accounting/journal", Permission.ViewReports),
        ]),
        new("Catalogue",
        [
            new("Rules", "loyalty", "rules", Permission.ManageRules) { ShowsModule = true },
            new("Types", "category", "types", Permission.ManageCatalogues),
            new("Reasons", "checklist", "reasons", Permission.ManageCatalogues),
            new("Codes", "confirmation_number", "codes", Permission.ManageCatalogues),
            new("Import", "upload_file", "import", Permission.Import),
        ]),
        new("Administration",
        [
            new("Staff", "badge", "staff", Permission.ManageStaff),
            new("Stores", "storefront", "stores", Permission.ManageStores),
            new("API keys", "key", "api-keys", Permission.ManageApiKeys),
            new("Webhooks", "webhook", "webhooks", Permission.ManageWebhooks),
            new("Jobs", "schedule", "jobs", Permission.RunJobs),
            new("Audit", "policy", "audit", Permission.ViewAudit),
            new("System", "monitor_heart", "system", Permission.VerifyLedger),
        ]),
    ];
}

public sealed record NavGroup(string Name, IReadOnlyList<NavItem> Items);
