using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Ledger;

namespace StoreCreditAdmin.Features.Credits;

/// <summary>The rules for what people write on credits.</summary>
internal static class CreditTexts
{
    public static Refusal? Refusal(string? name, string? memo, string? customerNote) =>
        Texts.TooLong((name, "name", Credit.MaxNameLength)) ?? Texts.NotOneLine(name, "name") ?? Refusal(memo, "memo") ?? Refusal(customerNote, "customerNote");

    /// <summary>A memo or a note.</summary>
    public static Refusal? Refusal(string? text, string field) => Texts.TooLong((text, field, Credit.MaxTextLength)) ?? Texts.NotPlain(text, field);
}
