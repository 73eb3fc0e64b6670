using System.Globalization;
using System.Text;

namespace StoreCreditAdmin.Features.Import.Files;

/// <summary>A row of a file: the line that it begins on (the header is line 1), its cells, and what is wrong with its quotation marks, if anything.</summary>
public sealed record CsvRow(int Line, string[] Cells, string? Problem);

/// <summary>
/// Splits text into rows (RFC 4180). Fed piece by piece, so it never holds more than a row. Rows with nothing in them are skipped;
/// a line break inside quotation marks belongs to its cell.
/// </summary>
public sealed class CsvParser(char separator)
{
    public const int MaxCellLength = 100_000;
    public const int MaxCells = 1_000;

    /// <summary>What stands for bytes that are not text: no text has this character.</summary>
    public const char NotText = '\uFFFF';

    private readonly StringBuilder cell = new();
    private readonly List<string> cells = [];
    private Place place = Place.CellStart;
    private int line = 1;
    private int rowLine = 1;
    private int cellLine = 1;
    private bool afterReturn;
    private string? problem;

    private enum Place
    {
        CellStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }

    /// <summary>The rows that end in this piece of the file.</summary>
    /// <exception cref="UnreadableFileException">The file as a whole cannot be read.</exception>
    public IEnumerable<CsvRow> Feed(ReadOnlyMemory<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Take(text.Span[i]) is { } row)
            {
                yield return row;
            }
        }
    }

    /// <summary>The last row, where the file does not end with a line break.</summary>
    /// <exception cref="UnreadableFileException">A quotation mark is still open.</exception>
    public CsvRow? Finish() =>
        place == Place.Quoted
            ? throw new UnreadableFileException(string.Create(CultureInfo.InvariantCulture, $"The quotation mark opened on line {cellLine} is never closed. Close it, or choose the whole file."))
            : EndRow();

    private CsvRow? Take(char next)
    {
        if (next is '\0' or NotText)
        {
            throw new UnreadableFileException(next == NotText
                ? string.Create(CultureInfo.InvariantCulture, $"Line {line} is not UTF-8 text. Save the file as CSV in UTF-8 and choose it again.")
                : string.Create(CultureInfo.InvariantCulture, $"Line {line} holds a NUL character, so this is not a text file in UTF-8. Save it as CSV in UTF-8 and choose it again."));
        }

        // A line ends with CR LF, LF or CR.
        var restOfLineEnd = next == '\n' && afterReturn;
        afterReturn = next == '\r';
        if (next is '\r' or '\n' && !restOfLineEnd)
        {
            line++;
        }

        switch (place)
        {
            case Place.Quoted when next == '"':
                place = Place.QuoteInQuoted;
                return null;
            case Place.QuoteInQuoted when next == '"':
                Append('"');
                place = Place.Quoted;
                return null;
            case Place.Quoted:
                Append(next);
                return null;
            case Place.CellStart when next == '"':
                place = Place.Quoted;
                cellLine = line;
                return null;
        }

        if (restOfLineEnd)
        {
            return null;
        }

        if (next == separator)
        {
            EndCell();
            return null;
        }

        if (next is '\r' or '\n')
        {
            return EndRow();
        }

        if (place == Place.QuoteInQuoted)
        {
            problem = "Text follows a closing quotation mark. Write a quotation mark inside a cell twice.";
        }

        place = Place.Plain;
        Append(next);
        return null;
    }

    private void Append(char next)
    {
        if (cell.Length == MaxCellLength)
        {
            throw new UnreadableFileException(place == Place.Quoted
                ? string.Create(CultureInfo.InvariantCulture, $"The cell that begins on line {cellLine} runs on for more than {MaxCellLength:N0} characters. A closing quotation mark is probably missing there.")
                : string.Create(CultureInfo.InvariantCulture, $"A cell on line {line} is longer than {MaxCellLength:N0} characters. Is this a CSV file?"));
        }

        cell.Append(next);
    }

    private void EndCell()
    {
        if (cells.Count == MaxCells)
        {
            throw new UnreadableFileException(string.Create(CultureInfo.InvariantCulture, $"Line {line} has more than {MaxCells:N0} cells. Is this a CSV file?"));
        }

        cells.Add(cell.ToString());
        cell.Clear();
        place = Place.CellStart;
    }

    private CsvRow? EndRow()
    {
        EndCell();
        var row = cells.TrueForAll(string.IsNullOrWhiteSpace) ? null : new CsvRow(rowLine, [.. cells], problem);
        cells.Clear();
        problem = null;
        rowLine = line;
        return row;
    }
}

/// <summary>A file that cannot be read on from some line. The message is a sentence for the person who chose it.</summary>
public sealed class UnreadableFileException(string message) : Exception(message);
