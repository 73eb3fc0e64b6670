using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Accounts;

namespace StoreCreditAdmin.Features.Accounts;

/// <summary>The rules for names, e-mail addresses, telephone numbers and external ids. Text is kept as typed but for spaces at its ends.</summary>
internal static class AccountTexts
{
    public static Result<string> Name(string? text)
    {
        var name = Texts.Clean(text);
        return name is null ? new Refusal("name-required", "Write a name.", "name")
            : (Texts.TooLong((name, "name", Account.MaxNameLength)) ?? Texts.NotOneLine(name, "name")) is { } refusal ? refusal
            : name;
    }

    public static Result<string?> ExternalId(string? text) => Optional(text, "externalId", Account.MaxExternalIdLength);

    public static Result<string?> Phone(string? text) => Optional(text, "phone", Contact.MaxPhoneLength);

    public static Result<string?> Email(string? text)
    {
        var email = Optional(text, "email", Contact.MaxEmailLength);
        return email.IsOk && email.Value is not null && !LooksLikeEmail(email.Value)
            ? new Refusal("email-invalid", "Write an e-mail address such as ada@example.com.", "email")
            : email;
    }

    private static Result<string?> Optional(string? text, string field, int max)
    {
        var clean = Texts.Clean(text);
        return (Texts.TooLong((clean, field, max)) ?? Texts.NotOneLine(clean, field)) is { } refusal ? refusal : Result<string?>.Of(clean);
    }

    private static bool LooksLikeEmail(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < email.Length - 1 && email.LastIndexOf('@') == at && !email.Any(char.IsWhiteSpace);
    }
}
