namespace StoreCreditAdmin.Domain.Catalogue;

public enum ExpiryKind
{
    Never,
    AfterDays,
    OnDate,
}

/// <summary>How long credit lives: for ever, for <see cref="Days"/> days (1 to 36,500) after issue, or until a <see cref="Date"/>, inclusive.</summary>
public sealed record ExpiryPolicy(ExpiryKind Kind, int? Days = null, DateOnly? Date = null)
{
    public const int MaxDays = 36_500;

    public static readonly ExpiryPolicy Never = new(ExpiryKind.Never);

    public static ExpiryPolicy AfterDays(int days) => new(ExpiryKind.AfterDays, Days: days);

    public static ExpiryPolicy OnDate(DateOnly date) => new(ExpiryKind.OnDate, Date: date);

    /// <summary>The last good day of credit issued on the given day (decisions.md, "Expiry"); null for never.</summary>
    public DateOnly? LastGoodDay(DateOnly issuedOn) => Kind switch
    {
        ExpiryKind.AfterDays => issuedOn.AddDays(Days!.Value),
        ExpiryKind.OnDate => Date,
        _ => null,
    };

    /// <summary>As <see cref="LastGoodDay"/>, but never a day that is over: for value that belongs to the customer, whatever date the type says.</summary>
    public DateOnly? LastGoodDayStillToCome(DateOnly issuedOn) => LastGoodDay(issuedOn) is { } day && day >= issuedOn ? day : null;
}
