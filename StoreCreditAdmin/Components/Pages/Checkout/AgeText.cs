using System.Globalization;

namespace StoreCreditAdmin.Components.Pages.Checkout;

/// <summary>How long ago, in the one or two units that people would say.</summary>
internal static class AgeText
{
    public static string Of(TimeSpan age) =>
        age.TotalDays >= 1 ? Two((int)age.TotalDays, "d", age.Hours, "h")
        : age.TotalHours >= 1 ? Two(age.Hours, "h", age.Minutes, "min")
        : age.TotalMinutes >= 1 ? One(age.Minutes, "min")
        : "now";

    private static string One(int number, string unit) => string.Create(CultureInfo.CurrentCulture, $"{number:N0}\u00A0{unit}");

    private static string Two(int first, string firstUnit, int second, string secondUnit) =>
        second == 0 ? One(first, firstUnit) : $"{One(first, firstUnit)} {One(second, secondUnit)}";
}
