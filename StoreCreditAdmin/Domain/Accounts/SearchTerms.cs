using System.Text;

namespace StoreCreditAdmin.Domain.Accounts;

/// <summary>
/// What a person typed, as search looks for it: one of some alternatives, each of which is terms that must all occur in a <see cref="SearchText"/>.
/// </summary>
public sealed class SearchTerms
{
    /// <summary>Longer input is cut.</summary>
    public const int MaxLength = 200;

    /// <summary>A shorter part of a card number is in too many of them, by chance, to say anything.</summary>
    public const int MinCardLength = 4;

    private const int MaxTerms = 8;
    private const int PieceLength = 3;
    private const string PhoneMarks = "+-()./";

    private SearchTerms(string text, IReadOnlyList<IReadOnlyList<string>> alternatives)
    {
        Text = text;
        Alternatives = alternatives;
        SortKey = SearchText.SortKey(text);
    }

    /// <summary>What was typed, trimmed and cut.</summary>
    public string Text { get; }

    /// <summary>The whole input as the beginning of a name; see <see cref="SearchText.SortKey"/>.</summary>
    public string SortKey { get; }

    /// <summary>Every term has three characters at least: a shorter one stands with the spaces before a word, so that it finds beginnings of words.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Alternatives { get; }

    /// <summary>Null where nothing was typed that could be looked for.</summary>
    public static SearchTerms? Of(string? typed)
    {
        var text = (typed ?? "").Trim();
        if (text.Length > MaxLength)
        {
            text = text[..MaxLength];
        }

        var pieces = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var words = TermsOf(pieces, SearchText.FoldWords);
        if (words.Count == 0)
        {
            words = TermsOf(pieces, SearchText.Fold);
        }

        if (words.Count == 0)
        {
            return null;
        }

        var alternatives = new List<IReadOnlyList<string>> { words };
        foreach (var joined in Joined(text))
        {
            if (!alternatives.Exists(one => one.Count == 1 && one[0] == joined))
            {
                alternatives.Add([joined]);
            }
        }

        return new SearchTerms(text, alternatives);
    }

    /// <summary>Numbers in groups are stored without spaces, and telephone numbers often without the zero that is dialled at home.</summary>
    private static IEnumerable<string> Joined(string text)
    {
        var compact = SearchText.CompactPhone(text);
        if (LengthOf(compact) < PieceLength || !compact.Any(char.IsAsciiDigit) && !text.Contains('-', StringComparison.Ordinal))
        {
            yield break;
        }

        yield return compact;
        var national = compact.TrimStart('0');
        if (national.Length < compact.Length && national.Length >= PieceLength && text.All(character => char.IsDigit(character) || char.IsWhiteSpace(character) || PhoneMarks.Contains(character, StringComparison.Ordinal)))
        {
            yield return national;
        }
    }

    /// <summary>A sign between words, such as an ampersand, is no word to look for unless there is nothing else.</summary>
    private static List<string> TermsOf(string[] pieces, Func<string, string> fold) =>
        [.. pieces.Select(piece => TermOf(fold(piece).TrimStart(' '))).OfType<string>().Distinct().Take(MaxTerms)];

    private static string? TermOf(string word) => word.Length == 0 ? null : LengthOf(word) switch
    {
        1 => SearchText.WordStart + word,
        2 => " " + word,
        _ => word,
    };

    private static int LengthOf(string text) => text.EnumerateRunes().Count();
}
