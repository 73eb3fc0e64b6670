namespace StoreCreditAdmin.Domain.Catalogue;

[Flags]
public enum ReasonPurposes
{
    None = 0,
    Issue = 1,
    Adjust = 2,
    Invalidate = 4,
    ExpiryChange = 8,
    Hold = 16,
    Refund = 32,
    All = Issue | Adjust | Invalidate | ExpiryChange | Hold | Refund,
}

/// <summary>Why something was done, from a catalogue. An inactive reason is no longer offered; old lines still show it.</summary>
public sealed class Reason
{
    public const int MaxCodeLength = 50;
    public const int MaxNameLength = 100;

    private Reason()
    {
    }

    public Reason(string code, string name, ReasonPurposes purposes)
    {
        Code = code;
        Name = name;
        Purposes = purposes;
    }

    public int Id { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; set; } = "";

    public ReasonPurposes Purposes { get; set; }

    public bool Active { get; set; } = true;

    /// <summary>Counts changes, so that two people who edit it at once do not overwrite each other.</summary>
    public int Version { get; private set; }

    public void CountChange() => Version++;
}
