using System.Text.RegularExpressions;
using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Features.Catalogue;

/// <summary>What codes and names of stores, types and reasons must look like.</summary>
internal static partial class CatalogueRules
{
    /// <summary>The code of refusals of input that breaks a rule of its field.</summary>
    public const string Invalid = "invalid-request";

    private const int MaxNameLength = 100;

    public static readonly Refusal ChangedMeanwhile =
        new("changed-meanwhile", "Somebody else changed this meanwhile. Close the form, look at it again, then make your change.");

    public static Refusal? BadCode(string? code) => code is not null && Code().IsMatch(code)
        ? null
        : new Refusal(Invalid, "Write a code of 1 to 50 characters: small letters a to z, digits and hyphens.", "code");

    public static Refusal CodeTaken(string code) => new("code-taken", $"The code '{code}' is taken. Choose another.", "code");

    /// <summary>A code stands in requests, links and old lines, so it stays what it is.</summary>
    public static Refusal? CodeChanged(string code, string? wanted) => wanted is null || wanted == code
        ? null
        : new Refusal("code-frozen", "A code never changes. Deactivate this one and add another.", "code");

    public static Refusal? BadName(string? name) => name switch
    {
        null => new Refusal(Invalid, "Enter a name.", "name"),
        { Length: > MaxNameLength } => new Refusal("text-too-long", $"Write at most {MaxNameLength} characters; this has {name.Length}.", "name"),
        _ => null,
    };

    public static Refusal? OutOfRange(int value, int least, int most, string field) => value < least || value > most
        ? new Refusal(Invalid, $"Write a whole number from {least} to {most}.", field)
        : null;

    public static Refusal? Stale(int version, int? seen) => seen is null || seen == version ? null : ChangedMeanwhile;

    [GeneratedRegex(@"\A[a-z0-9-]{1,50}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
