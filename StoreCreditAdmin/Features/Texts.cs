using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features;

/// <summary>The rules for text that people type.</summary>
public static class Texts
{
    /// <summary>Trimmed; null where nothing is left.</summary>
    public static string? Clean(string? text)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : trimmed;
    }

    /// <summary>For repeating to a person what they sent.</summary>
    public static string Shortened(string text, int max = 60) => text.Length <= max ? text : text[..max] + "…";

    public static Refusal? TooLong(params ReadOnlySpan<(string? Text, string Field, int Max)> texts)
    {
        foreach (var (text, field, max) in texts)
        {
            if (text?.Length > max)
            {
                return new Refusal("text-too-long", $"Write at most {max} characters; this has {text.Length}.", field);
            }
        }

        return null;
    }

    /// <summary>Refuses line breaks, tabs, other control characters and broken Unicode.</summary>
    public static Refusal? NotOneLine(string? text, string field) =>
        text is not null && (text.Any(char.IsControl) || IsBroken(text))
            ? new Refusal("text-invalid", "Write it on one line, without control characters.", field)
            : null;

    /// <summary>Refuses control characters but line breaks and tabs, and broken Unicode.</summary>
    public static Refusal? NotPlain(string? text, string field) =>
        text is not null && (text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')) || IsBroken(text))
            ? new Refusal("text-invalid", "Write it without control characters.", field)
            : null;

    /// <summary>Half a surrogate pair would not come back from the database as it was.</summary>
    private static bool IsBroken(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]) && !(char.IsHighSurrogate(text[index]) && ++index < text.Length && char.IsLowSurrogate(text[index])))
            {
                return true;
            }
        }

        return false;
    }
}
