namespace StoreCreditAdmin.Security;

/// <summary>What a caller may do. Roles of staff and scopes of API keys are sets of these; services ask for one by name.</summary>
public enum Permission
{
    View,
    IssueCredit,
    EditCredit,
    InvalidateCredit,
    EditAccounts,
    HoldAccounts,
    Checkout,

    /// <summary>To give back more for an order than its total, with a reason.</summary>
    OverrideRefunds,
    SendEvents,

    /// <summary>To see what is sent to others, and to send it again.</summary>
    ManageMessages,
    ManageCatalogues,

    /// <summary>To say how customers earn credit and how long it lives, and to switch the module.</summary>
    ManageRules,
    Import,

    /// <summary>To see what the shop owes and how that came about: liability, statements of many accounts, the journal.</summary>
    ViewReports,

    /// <summary>To lock the books of days that are over, and to export the journal of them for good. Moves no credit and changes no setting.</summary>
    KeepBooks,

    /// <summary>To say which accounts of the general ledger the journal goes to.</summary>
    ManageJournal,
    ViewAudit,
    ManageStores,
    ManageStaff,
    ManageApiKeys,
    ManageWebhooks,
    VerifyLedger,
    RunJobs,
}

/// <summary>The four roles of staff (decisions.md, "Roles").</summary>
public static class Roles
{
    public const string Agent = "Agent";
    public const string Manager = "Manager";
    public const string Accountant = "Accountant";
    public const string Administrator = "Administrator";

    private static readonly Permission[] AgentPermissions =
        [Permission.View, Permission.IssueCredit, Permission.EditCredit, Permission.InvalidateCredit, Permission.EditAccounts, Permission.Checkout];

    private static readonly Permission[] ManagerPermissions =
        [.. AgentPermissions, Permission.HoldAccounts, Permission.OverrideRefunds, Permission.ManageMessages, Permission.ManageCatalogues, Permission.ManageRules, Permission.Import,
            Permission.ViewReports, Permission.KeepBooks, Permission.ManageJournal];

    private static readonly Permission[] AccountantPermissions = [Permission.View, Permission.ViewReports, Permission.KeepBooks, Permission.ViewAudit];

    public static IReadOnlyList<string> All { get; } = [Agent, Manager, Accountant, Administrator];

    public static IReadOnlyList<Permission> PermissionsOf(string role) => role switch
    {
        Agent => AgentPermissions,
        Manager => ManagerPermissions,
        Accountant => AccountantPermissions,
        Administrator => Enum.GetValues<Permission>(),
        _ => [],
    };

    /// <summary>The role of a name, however it is capitalized; the name itself where there is none.</summary>
    public static string Named(string name) => All.FirstOrDefault(role => role.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;

    /// <summary>The roles that may do this.</summary>
    public static IEnumerable<string> With(Permission permission) => All.Where(role => PermissionsOf(role).Contains(permission));
}

/// <summary>The scopes of API keys, as the HTTP contract names them.</summary>
public static class Scopes
{
    public const string Read = "read";
    public const string Credits = "credits";
    public const string Checkout = "checkout";
    public const string Events = "events";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Read, Credits, Checkout, Events, Admin];

    public static IReadOnlyList<Permission> PermissionsOf(string scope) => scope switch
    {
        Read => [Permission.View, Permission.ViewReports],
        Credits =>
            [Permission.IssueCredit, Permission.EditCredit, Permission.InvalidateCredit, Permission.EditAccounts, Permission.HoldAccounts],
        Checkout => [Permission.Checkout],
        Events => [Permission.SendEvents],
        Admin => [Permission.ManageCatalogues, Permission.ManageRules, Permission.ManageStores, Permission.ManageWebhooks, Permission.VerifyLedger],
        _ => [],
    };
}
