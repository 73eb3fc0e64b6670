using System.Globalization;
using System.Text;
using PdfSharp.Drawing;

namespace StoreCreditAdmin.Features.Statements.Paper;

/// <summary>A size, a weight and a colour of text.</summary>
internal sealed record TextStyle(double Size, bool Bold = false, XBrush? Brush = null)
{
    /// <summary>From one line to the next.</summary>
    public double LineHeight => Math.Round(Size * 1.38, 1);
}

/// <summary>Text on paper: measured, broken into lines, and drawn run by run in the fonts that have its characters.</summary>
internal static class PaperText
{
    private const int MostLines = 60;
    private const string Ellipsis = " …";

    /// <summary>On one line, without control characters; blanks of all widths as one that every font has, and letters with their marks as the one sign that fonts have for them.</summary>
    public static string Clean(string text) => text.All(character => character is >= ' ' and < '\u0300' and not '\u007F') ? text : string.Concat(Composed(text).Select(character =>
        char.IsControl(character) || (char.IsWhiteSpace(character) && character != '\u00A0') ? ' '
        : CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format ? '\0'
        : character)).Replace("\0", "", StringComparison.Ordinal);

    /// <summary>The beginning of a text, as much as fits one line.</summary>
    public static string Fit(string text, double width, TextStyle style, XGraphics graphics)
    {
        var clean = Clean(text);
        if (Width(clean, style, graphics) <= width)
        {
            return clean;
        }

        var lines = new List<string>();
        var rest = BreakWord(clean, width - Width(Ellipsis, style, graphics), style, graphics, lines);
        return (lines.Count > 0 ? lines[0] : rest).TrimEnd() + Ellipsis;
    }

    public static double Width(string text, TextStyle style, XGraphics graphics)
    {
        double width = 0;
        foreach (var (run, face) in Runs(VisualOrder.Of(text), style.Bold))
        {
            width += graphics.MeasureString(run, PaperFonts.Font(face, style.Size)).Width;
        }

        return width;
    }

    /// <summary>Breaks at blanks, and within a word where it is longer than a line.</summary>
    public static IReadOnlyList<string> Wrap(string text, double width, TextStyle style, XGraphics graphics)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var line = "";
            foreach (var word in Clean(paragraph).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var longer = line.Length == 0 ? word : line + " " + word;
                if (Width(longer, style, graphics) <= width)
                {
                    line = longer;
                    continue;
                }

                if (line.Length > 0)
                {
                    lines.Add(line);
                }

                line = BreakWord(word, width, style, graphics, lines);
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }
        }

        return lines.Count <= MostLines ? lines : [.. lines.Take(MostLines - 1), lines[MostLines - 1] + Ellipsis];
    }

    /// <param name="right">Draws up to this place in place of from it.</param>
    public static void Draw(XGraphics graphics, string line, TextStyle style, double x, double baseline, bool right = false)
    {
        var at = right ? x - Width(line, style, graphics) : x;
        foreach (var (run, face) in Runs(VisualOrder.Of(line), style.Bold))
        {
            var font = PaperFonts.Font(face, style.Size);
            graphics.DrawString(run, font, style.Brush ?? XBrushes.Black, at, baseline, XStringFormats.BaseLineLeft);
            at += graphics.MeasureString(run, font).Width;
        }
    }

    private static string Composed(string text)
    {
        try
        {
            return text.Normalize();
        }
        catch (ArgumentException)
        {
            return text; // Half a character of a pair, which prints as a box.
        }
    }

    /// <returns>The rest of the word, which fits a line.</returns>
    private static string BreakWord(string word, double width, TextStyle style, XGraphics graphics, List<string> lines)
    {
        var line = new StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (line.Length > 0 && Width(line + element, style, graphics) > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(element);
        }

        return line.ToString();
    }

    private static IEnumerable<(string Run, string Face)> Runs(string visual, bool bold)
    {
        var run = new StringBuilder();
        string? face = null;
        foreach (var rune in visual.EnumerateRunes())
        {
            var wanted = PaperFonts.FaceFor(rune.Value, bold);
            if (face is not null && wanted != face)
            {
                yield return (run.ToString(), face);
                run.Clear();
            }

            face = wanted;
            run.Append(rune.ToString());
        }

        if (face is not null)
        {
            yield return (run.ToString(), face);
        }
    }
}
