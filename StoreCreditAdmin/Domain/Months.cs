namespace StoreCreditAdmin.Domain;

public static class Months
{
    /// <summary>The first day of the month that a day is in.</summary>
    public static DateOnly StartOfMonth(this DateOnly day) => new(day.Year, day.Month, 1);
}
