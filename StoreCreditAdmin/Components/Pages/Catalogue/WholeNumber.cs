using System.Globalization;

namespace StoreCreditAdmin.Components.Pages.Catalogue;

/// <summary>Whole numbers that people type. No grouping, so that 1.000 is never taken for 1.</summary>
internal static class WholeNumber
{
    /// <summary>Null where the text is none.</summary>
    public static int? Read(string? text) =>
        int.TryParse(text?.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
