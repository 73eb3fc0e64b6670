using System.Globalization;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>A column of a CSV file: its heading and what stands in it for a row. Made by kind, since each kind is written in its own way.</summary>
public sealed class CsvColumn<T>
{
    private readonly Func<T, string?> cell;

    private CsvColumn(string heading, Func<T, string?> cell)
    {
        Heading = heading;
        this.cell = cell;
    }

    public string Heading { get; }

    public string? CellOf(T row) => cell(row);

    /// <summary>Text that people or other systems wrote. Spreadsheets never read it as a formula.</summary>
    public static CsvColumn<T> Text(string heading, Func<T, string?> value) => new(heading, row => CsvText.Harmless(value(row)));

    /// <summary>A decimal number with a dot and all its digits; negative ones stay numbers.</summary>
    public static CsvColumn<T> Number(string heading, Func<T, Amount?> value) => new(heading, row => value(row)?.ToString());

    public static CsvColumn<T> Number(string heading, Func<T, long?> value) => new(heading, row => value(row)?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A date as <c>2026-11-22</c>.</summary>
    public static CsvColumn<T> Date(string heading, Func<T, DateOnly?> value) => new(heading, row => value(row)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>An instant in UTC as <c>2026-11-22T10:15:00Z</c>.</summary>
    public static CsvColumn<T> Instant(string heading, Func<T, DateTimeOffset?> value) =>
        new(heading, row => value(row)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}

internal static class CsvText
{
    /// <summary>
    /// What makes a spreadsheet take a cell for a formula when it comes first. The wide forms count too: spreadsheets in East Asian languages read them as the narrow ones.
    /// </summary>
    private const string Triggers = "=+-@\t\r\n＝＋－＠";

    /// <summary>Puts an apostrophe before text that would be read as a formula.</summary>
    public static string? Harmless(string? text) => text is { Length: > 0 } && Triggers.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
}
