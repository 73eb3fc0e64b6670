using System.Globalization;

namespace StoreCreditAdmin.Components.Pages.Import;

/// <summary>The size of a file as people read it: <c>0.4 MB</c>.</summary>
internal static class FileSizeText
{
    private const double BytesPerKilobyte = 1024;

    public static string Of(long bytes) => bytes < BytesPerKilobyte * BytesPerKilobyte / 10
        ? string.Create(CultureInfo.CurrentCulture, $"{Math.Ceiling(bytes / BytesPerKilobyte):N0} kB")
        : string.Create(CultureInfo.CurrentCulture, $"{bytes / BytesPerKilobyte / BytesPerKilobyte:N1} MB");
}
