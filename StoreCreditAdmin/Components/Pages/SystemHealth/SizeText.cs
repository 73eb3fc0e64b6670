using System.Globalization;

namespace StoreCreditAdmin.Components.Pages.SystemHealth;

internal static class SizeText
{
    private const double Step = 1024;

    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    /// <summary>A size in the largest unit of which there is one at least: <c>1.5 MB</c>.</summary>
    public static string Of(long bytes)
    {
        double size = bytes;
        var unit = 0;
        while (size >= Step && unit < Units.Length - 1)
        {
            size /= Step;
            unit++;
        }

        return string.Create(CultureInfo.CurrentCulture, $"{size:0.#} {Units[unit]}");
    }
}
