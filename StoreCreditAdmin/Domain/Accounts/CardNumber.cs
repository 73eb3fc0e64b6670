using System.Security.Cryptography;

namespace StoreCreditAdmin.Domain.Accounts;

/// <summary>
/// Membership card numbers: sixteen random characters (80 bits) that people can read out and type. No letter looks like a digit. Stored without
/// spaces, shown in four groups.
/// </summary>
public static class CardNumber
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;
    private const int GroupLength = 4;

    public static string NewNumber() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The number as it is shown: <c>7K4M 9Q2X 3RTV 8HCD</c>.</summary>
    public static string InGroups(string number) => string.Join(' ', number.Chunk(GroupLength).Select(group => new string(group)));

    /// <summary>What a person typed as it is stored: without spaces and hyphens, in capitals, O read as 0 and I and L as 1.</summary>
    public static string Normalize(string typed) => string.Concat(typed
        .Where(character => !char.IsWhiteSpace(character) && character != '-')
        .Select(character => char.ToUpperInvariant(character) switch
        {
            'O' => '0',
            'I' or 'L' => '1',
            var other => other,
        }));
}
