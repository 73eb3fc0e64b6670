using System.Collections.Frozen;
using System.Text;

namespace StoreCreditAdmin.Features.Statements.Paper;

/// <summary>
/// Puts the vowels of Indian scripts that are written after their consonant and read on its left side there, for fonts that are drawn letter by letter: without it they would
/// look like the next consonant's. Consonants that fuse stand side by side with the sign that says so, which is a way in which these scripts are written.
/// </summary>
internal static class IndicOrder
{
    /// <summary>Each on the left of its consonant.</summary>
    private const string OnTheLeft = "\u093F\u094E\u09BF\u09C7\u09C8\u0A3F\u0ABF\u0B47\u0BC6\u0BC7\u0BC8\u0D46\u0D47\u0D48\u0DD9\u0DDA\u0DDB";

    /// <summary>Each has a part on the left and one on the right, into which Unicode takes it apart.</summary>
    private const string OnBothSides = "\u09CB\u09CC\u0B48\u0B4B\u0B4C\u0BCA\u0BCB\u0BCC\u0D4A\u0D4B\u0D4C\u0DDC\u0DDD\u0DDE";

    /// <summary>Dots below, which belong to the consonant before them.</summary>
    private const string Dots = "\u093C\u09BC\u0A3C\u0ABC\u0B3C";

    private static readonly FrozenSet<char> Left = OnTheLeft.ToFrozenSet();
    private static readonly FrozenSet<char> Both = OnBothSides.ToFrozenSet();

    public static string Of(string text)
    {
        if (!text.Any(character => Left.Contains(character) || Both.Contains(character)))
        {
            return text;
        }

        var drawn = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var parts = Both.Contains(character) ? character.ToString().Normalize(NormalizationForm.FormD) : character.ToString();
            if (Left.Contains(parts[0]) && drawn.Length > 0)
            {
                drawn.Insert(drawn.Length - (drawn.Length > 1 && Dots.Contains(drawn[^1]) ? 2 : 1), parts[0]);
                drawn.Append(parts.AsSpan(1));
            }
            else
            {
                drawn.Append(parts);
            }
        }

        return drawn.ToString();
    }
}
