using System.Globalization;

namespace StoreCreditAdmin.Components.Pages.Catalogue;

/// <summary>Minutes in the unit that people would say them in.</summary>
internal static class MinutesText
{
    private const int Hour = 60;
    private const int Day = 24 * Hour;

    public static string Of(int minutes) =>
        minutes > Day && minutes % Day == 0 ? Count(minutes / Day, "day")
        : minutes % Hour == 0 ? Count(minutes / Hour, "hour")
        : Count(minutes, "minute");

    private static string Count(int number, string unit) => string.Create(CultureInfo.CurrentCulture, $"{number:N0} {unit}{(number == 1 ? "" : "s")}");
}
