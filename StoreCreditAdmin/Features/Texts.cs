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
}
