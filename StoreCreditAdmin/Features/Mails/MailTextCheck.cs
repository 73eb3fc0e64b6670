using HandlebarsDotNet;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Domain.Mails;
using StoreCreditAdmin.Features.Catalogue;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>What a text must be before it is saved, shown or tried: whole, of fields that the mail fills, of HTML that mails may hold, and never empty.</summary>
internal static class MailTextCheck
{
    private const string Subject = "subject";
    private const string Body = "body";

    public static Refusal? Problem(this MailRenderer renderer, MailKind kind, MailText text) =>
        (string.IsNullOrWhiteSpace(text.Subject) ? new Refusal(CatalogueRules.Invalid, "Write a subject.", Subject) : null)
        ?? (string.IsNullOrWhiteSpace(text.Body) ? new Refusal(CatalogueRules.Invalid, "Write what the e-mail says.", Body) : null)
        ?? Texts.TooLong((text.Subject, Subject, MailTemplate.MaxSubjectLength), (text.Body, Body, MailTemplate.MaxBodyLength))
        ?? Texts.NotOneLine(text.Subject, Subject)
        ?? Texts.NotPlain(text.Body, Body)
        ?? Broken(Subject, () => MailFieldCheck.Check(MailSyntax.Read(text.Subject), MailFieldBook.Of(kind)))
        ?? Broken(Body, () => MailFieldCheck.Check(MailSyntax.Read(text.Body), MailFieldBook.Of(kind)))
        ?? Broken(Body, () => MailBody.Prepare(text.Body, MailSyntax.Read(text.Body)))
        ?? Rendered(renderer, text);

    /// <summary>Once with everything there and once with as little as there can be.</summary>
    private static Refusal? Rendered(MailRenderer renderer, MailText text)
    {
        try
        {
            var least = renderer.RenderOnce(text, MailFields.Most, MailFields.Least);
            return least.Subject.Length == 0 ? new Refusal(CatalogueRules.Invalid, "Where its fields are empty there would be no subject. Write some words as well.", Subject)
                : string.IsNullOrWhiteSpace(least.Text) ? new Refusal(CatalogueRules.Invalid, "Where its fields are empty there would be nothing to read. Write some words as well.", Body)
                : null;
        }
        catch (HandlebarsException exception)
        {
            return new Refusal(CatalogueRules.Invalid, exception.Message, Body);
        }
    }

    private static Refusal? Broken(string field, Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (MailSyntaxException exception)
        {
            return new Refusal(CatalogueRules.Invalid, field == Subject ? exception.Message.Replace("Line 1: ", "", StringComparison.Ordinal) : exception.Message, field);
        }
    }
}
