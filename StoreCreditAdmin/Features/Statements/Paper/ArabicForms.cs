using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace StoreCreditAdmin.Features.Statements.Paper;

/// <summary>
/// Gives Arabic letters the forms in which they join their neighbours (the presentation forms of Unicode), for fonts that are drawn letter by letter.
/// A reader that copies the text gets the letters back, since the forms are compatible with them.
/// </summary>
internal static class ArabicForms
{
    private const char Lam = 'ل';
    private const char Stretch = 'ـ';

    /// <summary>Letters that join the one before them alone, and their forms on their own; the form after another letter follows it in Unicode.</summary>
    private const string JoiningBefore = "ءآأؤإاةدذرزوىژ";
    private const string FormsJoiningBefore = "\uFE80\uFE81\uFE83\uFE85\uFE87\uFE8D\uFE93\uFEA9\uFEAB\uFEAD\uFEAF\uFEED\uFEEF\uFB8A";

    /// <summary>Letters that join on both sides: the forms after, before and between letters follow the form on its own.</summary>
    private const string JoiningBoth = "ئبتثجحخسشصضطظعغفقكلمنهيپچکگی";
    private const string FormsJoiningBoth =
        "\uFE89\uFE8F\uFE95\uFE99\uFE9D\uFEA1\uFEA5\uFEB1\uFEB5\uFEB9\uFEBD\uFEC1\uFEC5\uFEC9\uFECD\uFED1\uFED5\uFED9\uFEDD\uFEE1\uFEE5\uFEE9\uFEF1\uFB56\uFB7A\uFB8E\uFB92\uFBFC";

    private static readonly FrozenDictionary<char, (char Alone, bool JoinsNext)> Letters =
        JoiningBefore.Zip(FormsJoiningBefore, (letter, form) => (letter, form, joinsNext: false))
            .Concat(JoiningBoth.Zip(FormsJoiningBoth, (letter, form) => (letter, form, joinsNext: true)))
            .ToFrozenDictionary(one => one.letter, one => (one.form, one.joinsNext));

    /// <summary>Lam and an alef after it are one sign: on its own; the form after another letter follows it.</summary>
    private static readonly FrozenDictionary<char, char> LamAlef =
        "\u0622\u0623\u0625\u0627".Zip("\uFEF5\uFEF7\uFEF9\uFEFB").ToFrozenDictionary(one => one.First, one => one.Second);

    public static string Join(string text)
    {
        if (!text.Any(Letters.ContainsKey))
        {
            return text;
        }

        var joined = new StringBuilder(text.Length);
        var joinsBefore = false;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (IsMark(letter))
            {
                joined.Append(letter);
                continue;
            }

            if (letter == Lam && index + 1 < text.Length && LamAlef.TryGetValue(text[index + 1], out var one))
            {
                joined.Append((char)(one + (joinsBefore ? 1 : 0)));
                joinsBefore = false;
                index++;
                continue;
            }

            if (!Letters.TryGetValue(letter, out var form))
            {
                joined.Append(letter);
                joinsBefore = letter == Stretch;
                continue;
            }

            var joinsAfter = form.JoinsNext && TakesFromBefore(text, index + 1);
            var offset = (joinsBefore && letter != 'ء' ? 1 : 0) + (joinsAfter ? 2 : 0);
            joined.Append((char)(form.Alone + offset));
            joinsBefore = form.JoinsNext;
        }

        return joined.ToString();
    }

    private static bool TakesFromBefore(string text, int index)
    {
        while (index < text.Length && IsMark(text[index]))
        {
            index++;
        }

        return index < text.Length && text[index] != 'ء' && (text[index] == Stretch || Letters.ContainsKey(text[index]));
    }

    private static bool IsMark(char character) => CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.NonSpacingMark;
}
