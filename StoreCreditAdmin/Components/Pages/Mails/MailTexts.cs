using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Mails;

namespace StoreCreditAdmin.Components.Pages.Mails;

/// <summary>What people read for the kinds and states of mails.</summary>
internal static class MailTexts
{
    /// <summary>In the order of a mail's life, by their names in addresses.</summary>
    public static IReadOnlyDictionary<string, MailState> States { get; } = new Dictionary<string, MailState>
    {
        ["waiting"] = MailState.Waiting,
        ["sending"] = MailState.Sending,
        ["sent"] = MailState.Sent,
        ["unsure"] = MailState.Unsure,
        ["dead"] = MailState.Dead,
    };

    public static string Kind(MailKind kind) => kind switch
    {
        MailKind.CreditReceived => "Store credit received",
        MailKind.CreditRedeemed => "Store credit redeemed",
        MailKind.CreditExpiring => "Store credit about to expire",
        MailKind.RefundedWithCredit => "Refunded with store credit",
        _ => "Monthly statement",
    };

    /// <summary>When it goes out.</summary>
    public static string Occasion(MailKind kind) => kind switch
    {
        MailKind.CreditReceived => "When a rule, a code or an order gives credit, and when staff give some and say that the customer is to be told.",
        MailKind.CreditRedeemed => "When credit pays an order or an invoice.",
        MailKind.CreditExpiring => "Some days before credit expires, by the store's calendar: one for all that expires on a day.",
        MailKind.RefundedWithCredit => "When an order is refunded with store credit and the customer is to be told.",
        _ => "On the first day of a month, to those who ask for it on their page: a PDF of the month before.",
    };

    public static string AddressOf(MailKind kind, string language) =>
        $"messages/texts/{MailNames.Of(kind)}{(language == Language.English ? "" : $"?language={Uri.EscapeDataString(language)}")}";

    /// <summary>Which text it is, in a table.</summary>
    public static string Version(MailTextLine line) =>
        line.IsOwn ? $"Version {line.Number}" : line.Language == Language.English ? "As delivered" : "None";

    /// <summary>Which text it is, above it.</summary>
    public static string State(MailTextLine line) =>
        line.IsOwn || line.Language == Language.English ? Version(line) : $"No text in {Language.NameOf(line.Language)}. Below stands what these customers get now";

    public static string State(MailState state) => state switch
    {
        MailState.Waiting => "Waiting",
        MailState.Sending => "Being sent",
        MailState.Sent => "Sent",
        MailState.Unsure => "May have been sent",
        _ => "Given up",
    };

    public static string Tone(MailState state) => state switch
    {
        MailState.Waiting or MailState.Sending => "info",
        MailState.Sent => "good",
        MailState.Unsure => "warn",
        _ => "bad",
    };
}
