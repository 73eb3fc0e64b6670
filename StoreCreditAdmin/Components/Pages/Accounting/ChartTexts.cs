using System.Globalization;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Components.Pages.Accounting;

/// <summary>Figures as charts need them: whole units of the currency to draw, and short marks on an axis. No sum is made of either.</summary>
internal static class ChartTexts
{
    public static decimal Units(Amount amount)
    {
        decimal units = amount.Minor;
        for (var digit = 0; digit < amount.Digits; digit++)
        {
            units /= 10;
        }

        return units;
    }

    /// <summary>As <c>1.5M</c>, <c>20k</c>, <c>300</c>.</summary>
    public static string Short(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture) switch
    {
        >= 1_000_000 and var millions => (millions / 1_000_000).ToString("0.#", CultureInfo.CurrentCulture) + "M",
        >= 1_000 and var thousands => (thousands / 1_000).ToString("0.#", CultureInfo.CurrentCulture) + "k",
        var units => units.ToString("0.##", CultureInfo.CurrentCulture),
    };
}
