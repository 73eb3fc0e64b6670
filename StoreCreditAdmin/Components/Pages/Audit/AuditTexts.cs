using StoreCreditAdmin.Domain;

namespace StoreCreditAdmin.Components.Pages.Audit;

/// <summary>What the audit's codes say to people.</summary>
internal static class AuditTexts
{
    /// <summary><c>credit.issue</c> is "Credit: issue".</summary>
    public static string Action(string code)
    {
        var words = code.Replace('-', ' ').Split('.', 2);
        var noun = words[0] is { Length: > 0 } first ? char.ToUpperInvariant(first[0]) + first[1..] : "";
        return words.Length == 1 ? noun : $"{noun}: {words[1]}";
    }

    /// <summary>What kind of actor it is, where it is no person of the staff.</summary>
    public static string? Kind(ActorKind kind) => kind switch
    {
        ActorKind.ApiKey => "API key",
        ActorKind.CommandLine => "Command line",
        ActorKind.System => "System",
        _ => null,
    };

    /// <summary><c>wrong-password</c> is "wrong password".</summary>
    public static string Refusal(string code) => code.Replace('-', ' ');
}
