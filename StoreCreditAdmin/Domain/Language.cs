using System.Collections.Frozen;
using System.Globalization;

namespace StoreCreditAdmin.Domain;

/// <summary>The languages that people are written in, by their BCP 47 tags: <c>de</c>, <c>pt-BR</c>, <c>zh-Hant</c>.</summary>
public static class Language
{
    public const string English = "en";
    public const int MaxTagLength = 35;

    private static readonly FrozenDictionary<string, CultureInfo> Known = CultureInfo.GetCultures(CultureTypes.AllCultures)
        .Where(culture => culture.Name.Length is > 0 and <= MaxTagLength)
        .DistinctBy(culture => culture.Name, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(culture => culture.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The tags of all, by the languages' English names.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Values.OrderBy(culture => culture.EnglishName, StringComparer.Ordinal).Select(culture => culture.Name)];

    /// <summary>The tag as it is commonly written; null where there is no such language.</summary>
    public static string? Find(string? tag) => tag is not null && Known.TryGetValue(tag, out var culture) ? culture.Name : null;

    public static Refusal Unknown(string tag) => new("language-unknown", $"There is no language '{(tag.Length <= MaxTagLength ? tag : tag[..MaxTagLength] + "…")}'.", "language");

    /// <summary>In English: "Portuguese (Brazil)".</summary>
    public static string NameOf(string tag) => Known.TryGetValue(tag, out var culture) ? culture.EnglishName : tag;

    public static bool IsRightToLeft(string tag) => Known.TryGetValue(tag, out var culture) && culture.TextInfo.IsRightToLeft;

    /// <summary>The tag itself, then what is wider: for <c>pt-BR</c> also <c>pt</c>. Nothing where there is no such language.</summary>
    public static IEnumerable<string> Widening(string? tag)
    {
        for (var culture = tag is null ? null : Known.GetValueOrDefault(tag); culture is { Name.Length: > 0 }; culture = culture.Parent)
        {
            yield return culture.Name;
        }
    }
}
