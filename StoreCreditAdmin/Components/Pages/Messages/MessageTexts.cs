using StoreCreditAdmin.Domain.Messages;

namespace StoreCreditAdmin.Components.Pages.Messages;

/// <summary>What people read for the kinds and states of messages.</summary>
internal static class MessageTexts
{
    /// <summary>In the order of a message's life, by their names in addresses.</summary>
    public static IReadOnlyDictionary<string, MessageState> States { get; } = new Dictionary<string, MessageState>
    {
        ["waiting"] = MessageState.Waiting,
        ["delivered"] = MessageState.Delivered,
        ["dead"] = MessageState.Dead,
        ["unsent"] = MessageState.Unsent,
    };

    /// <summary><c>card-refund.requested</c> is "Card refund requested".</summary>
    public static string Kind(string kind) =>
        kind.Length == 0 ? kind : char.ToUpperInvariant(kind[0]) + kind[1..].Replace('-', ' ').Replace('.', ' ');

    public static string State(MessageState state) => state switch
    {
        MessageState.Waiting => "Waiting",
        MessageState.Delivered => "Delivered",
        MessageState.Dead => "Given up",
        _ => "No receiver",
    };

    public static string Tone(MessageState state) => state switch
    {
        MessageState.Waiting => "info",
        MessageState.Delivered => "good",
        MessageState.Dead => "bad",
        _ => "plain",
    };

    public static string Tries(int tries) => tries == 1 ? "1 try" : $"{tries} tries";
}
