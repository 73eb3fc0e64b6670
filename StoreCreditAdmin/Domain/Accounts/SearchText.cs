using System.Globalization;
using System.Text;

namespace StoreCreditAdmin.Domain.Accounts;

/// <summary>
/// Text as search compares it: without case, accents, width, apostrophes and the other ways of writing one thing, and as words with two spaces before each.
/// The two spaces make the start of a word findable by one or two letters in an index of three-letter pieces. Characters of scripts without
/// spaces between words (Chinese, Japanese, Korean) are words of their own.
/// </summary>
public static class SearchText
{
    public const string WordStart = "  ";

    private const char FieldEnd = '\n';

    public static string OfAccount(string name, string? externalId) =>
        Join(Fold(name), externalId is null ? "" : Fold(externalId), externalId is null ? "" : WordStart + Compact(externalId));

    public static string OfContact(string name, string? email, string? phone) =>
        Join(Fold(name), email is null ? "" : Fold(email), phone is null ? "" : WordStart + CompactPhone(phone));

    /// <summary>What names are sorted by, and found by their beginning: as <see cref="Fold"/>, without the leading spaces.</summary>
    public static string SortKey(string name) => Fold(name).TrimStart(' ');

    /// <summary>The words of a text, folded, each with two spaces before it. Where a text has no letter, digit or symbol, its other characters stand for it.</summary>
    public static string Fold(string text)
    {
        var folded = FoldWords(text);
        return folded.Length > 0 ? folded : Words(Runes(text), rune => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune));
    }

    /// <summary>The same, but empty where a text has no letter, digit or symbol.</summary>
    public static string FoldWords(string text) => Words(Runes(text), IsWordPart);

    /// <summary>The same without any space: how numbers that are written in groups compare.</summary>
    public static string Compact(string text) => Fold(text).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>A telephone number's digits, without the zero in brackets that is dialled only at home.</summary>
    public static string CompactPhone(string phone) => Compact(phone.Replace("(0)", "", StringComparison.Ordinal));

    private static string Join(params ReadOnlySpan<string> fields)
    {
        var joined = new StringBuilder();
        foreach (var field in fields)
        {
            if (field.Length > WordStart.Length)
            {
                joined.Append(field).Append(FieldEnd);
            }
        }

        return joined.ToString();
    }

    private static string Words(List<Rune> runes, Func<Rune, bool> isWordPart)
    {
        var words = new StringBuilder();
        var inWord = false;
        foreach (var rune in runes)
        {
            if (!isWordPart(rune))
            {
                inWord = false;
                continue;
            }

            var standsAlone = StandsAlone(rune);
            if (!inWord || standsAlone)
            {
                words.Append(WordStart);
            }

            words.Append(rune.ToString());
            inWord = !standsAlone;
        }

        return words.ToString();
    }

    /// <summary>Decomposed by compatibility, stripped of what search ignores, in lower case, composed again.</summary>
    private static List<Rune> Runes(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsApostrophe(rune))
            {
                plain.Append(rune.ToString());
            }
        }

        var folded = new StringBuilder(plain.Length);
        foreach (var rune in plain.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (!IsIgnored(rune))
            {
                AppendFolded(folded, rune);
            }
        }

        return [.. folded.ToString().Normalize(NormalizationForm.FormC).EnumerateRunes()];
    }

    private static void AppendFolded(StringBuilder folded, Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
        {
            folded.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            return;
        }

        var lower = Rune.ToLowerInvariant(rune);
        folded.Append(lower.Value switch
        {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'ı' => "i",
            'ł' => "l",
            'đ' or 'ð' => "d",
            'þ' => "th",
            'ħ' => "h",
            'ς' => "σ",
            'ى' or 'ی' => "ي",
            'ة' => "ه",
            'ک' => "ك",
            _ => lower.ToString(),
        });
    }

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '`' or '´' or '‘' or '’' or '‛' or '′' or '＇' or 0x02B9 or 0x02BB or 0x02BC or 0x02BE or 0x02BF or 0x05F3 or 0x05F4;

    /// <summary>Accents, Hebrew and Arabic vowel points, Arabic lengthening, and invisible marks of direction, joining and variation.</summary>
    private static bool IsIgnored(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is (>= 0x0300 and <= 0x036F) or (>= 0x0591 and <= 0x05BD) or 0x05BF or 0x05C1 or 0x05C2 or 0x05C4 or 0x05C5 or 0x05C7
            or (>= 0x0610 and <= 0x061A) or 0x0640 or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x06D6 and <= 0x06DC) or (>= 0x06DF and <= 0x06E8)
            or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE20 and <= 0xFE2F);

    private static bool IsWordPart(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherSymbol;

    private static bool StandsAlone(Rune rune) =>
        rune.Value is (>= 0x2E80 and <= 0x2FDF) or (>= 0x3005 and <= 0x3007) or (>= 0x3041 and <= 0x312F) or (>= 0x31F0 and <= 0x31FF)
            or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;
}
