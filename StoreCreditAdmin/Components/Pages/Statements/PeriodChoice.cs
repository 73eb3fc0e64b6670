using System.Globalization;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Components.Pages.Statements;

/// <summary>Periods that people ask for again and again, by a store's calendar.</summary>
/// <param name="From">As date inputs and addresses write it, and so is <paramref name="To"/>.</param>
public sealed record PeriodChoice(string Name, string From, string To)
{
    public static IReadOnlyList<PeriodChoice> Of(DateOnly today)
    {
        var month = today.StartOfMonth();
        var year = new DateOnly(today.Year, 1, 1);
        return
        [
            Make("This month", month, today),
            Make("Last month", month.AddMonths(-1), month.AddDays(-1)),
            Make("Last 3 months", month.AddMonths(-3), month.AddDays(-1)),
            Make("This year", year, today),
            Make("Last year", year.AddYears(-1), year.AddDays(-1)),
        ];
    }

    public static string Write(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static PeriodChoice Make(string name, DateOnly from, DateOnly to) => new(name, Write(from), Write(to));
}
