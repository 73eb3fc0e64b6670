using System.Globalization;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>What stands in a column of a file, by which each format knows how to write it.</summary>
public enum ExportKind
{
    Text,
    Number,

    /// <summary>A day of the store's calendar.</summary>
    Date,

    /// <summary>In UTC.</summary>
    Instant,
}

/// <summary>A column of a list's file: its heading and what stands in it for a row, the same for every format.</summary>
public sealed class ExportColumn<T>
{
    private readonly Func<T, ExportCell> cell;

    private ExportColumn(string heading, ExportKind kind, Func<T, ExportCell> cell)
    {
        Heading = heading;
        Kind = kind;
        this.cell = cell;
    }

    public string Heading { get; }

    public ExportKind Kind { get; }

    public ExportCell CellOf(T row) => cell(row);

    /// <summary>Text that people or other systems wrote. Spreadsheets never read it as a formula.</summary>
    public static ExportColumn<T> Text(string heading, Func<T, string?> value) => new(heading, ExportKind.Text, row => ExportCell.OfText(value(row)));

    public static ExportColumn<T> YesNo(string heading, Func<T, bool> value) => new(heading, ExportKind.Text, row => ExportCell.OfText(value(row) ? "yes" : "no"));

    /// <summary>A decimal number with a dot and all its digits; negative ones stay numbers.</summary>
    public static ExportColumn<T> Number(string heading, Func<T, Amount?> value) => new(heading, ExportKind.Number, row => ExportCell.Of(value(row)));

    public static ExportColumn<T> Number(string heading, Func<T, long?> value) => new(heading, ExportKind.Number, row => ExportCell.Of(value(row)));

    /// <summary>A date as <c>2026-11-22</c>.</summary>
    public static ExportColumn<T> Date(string heading, Func<T, DateOnly?> value) => new(heading, ExportKind.Date, row => ExportCell.Of(value(row)));

    /// <summary>An instant in UTC as <c>2026-11-22T10:15:00Z</c>.</summary>
    public static ExportColumn<T> Instant(string heading, Func<T, DateTimeOffset?> value) => new(heading, ExportKind.Instant, row => ExportCell.Of(value(row)));
}

/// <summary>One cell: as text files have it, and as sheets have it.</summary>
/// <param name="Text">Null where it is empty.</param>
/// <param name="Value">A <c>string</c>, <c>decimal</c> or <c>DateTime</c>; null where it is empty.</param>
public readonly record struct ExportCell(string? Text, object? Value)
{
    /// <summary>A sheet keeps no more digits of a number than these.</summary>
    private const int SheetDigits = 15;

    /// <summary>Nor more of a text than this, or it asks to repair the file.</summary>
    private const int SheetLetters = 32_767;

    /// <summary>Before this year a sheet has no dates.</summary>
    private const int FirstSheetYear = 1901;

    private static readonly decimal[] Units = [1m, 0.1m, 0.01m, 0.001m, 0.0001m];

    /// <summary>
    /// What makes a spreadsheet take a cell for a formula when it comes first. The wide forms count too: spreadsheets in East Asian languages read them as the narrow ones.
    /// </summary>
    private const string Triggers = "=+-@\t\r\n＝＋－＠";

    /// <summary>
    /// Puts an apostrophe before text that would be read as a formula: in a text file when it is opened, in a sheet when the cell is next edited. Only a text file has text of
    /// any length whole.
    /// </summary>
    public static ExportCell OfText(string? text)
    {
        var harmless = text is { Length: > 0 } && Triggers.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return new ExportCell(harmless, harmless is { Length: > SheetLetters } ? Shortened(harmless) : harmless);
    }

    public static ExportCell Of(Amount? amount) => amount is { } value ? OfNumber(value.ToString(), value.Minor * Units[value.Digits]) : default;

    public static ExportCell Of(long? number) => number is { } value ? OfNumber(value.ToString(CultureInfo.InvariantCulture), value) : default;

    public static ExportCell Of(DateOnly? date) =>
        date is { } value ? OfDate(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), value.ToDateTime(TimeOnly.MinValue)) : default;

    public static ExportCell Of(DateTimeOffset? instant) =>
        instant is { } value ? OfDate(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), value.UtcDateTime) : default;

    /// <summary>A day that was long before sheets count days, as one mistyped, stands there as text.</summary>
    private static ExportCell OfDate(string text, DateTime value) => new(text, value.Year < FirstSheetYear ? text : value);

    private static string Shortened(string text)
    {
        var end = SheetLetters - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }

    /// <summary>A number with more digits than a sheet keeps stands there as text, so that none of them is lost.</summary>
    private static ExportCell OfNumber(string text, decimal value) => new(text, text.Count(char.IsAsciiDigit) > SheetDigits ? text : value);
}
