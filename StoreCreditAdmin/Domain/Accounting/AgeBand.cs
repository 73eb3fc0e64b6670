namespace StoreCreditAdmin.Domain.Accounting;

/// <summary>How old credit is, in whole calendar months from the month of its issue, which counts as 0.</summary>
/// <param name="FromMonths">The least age, inclusive.</param>
/// <param name="ToMonths">The greatest age, inclusive; null where there is no end.</param>
public sealed record AgeBand(string Name, int FromMonths, int? ToMonths)
{
    /// <summary>The youngest first.</summary>
    public static IReadOnlyList<AgeBand> All { get; } =
    [
        new("0-2", 0, 2),
        new("3-5", 3, 5),
        new("6-11", 6, 11),
        new("12-23", 12, 23),
        new("24-", 24, null),
    ];

    /// <summary>Credit that was issued after the date, as when a clock was set back, counts as the youngest.</summary>
    public static AgeBand Of(DateOnly issueMonth, DateOnly on)
    {
        var months = ((on.Year - issueMonth.Year) * 12) + on.Month - issueMonth.Month;
        return All.First(band => band.ToMonths is null || months <= band.ToMonths);
    }

    /// <summary>The months of issue that are of this age on a date, as their first days; null where there is no end.</summary>
    public (DateOnly? From, DateOnly? To) IssueMonths(DateOnly on)
    {
        var month = on.StartOfMonth();
        return (ToMonths is { } oldest ? Before(month, oldest) : null, FromMonths == 0 ? null : Before(month, FromMonths));
    }

    private static DateOnly Before(DateOnly month, int months) =>
        ((month.Year - 1) * 12) + month.Month - 1 < months ? DateOnly.MinValue : month.AddMonths(-months);
}
