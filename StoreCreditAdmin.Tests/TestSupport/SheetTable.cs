using System.Globalization;
using System.IO.Compression;
using MiniExcelLibs;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>A downloaded workbook, read by a library.</summary>
public static class SheetTable
{
    /// <summary>Each row of a sheet by the names of its columns, with numbers, dates and text as the sheet has them.</summary>
    public static List<Dictionary<string, object?>> RowsOf(byte[] file, string? sheet = null) =>
        [.. MiniExcel.Query(new MemoryStream(file), useHeaderRow: true, sheetName: sheet).Select(row => ((IDictionary<string, object?>)row).ToDictionary())];

    public static List<string> SheetsOf(byte[] file) => MiniExcel.GetSheetNames(new MemoryStream(file));

    /// <summary>The XML of the first sheet.</summary>
    public static string XmlOf(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>A cell as the text file has it, so that the two can be compared.</summary>
    /// <param name="like">The text file's cell: it says how many digits and whether there is a time of day.</param>
    public static string TextOf(object? value, string like) => value switch
    {
        null => "",
        DateTime date => date.ToString(like.Length == 10 ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        double number => ((decimal)number).ToString("F" + (like.Contains('.', StringComparison.Ordinal) ? like.Length - like.IndexOf('.', StringComparison.Ordinal) - 1 : 0), CultureInfo.InvariantCulture),
        _ => (string)value,
    };
}
