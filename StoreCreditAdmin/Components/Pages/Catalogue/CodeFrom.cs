using System.Globalization;
using System.Text;

namespace StoreCreditAdmin.Components.Pages.Catalogue;

/// <summary>Proposes a code for a name, so that people seldom have to think of one.</summary>
internal static class CodeFrom
{
    private const int MaxLength = 50;

    /// <summary><c>Crème brûlée (2026)</c> gives <c>creme-brulee-2026</c>; null where nothing of the name can stand in a code.</summary>
    public static string? Name(string? name)
    {
        var code = new StringBuilder();
        foreach (var letter in (name ?? "").Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
            {
                code.Append(letter);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && code.Length > 0 && code[^1] != '-')
            {
                code.Append('-');
            }
        }

        var text = code.ToString(0, Math.Min(code.Length, MaxLength)).Trim('-');
        return text.Length > 0 ? text : null;
    }
}
