namespace StoreCreditAdmin.Domain.Journal;

/// <summary>The places in the general ledger that credit moves between.</summary>
public enum GlRole
{
    /// <summary>What the shop owes.</summary>
    Liability = 1,

    /// <summary>What stands against issuing: money that came in for it, or what it costs the shop to give.</summary>
    Issued = 2,

    /// <summary>The sales that credit pays, and refunds of them.</summary>
    Used = 3,

    /// <summary>What becomes of credit that nobody used, and of credit that is brought back.</summary>
    Expired = 4,
    Invalidated = 5,
    Reclaimed = 6,

    /// <summary>Both ways.</summary>
    Adjusted = 7,
}

/// <summary>The accounts of the general ledger by role. In the delivered sets each role has one; where it changes another set it names only those that differ.</summary>
public sealed record GlAccounts
{
    public static IReadOnlyList<GlRole> Roles { get; } = Enum.GetValues<GlRole>();

    public string? Liability { get; init; }

    public string? Issued { get; init; }

    public string? Used { get; init; }

    public string? Expired { get; init; }

    public string? Invalidated { get; init; }

    public string? Reclaimed { get; init; }

    public string? Adjusted { get; init; }

    public string? this[GlRole role] => role switch
    {
        GlRole.Liability => Liability,
        GlRole.Issued => Issued,
        GlRole.Used => Used,
        GlRole.Expired => Expired,
        GlRole.Invalidated => Invalidated,
        GlRole.Reclaimed => Reclaimed,
        GlRole.Adjusted => Adjusted,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public static GlAccounts From(Func<GlRole, string?> account) => new()
    {
        Liability = account(GlRole.Liability),
        Issued = account(GlRole.Issued),
        Used = account(GlRole.Used),
        Expired = account(GlRole.Expired),
        Invalidated = account(GlRole.Invalidated),
        Reclaimed = account(GlRole.Reclaimed),
        Adjusted = account(GlRole.Adjusted),
    };
}

/// <summary>Which accounts the journal goes to: one set for credit that was paid for, one for what the shop gives, and what single types have of their own.</summary>
public sealed record AccountMapping
{
    public required GlAccounts PaidFor { get; init; }

    public required GlAccounts Promotional { get; init; }

    /// <summary>By the type's code; a role that is null goes by the set of the type's kind.</summary>
    public IReadOnlyDictionary<string, GlAccounts> ByType { get; init; } = new Dictionary<string, GlAccounts>();

    /// <summary>What the product comes with.</summary>
    public static AccountMapping Delivered { get; } = new()
    {
        PaidFor = new GlAccounts
        {
            Liability = "Liabilities:Store credit:Paid for",
            Issued = "Assets:Credit sales clearing",
            Used = "Income:Sales paid with credit",
            Expired = "Income:Breakage",
            Invalidated = "Income:Invalidated credit",
            Reclaimed = "Income:Reclaimed credit",
            Adjusted = "Expenses:Credit adjustments",
        },
        Promotional = new GlAccounts
        {
            Liability = "Liabilities:Store credit:Promotional",
            Issued = "Expenses:Promotions",
            Used = "Income:Sales paid with credit",
            Expired = "Expenses:Promotions",
            Invalidated = "Expenses:Promotions",
            Reclaimed = "Expenses:Promotions",
            Adjusted = "Expenses:Promotions",
        },
        ByType = new Dictionary<string, GlAccounts>
        {
            ["goodwill"] = new() { Issued = "Expenses:Goodwill", Expired = "Expenses:Goodwill", Invalidated = "Expenses:Goodwill", Reclaimed = "Expenses:Goodwill", Adjusted = "Expenses:Goodwill" },
            ["refund-credit"] = new() { Issued = "Income:Sales returns", Expired = "Income:Breakage", Invalidated = "Income:Sales returns", Reclaimed = "Income:Sales returns", Adjusted = "Income:Sales returns" },
            ["return-credit"] = new() { Issued = "Income:Sales returns", Expired = "Income:Breakage", Invalidated = "Income:Sales returns", Reclaimed = "Income:Sales returns", Adjusted = "Income:Sales returns" },
        },
    };

    public string AccountOf(string typeCode, bool paidFor, GlRole role) => ByType.GetValueOrDefault(typeCode)?[role] ?? (paidFor ? PaidFor : Promotional)[role]!;

    /// <summary>The two accounts of a movement of a type's credit.</summary>
    public GlPair PairOf(JournalMovement movement, string typeCode, bool paidFor)
    {
        var liability = AccountOf(typeCode, paidFor, GlRole.Liability);
        var other = AccountOf(typeCode, paidFor, RoleAgainst(movement));
        return movement.Adds() ? new GlPair(Debit: other, Credit: liability) : new GlPair(Debit: liability, Credit: other);
    }

    private static GlRole RoleAgainst(JournalMovement movement) => movement switch
    {
        JournalMovement.Issued => GlRole.Issued,
        JournalMovement.Used or JournalMovement.Refunded => GlRole.Used,
        JournalMovement.Expired or JournalMovement.Reinstated => GlRole.Expired,
        JournalMovement.Invalidated => GlRole.Invalidated,
        JournalMovement.Reclaimed => GlRole.Reclaimed,
        _ => GlRole.Adjusted,
    };
}

/// <summary>An amount goes from the credit side of one account to the debit side of another, so it cannot be out of balance.</summary>
public readonly record struct GlPair(string Debit, string Credit);

/// <summary>The accounts as somebody set them, numbered; never changed. The newest is the one that new files go by.</summary>
public sealed class AccountMappingVersion
{
    private AccountMappingVersion()
    {
    }

    internal AccountMappingVersion(int number, AccountMapping mapping, Actor actor, DateTimeOffset at)
    {
        Number = number;
        Mapping = mapping;
        ActorName = actor.Name;
        At = at;
    }

    public int Number { get; private set; }

    public AccountMapping Mapping { get; private set; } = AccountMapping.Delivered;

    public string ActorName { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}
