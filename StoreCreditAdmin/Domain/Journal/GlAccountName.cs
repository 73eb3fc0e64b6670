namespace StoreCreditAdmin.Domain.Journal;

/// <summary>What the name of an account of the general ledger may be, so that every bookkeeping program that reads the files takes it for one name.</summary>
public static class GlAccountName
{
    public const int MaxLength = 100;

    private const string Marks = " -_.&'/#%+";

    /// <summary>Null where the name is good, else what is wrong with it.</summary>
    public static string? Problem(string name) =>
        name.Length > MaxLength ? $"Write at most {MaxLength} characters; this has {name.Length}."
        : !name.All(character => char.IsLetterOrDigit(character) || character == ':' || Marks.Contains(character, StringComparison.Ordinal)) ? "Write letters, digits, spaces, colons and - _ . & ' / # % + only."
        : name.Contains("  ", StringComparison.Ordinal) || name.Split(':').Any(part => part.Length == 0 || part != part.Trim() || !char.IsLetterOrDigit(part[0]))
            ? "Begin each part with a letter or digit, with one colon between parts and single spaces in them."
        : null;
}
