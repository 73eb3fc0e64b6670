using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Components.Shared.Forms;

/// <summary>The languages to choose from.</summary>
public static class LanguageChoices
{
    public static IReadOnlyList<SelectField.Choice> All { get; } = [.. Language.All.Select(tag => new SelectField.Choice(tag, Text(tag)))];

    /// <summary>By name and tag, since some names stand for several.</summary>
    public static string Text(string tag) => $"{Language.NameOf(tag)}, {tag}";
}
