using System.Globalization;
using System.Text;

namespace StoreCreditAdmin.Features.Statements.Paper;

/// <summary>
/// Puts a line of text into the order in which it is drawn from left to right: what is written right to left is turned round, numbers within it are not, and Arabic letters
/// take the forms in which they join. The main steps of the Unicode bidirectional algorithm (UAX #9), without embeddings, which names and memos do not have.
/// </summary>
internal static class VisualOrder
{
    private const string Opening = "([{<«‹";
    private const string Closing = ")]}>»›";

    private enum Direction
    {
        Neutral,
        LeftToRight,
        RightToLeft,
        Number,
    }

    public static bool IsPlain(string line) => line.All(character => character < '\u0590');

    public static string Of(string line)
    {
        if (IsPlain(line))
        {
            return line;
        }

        string[] clusters = [.. Clusters(ArabicForms.Join(IndicOrder.Of(line)))];
        var directions = Array.ConvertAll(clusters, cluster => DirectionOf(Rune.GetRuneAt(cluster, 0)));
        var first = Array.Find(directions, direction => direction is Direction.LeftToRight or Direction.RightToLeft);
        var levels = LevelsOf(directions, baseLevel: first == Direction.RightToLeft ? 1 : 0);
        for (var level = levels.Max(); level > 0; level--)
        {
            Reverse(clusters, levels, level);
        }

        return string.Concat(clusters.Select((cluster, index) => levels[index] % 2 == 1 ? Mirrored(cluster) : cluster));
    }

    /// <summary>0 and 2 are drawn from left to right, 1 from right to left.</summary>
    private static int[] LevelsOf(Direction[] directions, int baseLevel)
    {
        var levels = new int[directions.Length];
        var sides = new Direction[directions.Length];
        var strong = baseLevel == 1 ? Direction.RightToLeft : Direction.LeftToRight;
        for (var index = 0; index < directions.Length; index++)
        {
            strong = directions[index] is Direction.LeftToRight or Direction.RightToLeft ? directions[index] : strong;

            // A number counts as what it stands in.
            sides[index] = directions[index] == Direction.Neutral ? Direction.Neutral : strong;
            levels[index] = strong == Direction.RightToLeft ? (directions[index] == Direction.Number ? 2 : 1) : baseLevel == 1 ? 2 : 0;
        }

        for (var index = 0; index < directions.Length; index++)
        {
            if (directions[index] == Direction.Neutral)
            {
                levels[index] = Around(sides, index) switch { Direction.RightToLeft => 1, Direction.LeftToRight when baseLevel == 1 => 2, _ => baseLevel };
            }
        }

        return levels;
    }

    /// <summary>The direction on both sides of what has none; none where they differ.</summary>
    private static Direction Around(Direction[] sides, int index)
    {
        var before = Array.FindLastIndex(sides, index, side => side != Direction.Neutral);
        var after = Array.FindIndex(sides, index, side => side != Direction.Neutral);
        return before >= 0 && after >= 0 && sides[before] == sides[after] ? sides[before] : Direction.Neutral;
    }

    private static void Reverse(string[] clusters, int[] levels, int level)
    {
        for (var start = 0; start < levels.Length; start++)
        {
            if (levels[start] < level)
            {
                continue;
            }

            var end = start;
            while (end < levels.Length && levels[end] >= level)
            {
                end++;
            }

            Array.Reverse(clusters, start, end - start);
            Array.Reverse(levels, start, end - start);
            start = end;
        }
    }

    private static Direction DirectionOf(Rune rune) => rune.Value switch
    {
        (>= 0x0660 and <= 0x0669) or (>= 0x06F0 and <= 0x06F9) => Direction.Number,
        (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF) => Direction.RightToLeft,
        _ when Rune.IsDigit(rune) => Direction.Number,
        _ when Rune.IsLetter(rune) => Direction.LeftToRight,
        _ => Direction.Neutral,
    };

    private static string Mirrored(string cluster)
    {
        if (Opening.IndexOf(cluster, StringComparison.Ordinal) is >= 0 and var opening)
        {
            return Closing[opening].ToString();
        }

        return Closing.IndexOf(cluster, StringComparison.Ordinal) is >= 0 and var closing ? Opening[closing].ToString() : cluster;
    }

    private static IEnumerable<string> Clusters(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }
}
