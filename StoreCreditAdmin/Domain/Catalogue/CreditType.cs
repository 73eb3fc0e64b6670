namespace StoreCreditAdmin.Domain.Catalogue;

/// <summary>What sort of credit it is. A credit's type never changes after issue.</summary>
public sealed class CreditType
{
    public const int MaxCodeLength = 50;
    public const int MaxNameLength = 100;
    public const int MaxPriority = 1000;

    private CreditType()
    {
    }

    public CreditType(string code, string name)
    {
        Code = code;
        Name = name;
    }

    public int Id { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; set; } = "";

    /// <summary>0 is spent first.</summary>
    public int Priority { get; set; }

    /// <summary>True where the customer paid for it, false where it is promotional.</summary>
    public bool PaidFor { get; set; }

    public bool MayExpire { get; set; } = true;

    public bool RequiresReason { get; set; }

    public ExpiryPolicy DefaultExpiry { get; set; } = ExpiryPolicy.Never;

    public bool Active { get; set; } = true;

    /// <summary>Counts changes, so that two people who edit it at once do not overwrite each other.</summary>
    public int Version { get; private set; }

    public void CountChange() => Version++;
}
